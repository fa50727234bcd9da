"""Measure merging the databases of 32 departments into one, and merging them again.

    python benchmarks/merging.py [--departments 32] [--repeat 5]

Each department is a copy of traffic under another name, run on its sample with a list of 20 points,
which is what Luohe's departments have on the average. `risk` must be importable.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from importlib.resources import files
from pathlib import Path

from departments import department
from measuring import measure, median

TARGETS = {"first": 3.0, "again": 1.0}


def main() -> None:
    """Read the command line, measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--departments", type=int, default=32)
    parser.add_argument("--repeat", type=int, default=5)
    given = parser.parse_args()
    runs: dict[str, list[dict[str, float]]] = {name: [] for name in TARGETS}
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder, "site")
        site.mkdir()
        secret = Path(folder, "secret")
        secret.write_text("made-up secret of the benchmark, 32 or more\n", encoding="ascii")
        env = os.environ | {"PYTHONPATH": str(site), "RISK_SECRET_FILE": str(secret)}
        env.pop("PYTHONDONTWRITEBYTECODE", None)
        risk = [sys.executable, "-m", "risk"]
        policy = Path(folder, "policy.yaml")
        general = files("risk.analysis").joinpath("policy", "zhengzhou-2019.yaml")
        long = general.read_text(encoding="utf-8")
        policy.write_text(long.replace("points: 60,", "points: 20,"), encoding="utf-8")
        sources = []
        for number in range(given.departments):
            name = f"copy_{number + 1}"
            department(name, site)
            sources.append(str(Path(folder, f"{name}.db")))
            run = [*risk, "run", "--plugin", name, "--db", sources[-1], "--policy", str(policy)]
            measure(run, env)
        for turn in range(given.repeat):
            target = str(Path(folder, f"city-{turn}.db"))
            for name in TARGETS:
                runs[name].append(measure([*risk, "merge", target, *sources], env).as_dict())
    for name, most in TARGETS.items():
        wall, cpu = median(runs[name], "wall"), median(runs[name], "cpu")
        print(
            f"merging {given.departments} databases, {name}: median {wall:.2f} s, CPU {cpu:.2f} s;"
            f" target {most} s: {'met' if wall <= most else 'not met'}"
        )


if __name__ == "__main__":
    main()
