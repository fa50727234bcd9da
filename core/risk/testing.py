"""The contract test that every plugin runs, in three lines, and what its samples are made with.

```python
from risk.testing import contract

test_contract = contract("fire_safety")
```
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from risk.checks.check import Check
    from risk.kernel.plugins import Plugin
    from risk.model.violation import ViolationType

__all__ = ["contract", "export", "named_in"]


def contract(name: str) -> Callable[[Check], None]:
    """A test for pytest that holds the installed plugin `name` to its contract, check by check.

    `risk check NAME` makes the same checks. The wheel is looked at only where `build` is installed.
    """
    import pytest

    from risk.checks.check import outcome_of
    from risk.checks.contract import CHECKS
    from risk.kernel.plugins import Kernel

    @cache
    def plugin() -> Plugin:
        return Kernel.load().plugin(name)

    @pytest.mark.parametrize("check", CHECKS, ids=[check.name for check in CHECKS])
    def test_contract(check: Check) -> None:
        outcome = outcome_of(check, plugin())
        if outcome.skipped:
            pytest.skip(outcome.skipped)
        if outcome.faults:
            pytest.fail("\n".join(map(str, outcome.faults)), pytrace=False)

    return test_contract


def export(headings: Sequence[str], rows: Iterable[Mapping[str, object]]) -> bytes:
    """A table as case systems export it: comma-separated, in UTF-8 with a mark at its start, CRLF.

    Of each row the cells under the headings are written, whatever else it holds; KeyError where it
    lacks one.
    """
    text = io.StringIO(newline="")
    table = csv.writer(text, lineterminator="\r\n")
    table.writerow(headings)
    for row in rows:
        table.writerow([row[heading] for heading in headings])
    return text.getvalue().encode("utf-8-sig")


def named_in(text: str, violation_types: Iterable[ViolationType]) -> set[str]:
    """The ids of the types whose name or phrases a text holds, the longer before the shorter."""
    from risk.intake.phrasing import names_in

    return names_in(text, {each.id: (each.name, *each.phrases) for each in violation_types})
