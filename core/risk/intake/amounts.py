"""Money as case files write it, in whole 分 (exact on every engine)."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Hashable
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final

from risk.errors import KnowledgeError

from .column import FEN, Column, Heading, names_of, read, text

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Frame

# Headings of the fine in case files. 罚款 alone, with no unit, may ask whether there is one.
FINE: Final = ("罚款金额", "处罚金额", "罚款数额", "罚款(元)", "罚款(万元)")
FEN_PER_UNIT = {"分": 1, "角": 10, "元": 100, "万元": 1_000_000}
_FINANCIAL = ("零壹贰叁肆伍陆柒捌玖拾佰仟萬圆两", "〇一二三四五六七八九十百千万元二")
_WIDE = ("０１２３４５６７８９．，￥\u00a0\u3000", "0123456789.,¥  ")
_DIGITS = "一二三四五六七八九"
_DECIMAL = "decimal(18, 6)"
_BOUND_IN_FEN = 10**12
_FIGURES = r"^((?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?)(?:万元|万|元|块)?$"
# What may stand in brackets behind a heading, and the unit that it says.
_ENDINGS = {"元": "元", "万元": "万元", "单位:元": "元", "单位:万元": "万元"}
_ENDING = re.compile(rf"\(({'|'.join(_ENDINGS)})\)$")
_PLACES = {"千": 1000, "百": 100, "十": 10}

# Chinese numerals up to 9,999, and what may follow 万. A digit right behind 千, 百 or 万 is left
# out: 一千二 is 1,200 to one clerk and 1,002 to the next.
_TENS = f"[{_DIGITS}]?十[{_DIGITS}]?"
_HUNDREDS = f"[{_DIGITS}]百(?:〇?{_TENS}|〇[{_DIGITS}])?"
_THOUSANDS = f"[{_DIGITS}]千(?:〇?{_HUNDREDS}|〇?{_TENS}|〇[{_DIGITS}])?"
_SECTION = f"{_THOUSANDS}|{_HUNDREDS}|{_TENS}"
_BEHIND_WAN = f"〇?(?:{_SECTION})|〇[{_DIGITS}]|"
_CHINESE = rf"^(?:({_SECTION}|[{_DIGITS}])万({_BEHIND_WAN})|({_SECTION}|[{_DIGITS}〇]))[元块]?$"

# What stands between 罚款 and the amount; anything else, and the amount may be that of another.
_BLANK = "[\\s\u00a0\u3000]"
_BETWEEN = (
    f"(?:{_BLANK}|人{_BLANK}*民{_BLANK}*币|[金数总]{_BLANK}*额|[共合总]?{_BLANK}*计|"
    f"[大小]{_BLANK}*写|[为即:：()（）¥￥]|RMB)*"
)
_NUMERAL = "[零〇一二两三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万萬]"
_TOLD = (
    f"(?:[0-9０-９][0-9０-９,，.．]*|{_NUMERAL}(?:{_BLANK}*{_NUMERAL})*)"
    f"{_BLANK}*[万萬]?{_BLANK}*[元圆]"
)


def amount(heading: Heading, unit: str | None = "元") -> Column:
    """Money in 分: `200`, `1,000.50`, `200元`, `0.2万元`, `贰佰元整`.

    `unit` is that of a cell which names none; with None such a cell cannot be read. Where the
    heading in the file ends in (元) or (万元) that is the unit, whatever is said here; each heading
    is known with such an ending too. A negative or otherwise unreadable amount is null and counted.
    """
    if unit is not None:
        fen_per(unit)
    named = _with_units(names_of(heading), unit)
    columns = {name: _in_unit(name, own) for name, own in named.items()}

    def there(frame: Frame) -> Column:
        # Where none is, the last one says so.
        return next((columns[name] for name in named if frame.has((name,))), columns[name])

    *_, name = named
    return Column(
        (tuple(named),),
        lambda frame: there(frame).make(frame),
        lambda frame: there(frame).raw_in(frame),
        gives=FEN,
    )


def _with_units(names: tuple[str, ...], unit: str | None) -> dict[str, str | None]:
    """Each heading that is known, those that say a unit first, and the unit of what is beneath."""
    known: dict[str, str | None] = {}
    for name in names:
        found = _ENDING.search(unicodedata.normalize("NFKC", name))
        said = _ENDINGS[found[1]] if found else None
        if said is None:
            known |= {f"{name}({ending})": own for ending, own in _ENDINGS.items()}
        known[name] = said or unit
    return known


def _in_unit(heading: str, unit: str | None) -> Column:
    key = ("amount", unit, heading)
    return read(
        heading,
        ("amount", unit),
        lambda cell: _plain_number(cell, unit),
        lambda frame, cell: _worded(frame, key, cell, unit),
    )


def amount_after(word: str, heading: Heading) -> Column:
    """The amount of money that follows `word` in a text, in 分: 罚款人民币贰仟元整, 罚款2000元.

    Null where other words come between, such as those of a confiscation. Blanks within the word do
    not matter, since forms are filled in as 罚 款 200 元.
    """
    source = text(heading)
    pattern = f"{_spaced(word)}{_BETWEEN}({_TOLD})"

    def make(frame: Frame) -> Any:
        key = ("told", word, source.reads)
        told = frame.once(key, lambda: source.make(frame).re_extract(pattern, 1))
        return _worded(frame, key, told, "元")

    return Column(source.reads, make, gives=FEN)


def _spaced(word: str) -> str:
    return f"{_BLANK}*".join(map(re.escape, word))


def fen(told: str, unit: str) -> int:
    """One plain amount, e.g. from a table of fines, in 分; KnowledgeError if it is no number."""
    try:
        return int((Decimal(told.replace(",", "").strip()) * fen_per(unit)).to_integral_value())
    except (ArithmeticError, ValueError):
        raise KnowledgeError(f"{told!r} is no amount.", "Write a number.") from None


def fen_per(unit: str) -> int:
    """How many 分 the unit has; KnowledgeError if it is no unit of money."""
    try:
        return FEN_PER_UNIT[unit]
    except KeyError:
        known = "、".join(FEN_PER_UNIT)
        raise KnowledgeError(f"{unit!r} is no unit of money.", f"Use one of {known}.") from None


def _positive(number: ir.NumericValue, factor: int) -> ir.IntegerValue:
    """So many times a number, null below nothing and from ten thousand million yuan on.

    A telephone or identity number in a column of fines is no fine, and would not fit the product's
    type either: the engine fails where it does not.
    """
    import ibis

    inside = (number >= 0) & (number < _BOUND_IN_FEN // factor)
    whole = (number * factor).round(0).cast("int64")
    return inside.ifelse(whole, ibis.null("int64"))


def _without_unit(number: ir.NumericValue, unit: str | None) -> ir.IntegerValue:
    import ibis

    return ibis.null("int64") if unit is None else _positive(number, fen_per(unit))


def _worded(frame: Frame, key: Hashable, cell: Any, unit: str | None) -> Any:
    """Amounts with words, separators, Chinese numerals or digits of Chinese width, in 分."""
    import ibis

    words = frame.once(("worded", key), lambda: _plain_words(cell))
    figures = frame.once(("figures", key), lambda: words.re_extract(_FIGURES, 1))
    number = frame.once(("number", key), lambda: figures.replace(",", "").try_cast(_DECIMAL))
    return ibis.coalesce(_arabic(number, words, unit), _chinese(frame, key, words, unit))


def _plain_number(cell: ir.StringValue, unit: str | None) -> ir.IntegerValue:
    import ibis

    from .builtin import left

    before = left(cell, cell.length() - 1).try_cast(_DECIMAL)
    yuan = cell.endswith("元").ifelse(_positive(before, FEN_PER_UNIT["元"]), ibis.null("int64"))
    return ibis.coalesce(_without_unit(cell.try_cast(_DECIMAL), unit), yuan)


def _plain_words(cell: ir.StringValue) -> ir.StringValue:
    """The amount in half width and plain numerals, without the words around it."""
    from .builtin import translate

    before, after = (one + two for one, two in zip(_WIDE, _FINANCIAL, strict=True))
    words: ir.StringValue = translate(cell, before, after).re_replace(
        r"[\s¥整正]|人\s*民\s*币|罚\s*款|RMB|CNY", ""
    )
    return words


def _arabic(number: ir.DecimalValue, words: ir.StringValue, unit: str | None) -> ir.IntegerValue:
    """Numbers in Arabic figures with or without a unit, such as 0.2万元."""
    amount: ir.IntegerValue = words.contains("万").ifelse(
        _positive(number, FEN_PER_UNIT["万元"]),
        words.re_search("[元块]").ifelse(
            _positive(number, FEN_PER_UNIT["元"]), _without_unit(number, unit)
        ),
    )
    return amount


def _chinese(frame: Frame, key: Hashable, words: Any, unit: str | None) -> Any:
    """Amounts such as 二百元, 一万二千五百元 or 三万元, up to 千万, no 角 and 分."""
    import ibis

    told = frame.once(
        ("numerals", key),
        lambda: words.re_search(_CHINESE).ifelse(words, ibis.null("string")),
    )

    def group(number: int) -> ir.IntegerValue:
        part = frame.once(("digits", number, key), lambda: told.re_extract(_CHINESE, number))
        return _section(frame, part, ("digits", number, key))

    whole = group(1) * 10_000 + group(2) + group(3)
    # 三万 in a column counted in 万元 is thirty thousand yuan too: the word names the unit.
    alone = ibis.null("int64") if unit is None else whole * fen_per(unit)
    known = told.re_search("[元块万]").ifelse(whole * FEN_PER_UNIT["元"], alone)
    return told.notnull().ifelse(known, ibis.null("int64"))


def _section(frame: Frame, words: ir.StringValue, key: Hashable) -> ir.IntegerValue:
    """The value of up to four Chinese digits with 千, 百 and 十 between them."""
    import ibis

    def digit(pattern: str, group: int) -> ir.IntegerValue:
        return _digit(frame.once((pattern, key), lambda: words.re_extract(pattern, group)))

    total = ibis.literal(0, "int64")
    for place, value in _PLACES.items():
        bare = words.contains(place).cast("int64")
        total = total + value * ibis.greatest(digit(f"([{_DIGITS}]?){place}", 1), bare)
    return total + digit(f"(^|[〇千百十])([{_DIGITS}])$", 2)


def _digit(char: ir.StringValue) -> ir.IntegerValue:
    import ibis

    branches = [
        (char == digit, ibis.literal(index, "int64")) for index, digit in enumerate(_DIGITS, 1)
    ]
    return ibis.cases(*branches, else_=ibis.literal(0, "int64"))
