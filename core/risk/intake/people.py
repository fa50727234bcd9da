"""Headings under which case files name people beside the party, and words there that name nobody."""

from __future__ import annotations

import re
from typing import Final

# Field codes of the form of the penalty record and of the police's systems, folded.
_CODES: Final = frozenset({"cffrdb", "cffr", "cffrzjhm", "cffrsfzh", "jdcsyr"})
_PERSON: Final = (
    "人|者|人员|队员|协管员|执法员|检查员|调查员|记录员|书记员|驾驶员|乘务员|安全员|售货员|业务员|员工|职工|民警|辅警|警官"
    "|司机|车主|业主|户主|店主|摊主|房东|老板|经理|[店厂队组班]长|代表|法人|交警|协警|对象|家长|领导"
)
_NUMBER: Final = (
    "身份证|证件|驾驶证|驾照|护照|警号|工号|电话|来电|手机|联系方式|号牌|车牌|车号|微信|qq|邮箱"
)
_HEADING: Final = re.compile(
    rf"(?:(?:{_PERSON})(?:的?(?:姓名|名字|名称|签名|签字|信息|及[证警]号))?|(?:姓名|名字)(?:[或和及与]?名称)?"
    rf"|(?:{_NUMBER})(?:号码?|编号|账号)?)[一二三四甲乙丙丁0-9]{{0,2}}$"
)
# What stands for nobody in particular under such headings.
NOBODY: Final = (
    "单位|公司|有限公司|分公司|总公司|集团|个人|个体|个体户|个体工商户|企业|商户|商家|市民|群众|居民|村民|匿名|未知|不详|其他|其它"
    "|本人|物业|学校|医院|系统|行人|机动车|非机动车|驾驶人|驾驶员|司机|车主|业主|店主|热线|城管|主办|协办|承办|经办|先生|女士|施工|建设|管理"
    "|中队|大队|支队|街道|社区|管委会|.{1,4}[区县局所队]"
)


def names_people(heading: str) -> bool:
    """Whether a column under the folded heading names people, or gives numbers of theirs."""
    return heading in _CODES or _HEADING.search(heading) is not None
