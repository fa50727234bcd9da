"""Personal data in free text: found by shape and covered before it goes anywhere."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from .folding import BLANK, closed_up, half_width
from .naming import AFTER, NAMES

if TYPE_CHECKING:
    import ibis.expr.types as ir

    from .frame import Dialect

COVER = "〔已遮盖〕"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领样"
_DOT = r"[·•・‧.\-—_\s]?"
_GAP = f"(?:[{BLANK}]{{1,3}})"
_DOTTED_GAP = f"(?:[·•・‧.\\-—_{BLANK}]{{1,3}})"
_CHAT = "微信|[Ww]e[Cc]hat|WECHAT|[Vv][Xx]|[Qq]{2}"
_PERSONAL = "|".join(
    (
        r"[0-9A-Za-z][0-9A-Za-z._%+\-]*@[0-9A-Za-z\-]+(?:\.[0-9A-Za-z\-]+)+",
        rf"(?:{_CHAT})(?:账号|帐号|号码?|[Ii][Dd])?[\s:为是]{{0,3}}[0-9A-Za-z][0-9A-Za-z_\-]{{4,19}}",
        rf"[{_PROVINCES}]\s?[A-Za-z]{_DOT}[A-Za-z0-9]{{4,6}}[A-Za-z0-9挂学警港澳试超使领]?",
        # The same with blanks between, as in 样 A 1 2 3 4 5, 样 A·1 2 3 4 5 and 样AD1 2345.
        rf"[{_PROVINCES}]{_GAP}?[A-Za-z](?:{_DOTTED_GAP}[A-Za-z0-9]){{4,6}}",
        rf"[{_PROVINCES}]{_GAP}?[A-Za-z]{_DOTTED_GAP}?[A-Za-z0-9]{{1,4}}{_GAP}[A-Za-z0-9]{{2,4}}",
        rf"(?:\d{_GAP}){{6,}}\d(?:{_GAP}?[Xx])?",
        rf"WJ\s?[{_PROVINCES}]?\s?\d{{4}}[0-9A-Za-z]",
        r"\d{4,6}(?:[ \-]{1,2}\d{3,5}){3,4}",
        r"\d{19,}",
        r"[0-9A-Za-z]{2}\d{6}[0-9A-Za-z]{10}",
        r"\d{6}[ \-]\d{8}[ \-]?\d{3}[\dXx]",
        r"1[3-9]\d[ \-]\d{4}[ \-]?\d{4}",
        r"0\d{2,3}-\d{7,8}",
        r"\d{7,}[\dXx]?",
    )
)
# A cheap first look, so that the full pattern runs on few rows only.
_SUSPICIOUS = (
    rf"[0-9A-Za-z０-９Ａ-Ｚａ-ｚ]{{4}}|[@＠]|{_CHAT}"
    rf"|[{_PROVINCES}][{BLANK}]*[A-Za-zＡ-Ｚａ-ｚ]|[0-9０-９][{BLANK}]+[0-9０-９][{BLANK}]"
)

# In the name of a file a long number is mostly a day or a count, and letters are words.
_IN_A_NAME = re.compile(
    rf"[{_PROVINCES}][A-Z][·•.\-_]?(?=[A-Z0-9]*\d)[A-Z0-9]{{4,6}}[挂学警港澳]?"
    r"|(?<![0-9A-Za-z])[0-9A-Z]{2}\d{6}(?:\d{9}[\dXx]|[0-9A-Z]{10})(?![0-9A-Za-z])"
    r"|(?<!\d)1[3-9]\d{9}(?!\d)"
)

# Han characters set apart, as some write names.
_SPACED_OUT = (
    rf"(?:^|[{BLANK}])[\x{{4e00}}-\x{{9fff}}][{BLANK}]+[\x{{4e00}}-\x{{9fff}}](?:[{BLANK}]|$)"
)
_HAN_ONLY = r"^[\x{4e00}-\x{9fff}·]{1,4}$|^[\x{4e00}-\x{9fff}]+·[\x{4e00}-\x{9fff}·]+$"
# Signs of an offence, which a name of a few characters seldom has.
_OFFENCE = "[违未无不超非乱占停闯驶擅私倒售假酒毒套遮逆拒逃漏滥堆烧弃冒侵污噪]"
_FIRM = "(?:公司|集团|工厂|商行|商店|门店|经营部|合作社|超市|饭店|酒店|宾馆|中心|事务所|个体户)$"
_FIGURES = "〇零一二三四五六七八九十元"
# A day as far as it is told, in figures or in words: 2026年3月, 二〇二六年三月五日, 3月上旬, 2026年第一季度.
_TOLD_OF_A_DAY = (
    rf"(?:(?:公元|民[国國])?(?:\d{{2,4}}|[{_FIGURES}]{{2,4}})年度?(?:第?[1-4一二三四]季度|[上下]半年)?)?"
    rf"(?:(?:\d{{1,2}}|[{_FIGURES}]{{1,3}})月份?)?(?:(?:\d{{1,2}}|[{_FIGURES}]{{1,3}})[日号])?"
    r"(?:[上中下]旬|[初中末底]|[上下]午|凌晨|夜间)?"
)
_DATE_LIKE = (
    r"^(?:(?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:[ T]?\d{1,2}[:时]\d{1,2}(?:[:分]\d{1,2}秒?)?分?)?"
    r"|(?:民[国國])?\d{2,3}[-/.年]\d{1,2}[-/.月]\d{1,2}日?"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}"
    r"|(?:19|20)\d{6}|\d{1,6}|\d{1,2}[-/.]\d{1,2}[-/.](?:\d{2}|\d{4})"
    rf"|{_TOLD_OF_A_DAY}(?:[-~至到—]{_TOLD_OF_A_DAY})?"
    r"|(?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2}[~至到—](?:19|20)\d{2}[-/.]\d{1,2}[-/.]\d{1,2})$"
)
# Of what is told of a day a unit is told at least: 初 alone, or figures in words, may be a name.
_TELLS_A_UNIT = r"[年月日号季0-9]"


def masked_name(name: str) -> str:
    """The name of a file or sheet with plates and the numbers of people and firms covered."""
    return _IN_A_NAME.sub(COVER, name)


def mask(text: ir.StringValue) -> ir.StringValue:
    """The text with plates, mail addresses and the numbers of people, firms and accounts covered.

    Null where nothing else is left of it.
    """
    plain = half_width(text).re_replace(_PERSONAL, COVER)
    covered: ir.StringValue = text.re_search(_SUSPICIOUS).ifelse(
        plain.nullif(COVER), text.nullif(COVER)
    )
    return covered


def shown_words(text: ir.StringValue, dialect: Dialect) -> ir.StringValue:
    """An unknown wording as a report may show it: masked, and covered whole if it may be a name.

    What looks like a name behind a word for a person is covered too. That costs more than the rest
    of masking together, and is asked of rejected rows alone.
    """
    import ibis

    from .builtin import left

    text = text.re_search(_SPACED_OUT).ifelse(closed_up(text), text)
    name = text.re_search(_HAN_ONLY) & ~text.re_search(_OFFENCE)
    masked = dialect.cover_after(mask(text).fill_null(COVER), AFTER, NAMES, COVER)
    return (name | text.re_search(_FIRM)).ifelse(ibis.literal(COVER), left(masked, 80))


def shown_date(text: ir.StringValue) -> ir.StringValue:
    """An unreadable date as a report may show it: covered unless it looks like a date or time.

    A bare number of up to six figures tells nobody: 46086 is a spreadsheet's number for a day. Nor
    does a month, a season or a span of days.
    """
    import ibis

    plain = half_width(text)
    is_date = plain.re_search(_DATE_LIKE) & plain.re_search(_TELLS_A_UNIT)
    return is_date.ifelse(text, ibis.literal(COVER))
