"""The contract test that every plugin runs, in three lines.

```python
from risk.testing import contract

test_contract = contract("fire_safety")
```
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from risk.checks.check import Check
    from risk.kernel.plugins import Plugin
    from risk.model.violation import ViolationType

__all__ = ["contract", "named_in"]


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


def named_in(text: str, violation_types: Iterable[ViolationType]) -> set[str]:
    """The ids of the types whose name or phrases a text holds, the longer before the shorter."""
    from risk.intake.phrasing import names_in

    return names_in(text, {each.id: (each.name, *each.phrases) for each in violation_types})
