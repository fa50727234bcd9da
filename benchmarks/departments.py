"""Measure how long `risk plugins` takes to load and show four departments.

    python benchmarks/departments.py [--further 3] [--repeat 15]

Beside the departments that are installed stand copies of traffic under other names, each with its
20 violation types and 81 measures. `risk` must be importable.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

from measuring import measure, median

TARGET = 0.6


def department(name: str, site: Path) -> None:
    """Put a copy of traffic into `site`, as if the distribution of the department `name`."""
    spec = find_spec("risk_traffic")
    assert spec is not None and spec.origin is not None
    package = site / f"risk_{name}"
    shutil.copytree(Path(spec.origin).parent, package, ignore=shutil.ignore_patterns("*.pyc"))
    for file in package.rglob("*.yaml"):
        text = file.read_text(encoding="utf-8").replace("traffic.", f"{name}.")
        for field in ("id", "department"):
            text = text.replace(f"{field}: traffic\n", f"{field}: {name}\n")
        file.write_text(text, encoding="utf-8")
    metadata = site / f"city_risk_{name}-0.1.0.dist-info"
    metadata.mkdir()
    named = f"Metadata-Version: 2.1\nName: city-risk-{name}\nVersion: 0.1.0\n"
    (metadata / "METADATA").write_text(named, encoding="utf-8")
    points = f"[risk]\n{name} = risk_{name}\n"
    (metadata / "entry_points.txt").write_text(points, encoding="utf-8")


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--further", type=int, default=3, help="copies of traffic to add")
    parser.add_argument("--repeat", type=int, default=15)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as site:
        for number in range(given.further):
            department(f"copy_{number + 1}", Path(site))
        env = os.environ | {"PYTHONPATH": site}
        # Whoever uses risk has its modules compiled.
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        command = [sys.executable, "-m", "risk", "plugins"]
        measure(command, env)
        runs = [measure(command, env).as_dict() for _ in range(given.repeat)]
    wall, cpu = median(runs, "wall"), median(runs, "cpu")
    least = min(run["wall"] for run in runs)
    print(f"{given.further} copies beside what is installed, {given.repeat} runs, load", end=" ")
    print(f"{os.getloadavg()[0]:.1f}: median {wall:.3f} s, least {least:.3f} s, CPU {cpu:.3f} s")
    print(f"target {TARGET} s: {'met' if wall <= TARGET else 'not met'}")


if __name__ == "__main__":
    main()
