"""The views that officials read: Chinese names and headings, strongest first."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from risk.model.legal_words import NO, ROLES, UNVERIFIED, VERIFIED, YES

# Officials read local time; the tables keep UTC so that databases of any machine compare.
_BEIJING = "strftime('%Y-%m-%d %H:%M', {}, '+8 hours')"


def _worded(column: str, words: Mapping[str, str]) -> str:
    """The SQL that says a code in its word."""
    cases = " ".join(f"WHEN '{code}' THEN '{word}'" for code, word in words.items())
    return f"CASE {column} {cases} END"


def _sure(column: str) -> str:
    """The SQL that says whether somebody verified it; null where the column is."""
    return f"CASE {column} WHEN 1 THEN '{YES}' WHEN 0 THEN '{NO}' END"


# Of several references to one article the least verified: its word is the last in the alphabet.
_LEAST_VERIFIED = """(SELECT max(verified) FROM legal_references r WHERE r.violation = p.violation
    AND r.law_key = l.law_key AND r.article = l.article)"""
_APPLIED_VERIFIED = (
    f"CASE WHEN l.law_key = '' THEN '' ELSE {_worded(_LEAST_VERIFIED, VERIFIED)} END"
)

_ENTRIES = """FROM ranking_entries e
    JOIN rankings r ON r.id = e.ranking JOIN departments d ON d.id = r.department
    LEFT JOIN risk_points p ON p.id = e.risk_point"""

DICTIONARY_VIEW: Final = "数据字典"
VIEWS: Final = {
    "风险点清单": f"""SELECT p.grade AS 风险等级, p.title AS 违法风险点, d.name AS 部门,
    p.district AS 区县, p.place AS 地点, p.time_band AS 时段, p.cases AS 案件数,
    p.recent_cases AS 近十二个月案件数, s.recent AS 社会关注度,
    (SELECT group_concat(said, '；') || '。' FROM (SELECT rtrim(statement, '。')
        || CASE policy_verified WHEN 0 THEN '{UNVERIFIED}' ELSE '' END AS said
        FROM grade_grounds g
        WHERE g.risk_point = p.id AND g.grade = p.grade ORDER BY position)) AS 定级理由,
    p.responsible_unit AS 责任单位,
    p.status || CASE p.sample WHEN 1 THEN '（示例数据）' ELSE '' END AS 状态, p.id AS 编号
    FROM risk_points p JOIN departments d ON d.id = p.department
    LEFT JOIN signals s ON s.risk_point = p.id
    ORDER BY p.grade_rank DESC, p.cases DESC, p.id""",
    "社会关注度": """SELECT v.name AS 违法行为, d.name AS 部门, s.recent AS 社会关注度,
    s.signals AS 诉求总数, s.first AS 最早受理, s.last AS 最近受理,
    s.recent_from AS 统计起日, s.recent_to AS 统计止日,
    p.grade AS 风险等级, p.recent_cases AS 近十二个月案件数, v.id AS 编号
    FROM signals_by_violation s JOIN violation_types v ON v.id = s.violation
    JOIN departments d ON d.id = v.department
    LEFT JOIN risk_points p ON p.id = v.id
    ORDER BY s.recent DESC, s.signals DESC, v.id""",
    "定级理由": f"""SELECT p.title AS 违法风险点, p.grade AS 风险等级, d.name AS 部门,
    g.clause AS 条款, g.grade AS 支持等级, g.statement AS 理由, g.figures AS 数据,
    g.policy_source AS 口径来源,
    coalesce({_sure("g.policy_verified")}, '') AS 核实, p.id AS 编号
    FROM grade_grounds g JOIN risk_points p ON p.id = g.risk_point
    JOIN departments d ON d.id = p.department
    ORDER BY p.grade_rank DESC, p.cases DESC, p.id, g.position""",
    "防控措施": """SELECT p.title AS 违法风险点, p.grade AS 风险等级, d.name AS 部门,
    m.kind AS 类别, m.text AS 措施, m.cause AS 针对成因, m.responsible_unit AS 责任单位,
    p.id AS 编号
    FROM measures m JOIN risk_points p ON p.id = m.risk_point
    JOIN departments d ON d.id = p.department
    ORDER BY p.grade_rank DESC, p.cases DESC, p.id, m.position""",
    "法律依据": f"""SELECT v.name AS 违法行为, d.name AS 部门,
    {_worded("l.role", ROLES)} AS 作用,
    l.citation AS 条文, l.in_force_from AS 施行日期, l.in_force_to AS 失效日期,
    l.fine AS 罚款, l.fine_min AS 罚款下限, l.fine_max AS 罚款上限, l.fine_basis AS 计罚基数,
    l.fine_note AS 罚款说明,
    {_worded("l.verified", VERIFIED)} AS 核实, {_sure("coalesce(w.dates_verified, 0)")} AS 日期核实,
    l.note AS 备注
    FROM legal_references l JOIN violation_types v ON v.id = l.violation
    JOIN departments d ON d.id = v.department
    LEFT JOIN laws w ON w.department = v.department AND w.key = l.law_key
    ORDER BY d.id, v.id, l.position""",
    "同一事项多部门": """WITH topic_points AS (
        SELECT t.topic, d.name AS department_name, p.* FROM violation_topics t
        JOIN risk_points p ON p.violation = t.violation JOIN departments d ON d.id = p.department),
    gravest AS (SELECT topic, department, max(grade_rank) AS grade_rank FROM topic_points
        GROUP BY topic, department),
    shared AS (SELECT topic, count(*) AS departments, min(grade_rank) <> max(grade_rank) AS differ
        FROM gravest GROUP BY topic HAVING count(*) > 1)
    SELECT s.topic AS 事项, p.department_name AS 部门,
    CASE g.grade_rank WHEN 3 THEN '高' WHEN 2 THEN '中' ELSE '低' END AS 部门最高等级,
    CASE s.differ WHEN 1 THEN '是' ELSE '' END AS 等级不一, p.title AS 违法风险点,
    p.grade AS 风险等级,
    (SELECT group_concat(kind, '、') FROM (SELECT DISTINCT kind FROM measures m
        WHERE m.risk_point = p.id ORDER BY kind)) AS 措施类别,
    p.cases AS 案件数, s.departments AS 部门数, p.id AS 编号
    FROM shared s JOIN topic_points p ON p.topic = s.topic
    JOIN gravest g ON g.topic = s.topic AND g.department = p.department
    ORDER BY s.differ DESC, s.topic, g.grade_rank DESC, p.department, p.grade_rank DESC,
        p.cases DESC, p.id""",
    "免罚情形": f"""SELECT v.name AS 违法行为, d.name AS 部门,
    CASE v.order_first WHEN 1 THEN '是' ELSE '' END AS 先责令改正,
    CASE v.exemption WHEN 'commonly' THEN '常见' WHEN 'sometimes' THEN '有时'
        WHEN 'rarely' THEN '少见' WHEN 'no' THEN '不列入' END AS 列入免罚清单,
    v.exemption_first_within_months AS 首违期间,
    CASE v.exemption_if_corrected WHEN 1 THEN '是' ELSE '' END AS 须已改正,
    CASE v.exemption_if_no_harm WHEN 1 THEN '是' ELSE '' END AS 须无危害,
    v.exemption_condition AS 条件, v.exemption_source AS 依据,
    {_sure("v.exemption_verified")} AS 核实
    FROM violation_types v JOIN departments d ON d.id = v.department
    WHERE v.order_first = 1 OR v.exemption IS NOT NULL ORDER BY d.id, v.id""",
    "适用法律": f"""SELECT p.title AS 违法风险点, p.grade AS 风险等级, d.name AS 部门,
    l.citation AS 条文,
    {_APPLIED_VERIFIED} AS 核实, l.cases AS 案件数, l.undated AS 按决定日期,
    l.reason AS 理由, p.id AS 编号
    FROM point_laws l JOIN risk_points p ON p.id = l.risk_point
    JOIN departments d ON d.id = p.department
    ORDER BY p.grade_rank DESC, p.cases DESC, p.id, l.position""",
    "法律版本": f"""SELECT d.name AS 部门, l.title AS 法律, l.in_force_from AS 施行日期,
    l.in_force_to AS 失效日期,
    {_sure("l.dates_verified")} AS 日期核实,
    n.title AS 接续版本, l.repeal_citation AS 废止依据,
    (SELECT count(DISTINCT c.violation) FROM legal_references c JOIN violation_types v
        ON v.id = c.violation WHERE c.law_key = l.key AND v.department = d.id) AS 违法行为数,
    (SELECT count(*) FROM risk_points p WHERE p.department = d.id AND p.violation IN (
        SELECT violation FROM legal_references c WHERE c.law_key = l.key)) AS 风险点数,
    l.note AS 备注
    FROM laws l JOIN departments d ON d.id = l.department
    LEFT JOIN laws n ON n.department = l.department AND n.key = l.replaced_by
    ORDER BY l.in_force_to IS NULL, l.in_force_to DESC, d.id, l.key""",
    "排行榜": f"""SELECT r.title AS 榜单, d.name AS 部门, e.rank AS 名次, e.district AS 区县,
    e.scope AS 范围, e.cases AS 案件数, p.grade AS 风险等级, p.title AS 违法风险点,
    e.risk_point AS 编号 {_ENTRIES} ORDER BY d.id, r.id, e.position""",
    "十大贴条路段": f"""SELECT e.rank AS 名次, e.district AS 区县, e.scope AS 路段,
    e.cases AS 案件数, p.grade AS 风险等级, p.title AS 违法风险点, d.name AS 部门,
    e.risk_point AS 编号 {_ENTRIES} WHERE r.title = '十大贴条路段'
    ORDER BY d.id, r.id, e.position""",
    "被拒绝的行": """SELECT d.name AS 部门, r.source AS 文件, r.line AS 行号, r.reason AS 原因,
    r.detail AS 详情, r.run AS 运行编号
    FROM rejects r JOIN departments d ON d.id = r.department""",
    "运行记录": f"""SELECT d.name AS 部门, {_BEIJING.format("r.finished_at")} AS 完成时间,
    r.rows_read AS 读取行数, r.cases AS 案件数, r.signals AS 诉求数, r.rejected AS 拒绝,
    r.excluded AS 排除, r.duplicates AS 重复, r.points_new AS 新增风险点, r.points_changed AS 变更风险点,
    r.points_gone AS 消失风险点, r.policy AS 定级口径,
    r.since AS 分析起日, r.until AS 分析止日,
    (SELECT group_concat(value, char(10)) FROM json_each(r.remarks)) AS 提示, r.id AS 运行编号
    FROM runs r JOIN departments d ON d.id = r.department ORDER BY r.finished_at DESC, r.id""",
}


def view_statements(meanings: Iterator[tuple[str, str, str]]) -> Iterator[str]:
    """The SQL that makes every view, also that of `meanings` (table, column, meaning)."""
    for name, sql in VIEWS.items():
        yield f"CREATE VIEW {name} AS {sql}"
    rows = ",\n".join(
        f"({_quoted(table)}, {_quoted(column)}, {_quoted(text)})"
        for table, column, text in meanings
    )
    yield f"CREATE VIEW {DICTIONARY_VIEW} (表, 列, 说明) AS VALUES {rows}"


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
