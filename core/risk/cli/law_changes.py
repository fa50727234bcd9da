"""What changes in the law and what follows, in lines of text."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any, Final

from risk.model.legal_words import DATES_UNVERIFIED, ROLES

from .legal import citation, fine, remarks

_KINDS: Final = {"repealed": "废止", "amended": "修改", "begins": "新增"}
_SEVERITY: Final = {
    "lighter": "罚款幅度较轻",
    "order_first": "罚款幅度相同，先责令改正、拒不改正才罚款，较轻",
    "same": "罚款幅度相同",
    "same_range": "罚款幅度相同但另有不同规定",
    "at_once": "罚款幅度相同，不再以拒不改正为前提，较重",
    "heavier": "罚款幅度较重",
    "incomparable": "罚款幅度不可直接比较",
}
# What 行政处罚法 art 37 makes of it: the law of the act's own day, unless the later is lighter.
_CONSEQUENCES: Final = {
    "lighter": "尚未决定的旧案适用新条文（从旧兼从轻）",
    "order_first": "尚未决定的旧案适用新条文（从旧兼从轻）",
    "same": "变动之前的行为仍适用旧条文",
    "same_range": "新旧轻重由人工比较后确定旧案的适用",
    "at_once": "变动之前的行为仍适用旧条文",
    "heavier": "变动之前的行为仍适用旧条文",
    "incomparable": "新旧轻重由人工比较后确定旧案的适用",
}


def follows(change: dict[str, Any]) -> str:
    """What a department has to do about one change, as a sentence."""
    when = f"{change['on']}前" if change["days_left"] > 0 else ""
    if change["kind"] == "begins":
        return f"{when}复核风险点：增引该条文"
    if not change["followed_by"]:
        return f"{when}复核风险点：目录中没有接续条文，补充条文或者退出风险点"
    new = "、".join(following["citation"] for following in change["followed_by"])
    said = f"{when}复核风险点：改引{new}"
    severities = {following["severity"] for following in change["followed_by"]} - {None}
    if not severities:
        return said
    if severities == {"lighter", "order_first"}:
        severities = {"lighter"}
    only = severities.pop() if len(severities) == 1 else "incomparable"
    return f"{said}，{_SEVERITY[only]}，{_CONSEQUENCES[only]}"


def lines(found: list[dict[str, Any]]) -> Iterator[str]:
    """The changes by day and violation type, each with what follows and the points beneath."""
    for on, of_day in groupby(found, key=lambda row: str(row["on"])):
        rows = list(of_day)
        yield f"{on}（{_distance(rows[0]['days_left'])}）"
        for _, of_type in groupby(rows, key=lambda row: str(row["violation"])):
            yield from _of_type(list(of_type))


def _distance(days_left: int) -> str:
    if days_left == 0:
        return "今天"
    return f"还有{days_left}天" if days_left > 0 else f"已过{-days_left}天"


def _of_type(changes: list[dict[str, Any]]) -> Iterator[str]:
    first = changes[0]
    yield f"  {first['violation_name']}（{first['department_name']}） {first['violation']}"
    for change in changes:
        by = f"（{change['repealed_by']}）" if change["repealed_by"] else ""
        kind = _KINDS[change["kind"]]
        cited = f"{ROLES[change['role']]}：{citation(change)}{remarks(change)}"
        yield f"    {kind}{by}  {cited}{_undated(change)}"
        for following in change["followed_by"]:
            weight = following["severity"] and fine(following)
            said = f"，{_SEVERITY[following['severity']]}" if weight else ""
            note = remarks(following)
            yield f"      → {citation(following)}{said}{note}{_undated(following)}"
        yield f"      {follows(change)}"
    for point in first["points"]:
        yield f"    {point['grade']}  {point['title']}  {point['cases']}件  {point['id']}"


def _undated(article: dict[str, Any]) -> str:
    begins = article.get("kind") in (None, "begins")
    return "" if article["dates_verified"] or not begins else DATES_UNVERIFIED
