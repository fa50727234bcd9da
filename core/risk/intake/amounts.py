"""Money as case files write it, in whole 分 (exact on every engine)."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from risk.errors import KnowledgeError

if TYPE_CHECKING:
    import ibis.expr.types as ir

FEN_PER_UNIT = {"分": 1, "角": 10, "元": 100, "万元": 1_000_000}
_FINANCIAL = ("零壹贰叁肆伍陆柒捌玖拾佰仟萬圆两", "〇一二三四五六七八九十百千万元二")
_WIDE = ("０１２３４５６７８９．，￥", "0123456789.,¥")
_DIGITS = "一二三四五六七八九"
_PLACES = {"千": 1000, "百": 100, "十": 10}


def fen(text: str, unit: str) -> int:
    """One plain amount, e.g. from a table of fines, in 分; KnowledgeError if it is no number."""
    try:
        return int((Decimal(text.replace(",", "").strip()) * _factor(unit)).to_integral_value())
    except InvalidOperation:
        raise KnowledgeError(f"{text!r} is no amount.", "Write a number.") from None


def after(word: str) -> str:
    """A regular expression whose first group is the amount with its unit that follows `word`."""
    number = r"[0-9][0-9,.]*|[零〇一二三四五六七八九十百千壹贰叁肆伍陆柒捌玖拾佰仟万萬]+"
    return rf"{word}[^0-9零一二三四五六七八九十壹贰叁肆伍陆柒捌玖拾]{{0,6}}((?:{number})万?[元圆])"


def in_fen(cell: ir.StringValue, unit: str) -> ir.IntegerValue:
    """The amounts of a text column in 分; null where the text is no amount.

    Plain numbers take the fast way; words, units and Chinese numerals are only tried where that
    fails.
    """
    import ibis

    plain = cell.try_cast("decimal(18, 6)")
    return ibis.coalesce(_positive(plain, _factor(unit)), _worded(cell, unit))


def _factor(unit: str) -> int:
    try:
        return FEN_PER_UNIT[unit]
    except KeyError:
        known = "、".join(FEN_PER_UNIT)
        raise KnowledgeError(f"{unit!r} is no unit of money.", f"Use one of {known}.") from None


def _positive(number: ir.NumericValue, factor: int) -> ir.IntegerValue:
    import ibis

    whole = (number * factor).round(0).cast("int64")
    return (number >= 0).ifelse(whole, ibis.null("int64"))


def _worded(cell: ir.StringValue, unit: str) -> ir.IntegerValue:
    import ibis

    from .builtin import translate

    before, after = (one + two for one, two in zip(_WIDE, _FINANCIAL, strict=True))
    plain = translate(cell, before, after).re_replace(r"[\s,¥整正]|人民币|罚款|RMB|CNY", "")
    arabic = plain.re_extract(r"^([0-9]+(?:\.[0-9]+)?)(?:万元|万|元|块)?$", 1)
    by_word = plain.re_search("万").ifelse(
        _positive(arabic.try_cast("decimal(18, 6)"), FEN_PER_UNIT["万元"]),
        plain.re_search("[元块]").ifelse(
            _positive(arabic.try_cast("decimal(18, 6)"), FEN_PER_UNIT["元"]),
            _positive(arabic.try_cast("decimal(18, 6)"), _factor(unit)),
        ),
    )
    return ibis.coalesce(by_word, _chinese(plain, unit))


def _chinese(plain: ir.StringValue, unit: str) -> ir.IntegerValue:
    """Amounts such as 二百元, 一万二千五百元 or 三万元, up to 千万, no 角 and 分."""
    import ibis

    section = "[〇一二三四五六七八九十百千]*"
    shape = rf"^({section})(万?)({section})(元|块|万元)?$"
    high, low = plain.re_extract(shape, 1), plain.re_extract(shape, 3)
    has_myriad = plain.re_extract(shape, 2) == "万"
    whole = has_myriad.ifelse(_section(high) * 10_000 + _section(low), _section(high + low))
    in_words = plain.re_search("[一二三四五六七八九十]") & plain.re_search(shape)
    # 三万 in a column counted in 万元 is thirty thousand yuan too: the word names the unit.
    factor = has_myriad.ifelse(100, plain.re_search("[元块]").ifelse(100, _factor(unit)))
    return in_words.ifelse(whole * factor, ibis.null("int64"))


def _section(words: ir.StringValue) -> ir.IntegerValue:
    """The value of up to four Chinese digits with 千, 百 and 十 between them."""
    import ibis

    total = ibis.literal(0, "int64")
    for place, value in _PLACES.items():
        digit = words.re_extract(f"([{_DIGITS}]?){place}", 1)
        bare = words.contains(place).cast("int64")
        total = total + value * ibis.greatest(_digit(digit), bare)
    return total + _digit(words.re_extract(f"(^|[〇千百十])([{_DIGITS}])$", 2))


def _digit(char: ir.StringValue) -> ir.IntegerValue:
    import ibis

    branches = [(char == digit, ibis.literal(index, "int64")) for index, digit in enumerate(_DIGITS, 1)]
    return ibis.cases(*branches, else_=ibis.literal(0, "int64"))
