"""What the tables of risk points, their reasons, their evidence and the rankings hold."""

from __future__ import annotations

from typing import Final

from .meaning import Meaning

_POINT: Final = {"risk_point": "风险点编号"}
_TYPE: Final = {"violation": "违法行为编号"}
_SIGNALS: Final = {
    "signals": "全部群众诉求数",
    "recent": "社会关注度：近十二个月的群众诉求数",
    "first": "最早受理日期",
    "last": "最近受理日期",
}
_MONTHLY: Final = {"month": "月份", "signals": "群众诉求数"}

POINTS: Final = {
    "risk_points": Meaning(
        "违法风险点：一种违法行为在一个范围内，连同其风险等级",
        {
            "id": "风险点编号，重复运行不变",
            "department": "部门编号",
            "violation": "违法行为编号",
            "title": "风险点名称",
            "grade": "风险等级：高、中、低（人工调整后的等级）",
            "grade_rank": "等级次序：高 3，中 2，低 1",
            "district": "区县",
            "place": "地点",
            "time_band": "时段",
            "industry": "行业",
            "behaviour": "表现形式",
            "cases": "案件数",
            "period_from": "案件最早决定日期",
            "period_to": "案件最晚决定日期",
            "responsible_unit": "责任单位",
            "status": "工作状态",
            "version": "版本：计算内容每变一次加一，人工调整不加",
            "run": "运行编号：写入当前内容的运行",
            "recent_cases": "近期案件数：判断易发、高发、多发所用期间的案件数",
            "recent_from": "近期起：该期间的第一天",
            "recent_to": "近期止：该期间的最后一天",
            "notes": "数据说明：JSON 列表",
            "scope": "范围种类：city、place、time_band、industry、behaviour、place_time",
            "sample": "示例：1 表示依据中有示例数据",
            "computed_grade": "按口径计算的等级",
            "figures": "定级数字：定级所用的全部数字，JSON",
            "figures_digest": "数字摘要：定级数字变化则人工调整失效",
            "digest": "内容摘要：不变则整行不动",
        },
    ),
    "grade_grounds": Meaning(
        "定级理由：每条说明所依条款和数字",
        {
            **_POINT,
            "clause": "条款",
            "grade": "该理由支持的等级",
            "statement": "理由",
            "figures": "所用数字：JSON",
            "policy_source": "口径来源文件",
            "policy_verified": "口径核实：1 已核实，0 未核实，空为人工调整",
            "position": "次序，0 为人工调整",
        },
    ),
    "grade_overrides": Meaning(
        "人工调整风险等级及其撤回的记录，只增不删；同一风险点、同一定级数字以最后一条为准",
        {
            "id": "调整编号",
            **_POINT,
            "grade": "调整后的等级，空为撤回先前的调整",
            "reason": "理由",
            "by": "调整人或撤回人",
            "second": "复核人，是另一人",
            "made_at": "调整或撤回的时间（世界时）",
            "figures_digest": "调整时的定级数字摘要",
            "lapsed_at": "失效时间（世界时），空为未失效",
            "lapse_reason": "失效原因",
            "department": "部门编号",
        },
    ),
    "point_laws": Meaning(
        "风险点的案件适用哪部法律（从旧兼从轻），只载法律在案件期间有变动的风险点",
        {
            **_POINT,
            "law_key": "法律版本代号，空为目录没有载明行为时有效的条文",
            "law": "法律、法规、规章名称",
            "article": "条款号",
            "cases": "适用该条文的案件数；同时适用几条的各计一次",
            "undated": "其中未载明违法时间、按决定日期计的案件数",
            "reason": "适用理由",
            "citation": "引用写法",
            "position": "次序，旧法在前",
        },
    ),
    "causes": Meaning(
        "成因，分机关和相对人两方面",
        {**_POINT, "side": "方面：机关、相对人", "text": "成因", "position": "次序"},
    ),
    "measures": Meaning(
        "防控措施",
        {
            **_POINT,
            "kind": "类别：建议、疏导、警示等",
            "text": "措施",
            "cause": "针对的成因",
            "responsible_unit": "责任单位",
            "template": "所用模板",
            "position": "次序",
        },
    ),
    "evidence_monthly": Meaning(
        "风险点逐月案件数",
        {**_POINT, "month": "月份", "cases": "案件数", "fines": "罚款合计（元）"},
    ),
    "evidence_hourly": Meaning(
        "风险点按星期和钟点的案件数",
        {**_POINT, "weekday": "星期，1 为星期一", "hour": "钟点，0 至 23", "cases": "案件数"},
    ),
    "evidence_cases": Meaning(
        "风险点最近的案件，当事人以代号表示",
        {
            **_POINT,
            "case_id": "案号",
            "violation": "违法行为编号",
            "behaviour": "表现形式",
            "occurred_at": "违法时间",
            "decided_on": "处罚决定日期",
            "district": "区县",
            "place": "地点",
            "lat": "纬度：WGS-84，约精确到百米",
            "lon": "经度：WGS-84，约精确到百米",
            "industry": "行业",
            "party_kind": "相对人类别",
            "party": "相对人代号，不含姓名、号牌和证件号",
            "penalties": "处罚种类，以顿号分隔",
            "fine_fen": "罚款（分）",
            "confiscated_fen": "没收（分）",
            "procedure": "程序",
            "coercive_measures": "行政强制措施，以顿号分隔",
            "compulsory_enforcement": "行政强制执行，以顿号分隔",
            "corrected": "已改正：1 是，0 否，空为不明",
            "harm": "危害后果：1 有，0 没有，空为不明",
            "guided": "行政指导：1 经过，0 未经，空为不明",
            "source": "来源文件名",
            "line": "来源文件中的行号",
        },
    ),
    "signals": Meaning(
        "风险点的群众诉求：投诉、举报和来信，不是案件，不影响定级",
        {**_POINT, **_SIGNALS},
    ),
    "signals_monthly": Meaning("风险点逐月群众诉求数", {**_POINT, **_MONTHLY}),
    "signals_by_violation": Meaning(
        "违法行为的群众诉求：全市合计，没有案件的违法行为也在内",
        {
            **_TYPE,
            **_SIGNALS,
            "recent_from": "近十二个月起：该期间的第一天",
            "recent_to": "近十二个月止：该期间的最后一天",
        },
    ),
    "signals_by_violation_monthly": Meaning("违法行为逐月群众诉求数", {**_TYPE, **_MONTHLY}),
    "rankings": Meaning(
        "部门发布的榜单",
        {
            "id": "榜单编号",
            "department": "部门编号",
            "title": "榜单名称",
            "dimension": "排名的对象",
            "length": "名次数",
            "violations": "计入的违法行为编号，以顿号分隔",
        },
    ),
    "ranking_entries": Meaning(
        "榜单名次",
        {
            "ranking": "榜单编号",
            "rank": "名次",
            "district": "区县",
            "scope": "地点或其他范围",
            "cases": "案件数",
            "risk_point": "对应的风险点编号，未列入清单则空",
            "position": "次序",
        },
    ),
}
