"""A YAML file changes only where a value changes, whatever way it is laid out."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from risk.kernel.workbook.patching import patched
from risk.kernel.workbook.scalars import flow
from risk.kernel.workbook.tree import Entry, copied
from risk.kernel.yamlfile import parse

TRAFFIC = Path(__file__).parents[1] / "plugins/traffic/src/risk_traffic/data"
FILES = sorted(
    (*TRAFFIC.glob("violation_types/*"), *TRAFFIC.glob("measures/*"), TRAFFIC / "laws.yaml")
)

# Every way of writing that people use, and comments in every place.
ODD = """\
# 头
things:   # after the key
  - id: a.one          # after a value
    name: '单''引号'
    text: >
      folded
      text

    # before a field
    list:
      - x   # after an item
      - "y"
      # before the end
    empty:
    group: {min: 1, max: 2,
            note: "far, away"}   # after a group

  # between entries
  - {id: a.two, name: 二, list: [p, q], parts: [{k: 1}, {k: 2}]}
  - id: a.three
    text: |
      literal
    parts:
      - k: 1
        v: 一
      # between parts
      - {k: 2, v: 二}
    when:
      scope: [place]
"""
LAYOUTS = {
    "as it is": ODD,
    "without a last line end": ODD.rstrip("\n"),
    "with comments at its end": ODD + "# 尾\n\n",
    "of another system": ODD.replace("\n", "\r\n"),
}
NASTY = st.sampled_from(
    [
        "改过",
        "no",
        "~",
        "null",
        "12:30",
        "a: b",
        "a #b",
        "- c",
        "{d}",
        "[e",
        "f]",
        "'g'",
        '"h"',
        "&i",
    ]
    + [
        "*j",
        "!k",
        "%l",
        "@m",
        "`n",
        "o:",
        "p,q",
        " ",
        "多\n行",
        "\\",
        "？",
        "x\ty",
        "=",
        "<<",
        "---",
    ]
    + ["'", '"', "\"'", "#", ":", "?", "- ", "、", "\u3000", "𠮷", "😀: ", "...", "0x1f", "\u2028"]
)
TEXT = NASTY | st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), min_size=1, max_size=12
)


def change(text: str, new: Any) -> str:
    """The text with its values changed; what it means is read back."""
    document = parse("odd.yaml", text.encode())
    after = patched(text, document, new)
    assert parse("odd.yaml", after.encode()).value == new, after
    return after


def values(text: str) -> Any:
    return copied(parse("odd.yaml", text.encode()).value)


def touched(before: str, after: str) -> tuple[list[str], list[str]]:
    """The lines that went and the lines that came."""
    lines = list(difflib.ndiff(before.splitlines(), after.splitlines()))
    return [x[2:] for x in lines if x[0] == "-"], [x[2:] for x in lines if x[0] == "+"]


@pytest.mark.parametrize("text", LAYOUTS.values(), ids=LAYOUTS.keys())
def test_without_a_change_not_a_byte_changes(text: str) -> None:
    assert change(text, values(text)) == text


@pytest.mark.parametrize("file", FILES, ids=lambda file: str(file.relative_to(TRAFFIC)))
def test_without_a_change_not_a_byte_of_traffics_catalogue_changes(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert change(text, values(text)) == text


@pytest.mark.parametrize(
    ("entry", "field", "value", "went", "came"),
    [
        (0, "id", "a.uno", "  - id: a.one          # after a value", "  - id: a.uno          # after a value"),
        (0, "name", "引'号", "    name: '单''引号'", "    name: '引''号'"),
        (0, "empty", "满", "    empty:", "    empty: 满"),
        (0, "list", ["x", "z"], '      - "y"', "      - z"),
        (1, "name", "两,个", "name: 二", 'name: "两,个"'),
        (1, "list", ["p", "q", "r"], "[p, q]", "[p, q, r]"),
        (2, "text", "plain", "      literal", "    text: plain"),
    ],
)  # fmt: skip
def test_a_changed_value_changes_its_own_line(
    entry: int, field: str, value: Any, went: str, came: str
) -> None:
    new = values(ODD)
    new["things"][entry][field] = value
    before, after = touched(ODD, change(ODD, new))
    assert any(went in line for line in before) and any(came in line for line in after)
    assert len(before) <= 2 and len(after) <= 2


def test_an_added_field_stands_below_the_others_and_moves_no_comment() -> None:
    new = values(ODD)
    new["things"][2]["note"] = "新"
    new["things"][0]["group"]["basis"] = "倍"
    new["things"][1]["note"] = "流"
    before, after = touched(ODD, change(ODD, new))
    assert "    note: 新" in after
    assert '            note: "far, away", basis: 倍}   # after a group' in after
    assert any(line.endswith("parts: [{k: 1}, {k: 2}], note: 流}") for line in after)
    assert len(before) == 2


def test_a_field_that_is_taken_away_takes_its_lines_and_no_others() -> None:
    new = values(ODD)
    del new["things"][0]["list"], new["things"][1]["name"], new["things"][2]["when"]
    before, after = touched(ODD, change(ODD, new))
    assert after == ["  - {id: a.two, list: [p, q], parts: [{k: 1}, {k: 2}]}"]
    assert "    when:" in before and "      scope: [place]" in before
    assert "    # before a field" not in before


def test_a_first_field_may_go_too() -> None:
    new = values(ODD)
    for entry in new["things"]:
        del entry["id"]
    before, after = touched(ODD, change(ODD, new))
    assert "  - name: '单''引号'" in after and "  - text: |" in after
    assert len(before) == 5


def test_entries_come_and_go_in_the_layout_of_their_neighbours() -> None:
    new = values(ODD)
    new["things"][2]["parts"].pop(0)
    new["things"][2]["parts"].append(Entry({"k": "3", "v": "三"}))
    new["things"][1]["parts"].append(Entry({"k": "3"}))
    new["things"].append(Entry({"id": "a.four", "group": {"min": "1"}, "parts": [{"k": "9"}]}))
    before, after = touched(ODD, change(ODD, new))
    assert before == [
        "  - {id: a.two, name: 二, list: [p, q], parts: [{k: 1}, {k: 2}]}",
        "      - k: 1",
        "        v: 一",
    ]
    assert after == [
        "  - {id: a.two, name: 二, list: [p, q], parts: [{k: 1}, {k: 2}, {k: 3}]}",
        "      - {k: 3, v: 三}",
        "  - id: a.four",
        "    group: {min: 1}",
        "    parts:",
        "      - {k: 9}",
    ]


def test_what_is_added_at_one_place_stands_in_order_from_within() -> None:
    text = "things:\n  - id: a\n    parts:\n      - {k: 1}\n"
    new = values(text)
    new["things"][0]["parts"].append(Entry({"k": "2"}))
    new["things"][0]["note"] = "新"
    new["things"].append(Entry({"id": "b"}))
    assert change(text, new) == text + "      - {k: 2}\n    note: 新\n  - id: b\n"


def test_all_entries_may_be_replaced() -> None:
    new = values(ODD)
    new["things"][2]["parts"] = [Entry({"k": "7"})]
    new["things"][1]["parts"] = [Entry({"k": "8"})]
    after = change(ODD, new)
    assert "      - {k: 7}\n" in after and "parts: [{k: 8}]}" in after
    new["things"] = [Entry({"id": "a.only"})]
    assert change(ODD, new).startswith("# 头\nthings:   # after the key\n  - ")


def test_all_fields_of_a_group_may_be_replaced() -> None:
    new = values(ODD)
    new["things"][1]["parts"][0] = _renamed(new["things"][1]["parts"][0], "n")
    new["things"][2]["when"] = {"when": "夜间"}
    new["things"][2]["parts"][1] = _renamed(new["things"][2]["parts"][1], "n")
    before, after = touched(ODD, change(ODD, new))
    assert after == [
        "  - {id: a.two, name: 二, list: [p, q], parts: [{n: 1}, {k: 2}]}",
        "      - {n: 2}",
        "      {when: 夜间}",
    ]
    assert len(before) == 3


def _renamed(entry: Entry, name: str) -> Entry:
    """The entry with its first value alone, under another name."""
    first = next(iter(entry.values()))
    entry.clear()
    entry[name] = first
    return entry


@given(TEXT)
def test_a_text_is_written_so_that_it_reads_back(text: str) -> None:
    written = f"a: {flow(text)}\nb: [{flow(text)}, x]\nc: {{d: {flow(text)}, e: y}}\n"
    value = parse("t.yaml", written.encode()).value
    assert value == {"a": text, "b": [text, "x"], "c": {"d": text, "e": "y"}}, written


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.data())
def test_any_changes_at_once_leave_a_file_that_means_them(data: st.DataObject) -> None:
    text = data.draw(st.sampled_from([*LAYOUTS.values(), *_traffic()]))
    new = values(text)
    (key,) = new
    for _ in range(data.draw(st.integers(1, 5))):
        _change_something(data, new[key])
    change(text, new)


def _traffic() -> list[str]:
    return [file.read_text(encoding="utf-8") for file in FILES]


def _change_something(data: st.DataObject, entries: list[Entry]) -> None:
    what = data.draw(st.sampled_from(["value", "field", "remove", "entry", "drop"]))
    if what == "entry" or not entries:
        entries.append(Entry({"id": data.draw(TEXT), "list": [data.draw(TEXT)]}))
        return
    entry = data.draw(st.sampled_from(entries))
    inner = [part for part in entry.values() if isinstance(part, list) and part]
    inner = [part for part in inner if all(isinstance(each, Entry) for each in part)]
    if inner and data.draw(st.booleans()):
        _change_something(data, data.draw(st.sampled_from(inner)))
        return
    if what == "drop" and len(entries) > 1:
        entries[:] = [other for other in entries if other is not entry]
    elif what == "field" or not entry:
        entry["field" + data.draw(st.sampled_from("abc"))] = data.draw(TEXT)
    elif what == "remove" and len(entry) > 1:
        del entry[data.draw(st.sampled_from(list(entry)))]
    else:
        plain = [name for name, part in entry.items() if isinstance(part, str)]
        lists = [name for name, part in entry.items() if _is_plain_list(part)]
        if plain:
            entry[data.draw(st.sampled_from(plain))] = data.draw(TEXT)
        if lists:
            entry[data.draw(st.sampled_from(lists))] = data.draw(st.lists(TEXT, max_size=3))


def _is_plain_list(value: Any) -> bool:
    return isinstance(value, list) and not any(isinstance(part, Entry) for part in value)
