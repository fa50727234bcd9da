"""The contract test that every plugin runs, in three lines.

```python
from risk.testing import contract

test_contract = contract("fire_safety")
```
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from risk.checks.check import Check
    from risk.kernel.plugins import Plugin

__all__ = ["contract"]


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
