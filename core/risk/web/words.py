"""Chinese for what Datasette, SQLite and the store's codes say in English."""

from __future__ import annotations

import json
import re
from decimal import Decimal
from typing import Final

from risk.model.handling import handling as handling
from risk.model.legal_words import UNVERIFIED as UNVERIFIED
from risk.model.legal_words import remarks as remarks

# Datasette's filters by key, in the order in which they are offered.
OPERATORS: Final = {
    "exact": "等于",
    "not": "不等于",
    "contains": "包含",
    "startswith": "开头是",
    "endswith": "结尾是",
    "gt": "大于",
    "gte": "大于等于",
    "lt": "小于",
    "lte": "小于等于",
    "in": "是其中之一（逗号分隔）",
    "notin": "不是其中之一（逗号分隔）",
    "isblank": "为空",
    "notblank": "不为空",
    "date": "日期是",
    "like": "符合样式（% 代表任意字）",
    "notlike": "不符合样式（% 代表任意字）",
    "glob": "符合样式（* 代表任意字）",
    "isnull": "无值",
    "notnull": "有值",
    "arraycontains": "列表包含",
    "arraynotcontains": "列表不包含",
}

# Why a row is no case, by what the kernel records; a department's own rules speak Chinese.
REASONS: Final = {
    "unclassified": "违法行为未能归类",
    "violation missing": "缺违法行为",
    "case_id missing": "缺案号",
    "decided_on missing": "缺处罚决定日期",
    "decided_on unreadable": "处罚决定日期无法读取",
    "decided_on out of range": "处罚决定日期不合理",
    "decided_on is a spreadsheet's number of a day: format the column as a date": (
        "处罚决定日期是电子表格的日期序号，请将该列设为日期格式后另存"
    ),
    "signal_id missing": "缺诉求编号",
    "received_on missing": "缺受理日期",
    "received_on unreadable": "受理日期无法读取",
    "received_on out of range": "受理日期不合理",
    "received_on is a spreadsheet's number of a day: format the column as a date": (
        "受理日期是电子表格的日期序号，请将该列设为日期格式后另存"
    ),
    "broken characters": "文字损坏",
    "broken line": "行损坏",
    "broken line: quotes": "行损坏：引号不成对",
    "broken line: too many columns": "行损坏：多列",
    "broken line: missing columns": "行损坏：缺列",
    "broken line: encoding": "行损坏：编码有误",
    "broken line: too long": "行损坏：过长",
    "broken line: no JSON object": "行损坏：不是 JSON 对象",
    "repeated": "重复",
    "corrected by a later record": "已由后来的记录更正",
    "taken back by a later record": "后来的记录已撤销或者排除",
}

# The figures of a ground, by their name in the database.
FIGURES: Final = {
    "cases": "案件",
    "recent_cases": "近期案件",
    "major": "重大处罚",
    "coercive": "行政强制措施",
    "compulsory": "行政强制执行",
    "summary": "简易程序",
    "slight": "轻微并已改正",
    "rank": "位次",
    "of": "参与排位",
    "expected": "按普通情形推算",
    "ratio": "倍数（经收缩估计）",
    "lower": "倍数下限",
    "q_value": "错误发现率",
    "months_with_cases": "发生月数",
    "months_covered": "覆盖月数",
    "min_cases": "标准：案件不少于",
    "max_cases": "标准：案件不超过",
    "min_months": "标准：月数不少于",
    "max_rank": "标准：位次不低于",
    "lead": "为全天平均的倍数",
    "min_lead": "标准：为全天平均的倍数不低于",
    "min_expected": "标准：推算件数不低于",
    "min_ratio": "标准：倍数下限不低于",
    "max_q_value": "标准：错误发现率不超过",
    "min_share": "标准：所占比例不低于",
    "min_yuan_individual": "标准：个人不低于（元）",
    "min_yuan_organisation": "标准：单位不低于（元）",
    "max_yuan_individual": "限额：个人（元）",
    "max_yuan_organisation": "限额：单位（元）",
}

_STATUSES: Final = {
    400: ("请求有误", "请检查地址，或者返回上一页重新填写。"),
    403: ("不允许", "本服务没有开放这项内容。"),
    404: ("没有这个页面", "地址可能有误，或者所指的内容已不在数据库中。"),
}
_FAILED: Final = ("无法显示这个页面", "请返回上一页；如果再次出现，请联系维护人员。")
_SLOW: Final = ("查询时间过长", "查询已停止。请缩小范围后再试。")
_COMPLAINTS: Final = (
    (r"Statement must be a SELECT", "只能查询（SELECT），不能修改数据。"),
    (r"Statement may not contain PRAGMA.*", "不允许使用 PRAGMA。"),
    (r"no such column: (.+)", "没有这一列：{}"),
    (r"no such table: (.+)", "没有这张表：{}"),
    (r"no such function: (.+)", "没有这个函数：{}"),
    (r'near "(.+)": syntax error', "语法有误，在 {} 附近"),
    (r"incomplete input", "语句不完整"),
    (r"Cannot sort table by (.+)", "不能按这一列排序：{}"),
    (r"interrupted", "查询时间过长，已停止"),
)


def number(value: float) -> str:
    """`value` with its thousands apart and no empty decimals: 5,153, 0.00001, 20 for 20.0."""
    return f"{int(value):,}" if value == int(value) else f"{Decimal(str(value)):,f}"


def reason(text: str) -> str:
    """Why a row is no case, in Chinese; what is not known is given as it is."""
    return REASONS.get(text, text)


def figures(text: str) -> str:
    """The figures of a ground, stored as JSON, as a line of Chinese words and numbers."""
    return "；".join(
        f"{FIGURES.get(name, name)} {_figure(value)}" for name, value in json.loads(text).items()
    )


def _figure(value: float | str | None) -> str:
    if value is None:
        return "无"
    return value if isinstance(value, str) else number(value)


def complaint(text: str) -> str:
    """What SQLite or Datasette complains of, in Chinese; empty where there is no word for it."""
    for pattern, chinese in _COMPLAINTS:
        if found := re.fullmatch(pattern, text):
            return chinese.format(*found.groups())
    return ""


def failure(status: int | None, title: str | None) -> tuple[str, str]:
    """Heading and advice for an error page, by Datasette's status and title."""
    if title == "SQL Interrupted":
        return _SLOW
    # Datasette gives no status with its page for what is forbidden.
    return _STATUSES.get(status or 403, _FAILED)
