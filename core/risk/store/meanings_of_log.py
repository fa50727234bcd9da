"""What the tables of departments, runs, accounts and knowledge hold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from risk.model.legal_words import ROLES, VERIFIED

from .meaning import Meaning


def _glossary(words: Mapping[str, str]) -> str:
    return "，".join(f"{code} {word}" for code, word in words.items())


def _rows(what: str) -> Meaning:
    return Meaning(
        f"{what}，每行对应来源文件中的一行",
        {
            "run": "运行编号：写入该行的运行",
            "source": "来源文件名",
            "line": "来源文件中的行号",
            "reason": "原因",
            "detail": "具体内容",
            "partition": "所在案件分区",
            "department": "部门编号",
        },
    )


_ACCOUNT: Final = {
    "rows": "读取行数：案件、诉求、拒绝、排除、重复之和",
    "cases": "成为案件的行数",
    "rejected": "被拒绝的行数",
    "excluded": "依规则排除的行数",
    "duplicates": "重复的行数",
}
_KIND: Final = {
    "kind": "来源种类：cases 案件，signals 群众诉求",
    "signals": "成为群众诉求的行数",
}

LOG: Final = {
    "departments": Meaning(
        "执法部门",
        {
            "id": "部门编号，即插件名",
            "name": "部门名称",
            "name_en": "英文名称",
            "unit": "责任单位",
            "run": "运行编号：最近一次改变该部门结果的运行，其分析起止日期适用于该结果",
            "merged": "合并而来：1 表示结果来自其他数据库，其案件不在本机",
        },
    ),
    "plugins": Meaning(
        "产生结果的部门插件",
        {
            "name": "插件名",
            "department": "部门编号",
            "version": "插件版本",
            "distribution": "安装包名称",
        },
    ),
    "runs": Meaning(
        "运行日志，只增不改",
        {
            "id": "运行编号：部门、开始时间（世界时）和随机尾号，全市唯一",
            "department": "部门编号",
            "plugin_version": "插件版本",
            "policy": "定级口径",
            "engine": "计算引擎",
            "started_at": "开始时间（世界时）",
            "finished_at": "完成时间（世界时）",
            "rows_read": "本次读取的行数",
            "cases": "本次成为案件的行数",
            "rejected": "本次被拒绝的行数",
            "excluded": "本次依规则排除的行数",
            "duplicates": "本次重复的行数",
            "since": "分析起日：只分析此日期起的案件",
            "until": "分析止日：只分析到此日期的案件",
            "superseded": "被后来记录更正或者撤销的案件数",
            "distribution": "插件安装包名称",
            "points_new": "新增的风险点数",
            "points_changed": "内容有变的风险点数",
            "points_gone": "不再成立的风险点数",
            "signals": "本次成为群众诉求的行数",
            "remarks": "提示：运行时的提示，如未读取的工作表，JSON",
        },
    ),
    "sources": Meaning(
        "每次运行读取的来源文件及其行数账",
        {
            "run": "运行编号",
            "name": "文件名",
            "sha256": "文件摘要：文件内容的 SHA-256",
            "adapter": "所用适配器",
            **_ACCOUNT,
            "encoding": "文件编码",
            "header_line": "表头所在行",
            "sample": "示例：1 表示示例数据",
            "unreadable": "无法读取：有值但无法读取（或者只读出一部分）的可选列、状态栏及次数，JSON",
            "partition": "所在案件分区",
            "position": "分区先后，后者更正前者",
            **_KIND,
        },
    ),
    "partitions": Meaning(
        "本机案件库的成员：风险点所依据的全部文件，不参与合并",
        {
            "department": "部门编号",
            "key": "分区名",
            "position": "分区先后，后者更正前者",
            "name": "文件名",
            "sha256": "文件摘要：文件内容的 SHA-256",
            "adapter": "所用适配器",
            "rows": _ACCOUNT["rows"],
            "cases": _ACCOUNT["cases"],
            "rejected": _ACCOUNT["rejected"],
            "excluded": _ACCOUNT["excluded"],
            "sample": "示例：1 表示示例数据",
            "encoding": "文件编码",
            "header_line": "表头所在行",
            "duplicates": _ACCOUNT["duplicates"],
            "unreadable": "无法读取：有值但无法读取（或者只读出一部分）的可选列、状态栏及次数，JSON",
            **_KIND,
        },
    ),
    "rejects": _rows("被拒绝的行：不能成为案件"),
    "exclusions": _rows("排除的行：依规则不是案件（撤销、未结等）"),
    "duplicates": _rows("重复的行：同一案件已由其他行给出"),
}

KNOWLEDGE: Final = {
    "laws": Meaning(
        "目录所载的法律、法规、规章，一个版本一行，及其接续和废止",
        {
            "department": "部门编号",
            "key": "法律版本代号，legal_references.law_key 所引",
            "title": "法律、法规、规章名称",
            "version_date": "通过或最近一次修改的日期",
            "in_force_from": "施行日期",
            "in_force_to": "失效日期，空为现行",
            "dates_verified": "1 表示施行日期在文本中读到，0 未核实",
            "replaced_by": "接续版本的代号，空为未载明",
            "repealed_by": "废止它的法律的代号，空为未载明",
            "repealing_article": "废止条款号",
            "repeal_citation": "废止条款的引用写法",
            "note": "备注",
        },
    ),
    "violation_types": Meaning(
        "违法行为目录",
        {
            "id": "违法行为编号",
            "department": "部门编号",
            "name": "违法行为名称",
            "name_en": "英文名称",
            "agency": "处罚机关",
            "subject": "违法主体：individual 自然人，organisation 单位，both 两者",
            "procedure": "程序：summary 简易，ordinary 普通，summary_or_ordinary 两者",
            "hearing_possible": "听证：1 表示可能适用",
            "order_first": "先责令改正：1 表示依法如此",
            "no_explicit_rule": "包容审慎：1 表示法律没有明确规定",
            "severe_penalties": "法定较重处罚种类，以顿号分隔",
            "coercive_measures": "法定行政强制措施，以顿号分隔",
            "exemption": "免罚清单：列入的情况，commonly、sometimes、rarely、no",
            "exemption_condition": "免罚条件",
            "exemption_source": "免罚依据",
            "exemption_verified": "免罚依据核实：1 表示已核实",
            "exemption_first_within_months": "首违的期间：此前多少个月内没有同类违法，空为未载明",
            "exemption_if_corrected": "1 表示免罚以已改正为条件",
            "exemption_if_no_harm": "1 表示免罚以没有危害后果为条件",
        },
    ),
    "violation_topics": Meaning(
        "违法行为所属的跨部门事项，如油烟、扬尘、噪声、占道",
        {"violation": "违法行为编号", "topic": "事项"},
    ),
    "legal_references": Meaning(
        "违法行为的法律依据及其施行期间",
        {
            "violation": "违法行为编号",
            "role": "作用：" + _glossary(ROLES),
            "law": "法律、法规、规章名称",
            "article": "条款号",
            "in_force_from": "施行日期",
            "in_force_to": "失效日期，空为现行",
            "fine_min": "罚款下限：元，有计罚基数时为倍数，元/平方米等为元",
            "fine_max": "罚款上限：元，有计罚基数时为倍数，元/平方米等为元",
            "verified": "核实：" + _glossary(VERIFIED),
            "fine_basis": "计罚基数，按单位计的如 元/平方米，空为按元计",
            "note": "备注",
            "citation": "引用写法",
            "fine_note": "罚款说明",
            "law_key": "法律版本代号",
            "position": "目录中的次序",
            "fine": "罚款幅度，如 20至200元，空为没有",
            "fine_order_first": "是否拒不改正才处罚款，1 为是",
        },
    ),
}
