"""Which sheets the workbook has, and where in the YAML files each of their columns stands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as default
from typing import Final, Literal

from risk.kernel.yamlfile import Steps
from risk.model.legal_words import ROLES, VERIFIED, YES
from risk.model.measure import KINDS

Form = Literal["text", "list", "date", "amount"]


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading and the field of an entry that it shows.

    `words` gives for each word of a closed vocabulary what the sheet shows; `form` is `list` for
    several values, one a line. `from_sheet` names the sheet whose first column may be chosen from.
    A column without `field` tells which entry the row is.
    """

    heading: str
    field: Steps = ()
    form: Form = "text"
    words: Mapping[str, str] = default(default_factory=dict)
    width: int = 14
    from_sheet: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: the entries of the list `key` in `stem.yaml` and the files of `stem/`.

    With `inner`, the rows are what lies under that field of each entry: a list, or one group where
    `single`. `identity` are the headings by which a row is known again.
    """

    title: str
    stem: str
    key: str
    identity: tuple[str, ...]
    columns: tuple[Column, ...]
    inner: str = ""
    single: bool = False

    def column(self, heading: str) -> Column | None:
        """The column under a heading."""
        return next((column for column in self.columns if column.heading == heading), None)


LAWS, TYPES, CAUSES, MEASURES = "法律", "违法行为", "成因", "防控措施"
OWNER, NUMBER, FILE = "违法行为编号", "序号", "文件"

YES_NO: Final = {"true": "是", "false": "否"}
SUBJECTS: Final = {"individual": "个人", "organisation": "单位", "both": "两者"}
PROCEDURES: Final = {"summary": "简易", "summary_or_ordinary": "简易或普通", "ordinary": "普通"}
LISTED: Final = {"commonly": "多", "sometimes": "有", "rarely": "少", "no": "无"}
SCOPES: Final = {"place": "地点", "time_band": "时段", "industry": "行业", "behaviour": "表现形式"}


def _same(*words: str) -> dict[str, str]:
    return {word: word for word in words}


_WHEN: Final = (
    Column("适用：限于", ("when", "scope"), "list", SCOPES),
    Column("适用：时段", ("when", "time_band"), "list"),
    Column("适用：地点特征", ("when", "place_features"), "list"),
    Column("适用：行业", ("when", "industry"), "list"),
    Column("适用：表现形式", ("when", "behaviour"), "list"),
    Column("适用：等级", ("when", "grades"), "list", _same("高", "中", "低")),
    Column("适用：定级理由", ("when", "grounds"), "list"),
)
_LAWS: Final = (
    Column("代号", ("key",)),
    Column("名称", ("title",), width=40),
    Column("版本日期", ("version_date",), "date"),
    Column("施行日期", ("in_force_from",), "date"),
    Column("失效日期", ("in_force_to",), "date"),
    Column(f"日期{YES}", ("dates_verified",), words=YES_NO),
    Column("简称", ("short_names",), "list", width=20),
    Column("替代版本", ("replaced_by",), from_sheet=LAWS),
    Column("废止依据：法律", ("repealed_by", "law"), from_sheet=LAWS),
    Column("废止依据：条款", ("repealed_by", "article")),
    Column("让位于", ("yields_to",), from_sheet=LAWS),
    Column("说明", ("note",), width=40),
)
_TYPES: Final = (
    Column("编号", ("id",), width=28),
    Column("名称", ("name",), width=28),
    Column("英文名称", ("name_en",), width=28),
    Column("实施机关", ("agency",)),
    Column("相对人", ("subject",), words=SUBJECTS),
    Column("适用程序", ("procedure",), words=PROCEDURES),
    Column("可能听证", ("hearing_possible",), words=YES_NO),
    Column("先责令改正", ("order_first",), words=YES_NO),
    Column("无明文规定", ("no_explicit_rule",), words=YES_NO),
    Column("案卷写法", ("phrases",), "list", width=32),
    Column("共同事项", ("shared_topics",), "list"),
    Column("较重处罚", ("severe_penalties",), "list", width=20),
    Column("强制措施", ("coercive_measures",), "list", width=20),
    Column(FILE, width=28),
)
_REFERENCES: Final = (
    Column(OWNER, width=28, from_sheet=TYPES),
    Column(NUMBER, width=6),
    Column("作用", ("role",), words=ROLES),
    Column("法律代号", ("law",), from_sheet=LAWS),
    Column("条款", ("article",)),
    Column("罚款下限", ("fine", "min"), "amount"),
    Column("罚款上限", ("fine", "max"), "amount"),
    Column("罚款倍数基数", ("fine", "basis"), width=20),
    Column("罚款：拒不改正才罚", ("fine", "order_first"), words=YES_NO),
    Column("罚款说明", ("fine", "note"), width=20),
    Column("核实", ("verified",), words=VERIFIED),
    Column("项", ("items",), "list", width=8),
    Column("施行日期", ("in_force_from",), "date"),
    Column("失效日期", ("in_force_to",), "date"),
    Column("说明", ("note",), width=40),
)
_CAUSES: Final = (
    Column(OWNER, width=28, from_sheet=TYPES),
    Column("成因编号", ("id",), width=24),
    Column("方面", ("side",), words=_same("机关", "相对人")),
    Column("内容", ("text",), width=60),
    *_WHEN,
)
_EXEMPTIONS: Final = (
    Column(OWNER, width=28, from_sheet=TYPES),
    Column("清单列入", ("listed",), words=LISTED),
    Column("条件", ("condition",), width=50),
    Column("依据", ("source",), width=40),
    Column(YES, ("verified",), words=YES_NO),
    Column("首次：月数", ("first_within_months",)),
    Column("须改正", ("if_corrected",), words=YES_NO),
    Column("须无危害", ("if_no_harm",), words=YES_NO),
)
_MEASURES: Final = (
    Column("编号", ("id",), width=32),
    Column(OWNER, ("violations",), "list", width=28, from_sheet=TYPES),
    Column("类别", ("kind",), words=_same(*KINDS)),
    Column("文字", ("text",), width=70),
    Column("针对成因", ("answers",), "list", width=24),
    Column("依据", ("basis",)),
    Column("责任单位", ("responsible_unit",), width=20),
    *_WHEN,
    Column(FILE, width=28),
)
TABLES: Final = (
    Table(LAWS, "laws", "laws", ("代号",), _LAWS),
    Table(TYPES, "violation_types", "violation_types", ("编号",), _TYPES),
    Table(
        "法律依据",
        "violation_types",
        "violation_types",
        (OWNER, NUMBER),
        _REFERENCES,
        "legal_references",
    ),
    Table(CAUSES, "violation_types", "violation_types", (OWNER, "成因编号"), _CAUSES, "causes"),
    Table(
        "免罚",
        "violation_types",
        "violation_types",
        (OWNER,),
        _EXEMPTIONS,
        "exemption",
        single=True,
    ),
    Table(MEASURES, "measures", "measure_templates", ("编号",), _MEASURES),
)
BY_TITLE: Final = {table.title: table for table in TABLES}
