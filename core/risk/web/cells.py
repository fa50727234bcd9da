"""Cells as officials read them: grades as badges, points as links, figures in words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from markupsafe import Markup
from pluggy import HookimplMarker

from . import words
from .links import Links

if TYPE_CHECKING:
    from datasette.app import Datasette

_hookimpl = HookimplMarker("datasette")

# From the gravest down, with the class of its badge.
GRADES: Final = {"高": "high", "中": "middle", "低": "low"}
_SHORT: Final = 24
_LONG: Final = 50
_LINE_NUMBERS: Final = frozenset({"行号", "line", "header_line", "rowid"})


@dataclass(frozen=True, slots=True)
class _Cell:
    value: Any
    row: Mapping[str, Any]
    table: str
    links: Links


def badge(grade: str) -> Markup:
    """A grade as a badge that says it in words too: colour alone tells some readers nothing."""
    return Markup('<span class="grade {}">{}</span>').format(GRADES[grade], grade)


def breadth(value: object) -> str:
    """How broad a cell's text is: none, short (better not broken), long, or else empty."""
    if value in (None, ""):
        return "none"
    columns = sum(1 if character.isascii() else 2 for character in str(value))
    return "short" if columns <= _SHORT else "long" if columns > _LONG else ""


@_hookimpl
def render_cell(
    row: Any, value: Any, column: str, table: str | None, database: str, datasette: Datasette
) -> Markup | str | None:
    """What the cell shows, or None to let Datasette show it."""
    if column in _GRADED and value in GRADES:
        return badge(value)
    # The result of a person's own SQL is shown as it is: 2026 may be a year.
    if table is None or value in (None, ""):
        return None
    if column in _SHOWN and isinstance(value, str):
        there = {name: row[name] for name in row.keys()}
        return _SHOWN[column](_Cell(value, there, table, Links(datasette.urls, database)))
    if isinstance(value, int | float) and column not in _LINE_NUMBERS:
        return words.number(value)
    return None


def _point(cell: _Cell) -> Markup | None:
    """The point's title as a link to its page; in the list also to what stands behind it."""
    point = cell.row.get("编号")
    if not point:
        return None
    title = Markup('<a href="{}">{}</a>').format(cell.links.point(point), cell.value)
    if cell.table != "风险点清单":
        return title
    behind = (
        ("定级理由", cell.links.where("定级理由", 编号=point)),
        ("防控措施", cell.links.where("防控措施", 编号=point)),
        ("案件", cell.links.where("evidence_cases", risk_point=point)),
    )
    links = Markup(" ").join(Markup('<a href="{}">{}</a>').format(url, to) for to, url in behind)
    return title + Markup('<span class="behind">{}</span>').format(links)


def _code(cell: _Cell) -> Markup | None:
    return Markup("<code>{}</code>").format(cell.value) if cell.value.isascii() else None


def _grounds(cell: _Cell) -> Markup:
    """The list shows how the grounds begin; a point's page has them all."""
    return Markup('<span class="brief">{}</span>').format(cell.value)


def _reason(cell: _Cell) -> str:
    return words.reason(cell.value)


def _figures(cell: _Cell) -> str:
    return words.figures(cell.value) or "无"


_GRADED: Final = frozenset({"风险等级", "支持等级", "grade", "computed_grade"})
_SHOWN: Final[Mapping[str, Callable[[_Cell], Markup | str | None]]] = {
    "违法风险点": _point,
    "定级理由": _grounds,
    "编号": _code,
    "运行编号": _code,
    "文件": _code,
    "定级口径": _code,
    "表": _code,
    "列": _code,
    "原因": _reason,
    "reason": _reason,
    "数据": _figures,
}
