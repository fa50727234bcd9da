"""Text files as bad days bring them: a Hypothesis strategy."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

DELIMITERS = (",", "\t", ";", "|")
ENCODINGS = ("utf-8", "utf-8-sig", "gb18030", "utf-16")
HEADINGS = ("案号", "违法行为", "处罚日期", "地点", "状态")
GOOD_DAYS = ("2025-03-04", "2025-3-5", "2025-03-06 08:00:00")
ODD_DAYS = ("1900-01-01", "2999-01-01")
BAD_DAYS = ("2025-02-30", "2025-13-01", "x", "二〇二五")
TYPES = ("违法停车", "闯红灯", "违 法停车", "违法　停车")

_numbers = st.sampled_from(
    ("1", "2", "3", "4", " 5 ", "１", "A〔2025〕7号", "罚①", "A\n8", "𠮷9", "", "  ", "/", "无")
)
_types = st.sampled_from((*TYPES, "鸣笛", "违法停车x", '"', "", "/"))
_days = st.sampled_from((*GOOD_DAYS, *ODD_DAYS, *BAD_DAYS, "", "/"))
_places = st.one_of(
    st.sampled_from(
        ("花园路", "花园路,近农业路", "a;b|c\td", '5" pipe', '他说"好"', "路\n\n东", '"')
    ),
    st.sampled_from(("", "\n", '""', "a\r\nb", "x\ry", "路\u2028东", "路\x0b\x1f\x85东")),
    st.text(st.characters(exclude_characters="\x00", exclude_categories=["Cs"]), max_size=8),
)
_states = st.sampled_from(("", "", "", "撤销", "办结"))
_rows = st.tuples(_numbers, _types, _days, _places, _states)
_noise = st.text(st.sampled_from('a"\n,;\t| 路\r'), max_size=12)


@dataclass(frozen=True, slots=True)
class DirtyFile:
    """What stands in a file and how; `first` is the line below the headings."""

    text: str
    delimiter: str
    encoding: str
    first: int

    @property
    def content(self) -> bytes:
        """The bytes."""
        return self.text.encode(self.encoding)


@st.composite
def dirty_files(draw: st.DrawFn) -> DirtyFile:
    """A file with HEADINGS, below at most two lines of title, and up to thirty lines of anything."""
    delimiter = draw(st.sampled_from(DELIMITERS))
    newline = draw(st.sampled_from(("\n", "\n", "\r\n")))
    titles = draw(st.lists(st.sampled_from(("江州市执法案件", "")), max_size=2))
    headings = delimiter.join(HEADINGS)
    if draw(st.booleans()):
        headings = headings.replace("处罚日期", '"处罚\n日期"')
    lines = draw(st.lists(_lines(delimiter), min_size=1, max_size=30))
    end = draw(st.sampled_from(("", newline, newline * 3)))
    first = len(titles) + headings.count("\n") + 2
    text = newline.join((*titles, headings, *lines)) + end
    return DirtyFile(text, delimiter, draw(st.sampled_from(ENCODINGS)), first)


@st.composite
def _lines(draw: st.DrawFn, delimiter: str) -> str:
    kind = draw(
        st.sampled_from((*["row"] * 8, "short", "long", "spaced", "lone", "noise", "blank"))
    )
    if kind == "blank":
        return draw(st.sampled_from(("", "  ", "\t", " \x0b", "\t\t\t\t")))
    if kind == "noise":
        return draw(_noise)
    cells = list(draw(_rows))
    if kind == "short":
        cells = cells[: draw(st.integers(1, len(HEADINGS) - 1))]
    if kind == "long":
        cells += ["z"] * draw(st.integers(1, 3))
    line = delimiter.join(draw(_written(cell, delimiter, kind == "spaced")) for cell in cells)
    if kind == "lone":
        place = draw(st.integers(0, len(line)))
        line = f'{line[:place]}"{line[place:]}'
    return line


@st.composite
def _written(draw: st.DrawFn, cell: str, delimiter: str, spaced: bool) -> str:
    needed = any(char in cell for char in f'\r\n"{delimiter}')
    if not (needed or draw(st.integers(0, 3)) == 0):
        return cell
    quoted = '"' + cell.replace('"', '""') + '"'
    return f" {quoted}" if spaced and draw(st.booleans()) else quoted
