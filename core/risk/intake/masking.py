"""Personal data in free text: found by shape and covered before it goes anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import ibis.expr.types as ir

COVER = "〔已遮盖〕"
_PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼使领样"
_PLATE = rf"[{_PROVINCES}][A-Za-z][·.\-\s]?[A-Za-z0-9]{{4,6}}[A-Za-z0-9挂学警港澳试超]?"
_CREDIT_CODE = r"[0-9A-Za-z]{18}"
_LONG_NUMBER = r"\d{7,}[\dXx]?"
_PERSONAL = f"{_PLATE}|{_CREDIT_CODE}|{_LONG_NUMBER}"
# A cheap first look, so that the full pattern runs on few rows only.
_SUSPICIOUS = r"[0-9A-Za-z]{4}"

# The surnames of more than nine in ten people; a cell that is one of them and one or two further
# characters and nothing else is taken for a name.
_SURNAMES = (
    "王李张刘陈杨黄赵周吴徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏"
    "魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵"
    "万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包宁"
    "尚符舒阮柯纪梅童凌毕单季裴霍涂成苗谷盛曲翁冉骆蓝路游辛靳管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤阳时"
    "穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党宫费卜冷晏席卫米柏宗瞿桂全佟应臧闵苟邬边卞姬师和仇栾隋"
    "商刁沙荣巫寇桑郎甄丛仲虞敖巩明佘池查麻苑迟邝"
)
_BARE_NAME = rf"^(?:[{_SURNAMES}]|欧阳|上官|司马|诸葛|东方|皇甫|尉迟|公孙|慕容|令狐)[\x{{4e00}}-\x{{9fff}}·]{{1,2}}$"
_DATE_LIKE = r"^[0-9][0-9 \-/.:年月日时分秒T]{0,18}$"


def mask(text: ir.StringValue) -> ir.StringValue:
    """The text with plates, identity, telephone and credit-code numbers covered."""
    covered: ir.StringValue = text.re_search(_SUSPICIOUS).ifelse(
        text.re_replace(_PERSONAL, COVER), text
    )
    return covered


def shown_words(text: ir.StringValue) -> ir.StringValue:
    """An unknown wording as a report may show it: masked, and covered whole if it is a bare name."""
    import ibis

    from .builtin import left

    return text.re_search(_BARE_NAME).ifelse(ibis.literal(COVER), left(mask(text), 80))


def shown_date(text: ir.StringValue) -> ir.StringValue:
    """An unreadable date as a report may show it: covered unless it looks like a date or time."""
    import ibis

    dated = text.re_search(_DATE_LIKE) & ~text.re_search(r"\d{9}")
    return dated.ifelse(text, ibis.literal(COVER))
