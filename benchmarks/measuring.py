"""What a command takes: time on the wall, time on the processors, most memory held at once."""

from __future__ import annotations

import os
import statistics
import subprocess
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """Seconds and megabytes (10**6 bytes) of one run of a command."""

    wall: float
    cpu: float
    memory: float

    def as_dict(self) -> dict[str, float]:
        """Rounded, for a results file."""
        return {name: round(value, 3) for name, value in asdict(self).items()}


class CommandFailed(Exception):
    """The command did not end with status 0."""


def measure(command: Sequence[str], env: Mapping[str, str] | None = None) -> Measured:
    """Run the command to its end; CommandFailed with its last lines where it fails.

    The figures come from wait4 for this one child, so that earlier children do not count.
    """
    with subprocess.Popen(
        command, env=env, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    ) as child:
        started = time.perf_counter()
        assert child.stderr is not None
        said = child.stderr.read()
        _, status, used = os.wait4(child.pid, 0)
        wall = time.perf_counter() - started
        child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        last = said.decode(errors="replace").strip().splitlines()[-3:]
        raise CommandFailed(
            f"{' '.join(command[:6])} … ended with {child.returncode}: {' | '.join(last)}"
        )
    return Measured(wall, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024 / 1e6)


def median(runs: Sequence[Mapping[str, float]], figure: str) -> float:
    """The middle one of a figure over several runs."""
    return statistics.median(run[figure] for run in runs)


def most(runs: Sequence[Mapping[str, float]], figure: str) -> float:
    """The largest of a figure over several runs."""
    return max(run[figure] for run in runs)
