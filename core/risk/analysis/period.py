"""The twelve months on which the frequency words are judged."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

# A mistyped year makes a date outside the others. The first share of cases may lie outside without
# moving the window, the second where more than a year lies between them and the rest: in a small
# file one slip is soon one case in a hundred, but a true beginning has others near it.
_STRAY_SHARE = 0.001
_FAR_STRAY_SHARE = 0.01
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Window:
    """Twelve months up to the last month with cases; `covered` of them lie within the data."""

    first_month: int
    last_month: int
    covered: int

    @property
    def since(self) -> dt.date:
        """The first day."""
        return first_day(self.first_month)

    @property
    def until(self) -> dt.date:
        """The last day."""
        year, month = divmod(self.last_month, 12)
        return dt.date(year, month + 1, calendar.monthrange(year, month + 1)[1])


def first_day(month: int) -> dt.date:
    """The first day of a month counted since year 0."""
    year, month = divmod(month, 12)
    return dt.date(year, month + 1, 1)


def latest_year(cases_by_month: Mapping[int, int]) -> Window:
    """The window for these numbers of cases by month; stray months at either end do not move it."""
    if not cases_by_month:
        raise ValueError("there are no cases")
    months = sorted(cases_by_month)
    last = _inward(months[::-1], cases_by_month)
    begin = _inward(months, cases_by_month)
    first = last - _MONTHS + 1
    return Window(first, last, last - max(first, begin) + 1)


def _inward(months: list[int], cases: Mapping[int, int]) -> int:
    """The first of the months, from one end of the data, that is not stray."""
    total = sum(cases.values())
    outside = 0
    for month, following in pairwise(months):
        outside += cases[month]
        far = abs(following - month) > _MONTHS
        if outside > total * (_FAR_STRAY_SHARE if far else _STRAY_SHARE):
            return month
    return months[-1]
