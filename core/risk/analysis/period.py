"""The twelve months on which the frequency words are judged."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

# A mistyped year makes a date outside the others. The first share of cases may lie outside without
# moving the window; the second, or a case or two, where a gap lies between them and the rest that
# is longer than a year, or in which the rest would lead one to expect many cases.
_STRAY_SHARE = 0.001
_FAR_STRAY_SHARE = 0.01
_FAR_STRAY_CASES, _FAR_STRAY_CASES_SHARE = 2, 0.1
_MISSED_CASES, _LEAST_GAP = 30, 3
_MONTHS = 12


@dataclass(frozen=True, slots=True)
class Window:
    """Twelve months up to the last month with cases; the data begin with `begin_month`.

    Months count since year 0; stray months are neither begin nor end of the data.
    """

    begin_month: int
    last_month: int

    @property
    def first_month(self) -> int:
        """The first of the twelve, which may lie before the data."""
        return self.last_month - _MONTHS + 1

    @property
    def covered(self) -> int:
        """How many of the twelve lie within the data."""
        return self.last_month - max(self.first_month, self.begin_month) + 1

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
    return Window(_inward(months, cases_by_month), _inward(months[::-1], cases_by_month))


def _inward(months: list[int], cases: Mapping[int, int]) -> int:
    """The innermost of the months, from one end of the data, outside which all are stray."""
    total = sum(cases.values())
    pace = total / len(months)
    few = max(_FAR_STRAY_SHARE * total, min(_FAR_STRAY_CASES, _FAR_STRAY_CASES_SHARE * total))
    end = months[0]
    outside = 0
    for month, following in pairwise(months):
        outside += cases[month]
        gap = abs(following - month) - 1
        far = gap >= _MONTHS or (gap >= _LEAST_GAP and gap * pace >= _MISSED_CASES)
        if outside <= (few if far else _STRAY_SHARE * total):
            end = following
        elif outside > few:
            break
    return end
