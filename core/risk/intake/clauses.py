"""Clauses of a running text that say that all is well: whatever they name was not done."""

from __future__ import annotations

from typing import Any

_ENDS = ",。;但"
_NOT_FOUND = "(?:未发现|没有发现|未见|不存在)"
_MISDEED = rf"{_NOT_FOUND}(?:其|该店|该|当事人|存在|有|任何|明显){{0,3}}[无未违超擅非不假伪冒篡逾过私遮][^{_ENDS}]*"
_ANYTHING = rf"{_NOT_FOUND}[^的{_ENDS}][^{_ENDS}]*"
# 未见健康证 and 未发现价格公示牌 say that what ought to be there is not.
_NEEDED = (
    rf"{_NOT_FOUND}[^{_ENDS}]*(?:健康证|许可证|执照|证照|证件|证明|批准|批文|手续|协议|合同|报告|公示|标[识志签牌价]"
    "|价签|警示|公告|台账|记录|票据|凭证|发票|设施|设备|装置|措施|制度|预案|围挡|覆盖|消毒|灭火器)"
)
# A clause with one of these is no praise: 措施不到位, 已补办齐全, 责令手续齐全.
_WELL = rf"[^{_ENDS}未不无没非否缺拒违超擅假虚伪冒欠弃难改清补纠复责令须应需限]*"
_IN_ORDER = (
    rf"{_WELL}(?:齐[全备](?:有效)?|到位|在有效期内?|符合{_WELL}(?:要求|规定|标准)"
    rf"|已(?:依法)?(?:取得|办理|领取|持有){_WELL}(?:证|证明|执照|许可|手续))"
)
_ALL_IN_ORDER = rf"(?:^|[{_ENDS}])(?:{_IN_ORDER}(?:[{_ENDS}]|$))+"
_PERHAPS = "未发现|没有发现|未见|不存在|齐[全备]|到位|在有效期|符合|已(?:依法)?[取办领持]"


def without_what_is_well(said: Any) -> Any:
    """A text folded by `fold_text` without the clauses, up to ，。； or 但, that say that all is well.

    These are 未发现…, 没有发现…, 未见…, 不存在…, …齐全, …到位, …在有效期内, …符合要求 (规定, 标准) and
    已取得…证, but not where what ought to be there is missing or another word denies them.
    """
    found = said.re_replace(_MISDEED, "")
    found = found.re_search(_NEEDED).ifelse(found, found.re_replace(_ANYTHING, ""))
    # Few texts praise; a look at all of them costs less than rewriting them.
    return said.re_search(_PERHAPS).ifelse(found.re_replace(_ALL_IN_ORDER, "。"), said)
