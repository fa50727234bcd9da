"""Measure `risk run` beside the same job written by hand, and put the table into README.md.

    python benchmarks/run.py [--data DIR] [--repeat 3] [--only PART ...] [--rows N ...] [--no-readme]

Parts: csv (risk and by_hand.py in turn, and whether they find the same), sqlite-utils, parquet (the
big file), further (50,000 rows more), help. Exports are made once in DIR and used again; what was
measured is kept there too, so that parts can be measured one by one. `risk` must be importable.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from measuring import Measured, measure
from report import machine, write_readme
from tickets import generate

HERE = Path(__file__).parent
CSV_ROWS = (1_000_000, 10_000_000)
PARQUET_ROWS = 50_000_000
FURTHER_ROWS = 50_000
HELP_RUNS = 15
Results = dict[str, dict[str, object]]


class Bench:
    """The folder of exports and databases, and the commands that are measured there."""

    def __init__(self, data: Path, repeat: int) -> None:
        self.data = data
        self.repeat = repeat
        data.mkdir(parents=True, exist_ok=True)
        self.secret = data / "secret"
        if not self.secret.exists():
            self.secret.write_text(
                "made-up secret of the benchmark, 32 or more\n", encoding="ascii"
            )
        self.env = os.environ | {"RISK_SECRET_FILE": str(self.secret)}

    def export(self, rows: int, suffix: str, start: int = 0) -> Path:
        """A made-up export, made only if it is not there."""
        file = self.data / f"tickets-{start}-{rows}{suffix}"
        if not file.exists():
            print(f"making {file.name}", flush=True)
            generate(rows, file, start)
        return file

    def risk(self, database: Path, *sources: Path) -> Measured:
        """`risk run` on the sources, with a database that may hold earlier ones."""
        command = [
            "run",
            "--plugin",
            "traffic",
            "--db",
            str(database),
            "--json",
            *map(str, sources),
        ]
        return self.told("risk", measure([sys.executable, "-m", "risk", *command], self.env))

    def script(self, name: str, source: Path, target: Path) -> Measured:
        """One of the scripts beside this one."""
        command = [str(HERE / name), str(source), str(target), "--secret", str(self.secret)]
        return self.told(name, measure([sys.executable, *command], self.env))

    def told(self, what: str, found: Measured) -> Measured:
        """Print the figures as they come."""
        print(
            f"{what:24} {found.wall:8.2f} s {found.cpu:8.2f} CPU s {found.memory:8.0f} MB",
            flush=True,
        )
        return found

    def database(self, name: str) -> Path:
        """A name for a new database; what an earlier run left under it is removed."""
        file = self.data / f"{name}.db"
        file.unlink(missing_ok=True)
        shutil.rmtree(f"{file}.cases", ignore_errors=True)
        return file

    def csv(self, rows: int) -> dict[str, object]:
        """Risk and the hand-written job in turn on one CSV export."""
        source = self.export(rows, ".csv")
        runs: dict[str, list[dict[str, float]]] = {"risk": [], "by hand": []}
        for _ in range(self.repeat):
            runs["risk"].append(self.risk(self.database(f"risk-{rows}"), source).as_dict())
            hand = self.script("by_hand.py", source, self.database(f"hand-{rows}"))
            runs["by hand"].append(hand.as_dict())
        return {**runs, "bytes": source.stat().st_size, "differing": self.differing(rows)}

    def differing(self, rows: int) -> int:
        """How many entries risk and the hand-written job found differently."""
        script = "from check import compare; import sys, pathlib as p; f = compare(*map(p.Path, sys.argv[1:]));"
        script += "print(*f, sep='\\n', file=sys.stderr); print(sum(x.differing for x in f))"
        files = [str(self.data / f"{name}-{rows}.db") for name in ("risk", "hand")]
        done = subprocess.run(
            [sys.executable, "-c", script, *files],
            cwd=HERE,
            check=True,
            stdout=subprocess.PIPE,
            text=True,
        )
        # DuckDB draws a progress bar on standard output where a query takes long.
        return int(done.stdout.split()[-1])

    def sqlite_utils(self, rows: int) -> dict[str, object]:
        """The road over sqlite-utils, once."""
        target = self.database(f"sqlite-utils-{rows}")
        found = self.script("with_sqlite_utils.py", self.export(rows, ".csv"), target)
        target.unlink()
        return {"sqlite-utils": [found.as_dict()]}

    def parquet(self, rows: int) -> dict[str, object]:
        """One big Parquet file, once."""
        source = self.export(rows, ".parquet")
        return {"risk": [self.risk(self.database(f"risk-parquet-{rows}"), source).as_dict()]}

    def further(self, rows: int) -> dict[str, object]:
        """A further export onto a database that holds the first, against reading the first."""
        first, more = self.export(rows, ".csv"), self.export(FURTHER_ROWS, ".csv", start=rows)
        base, full, runs = self.data / f"base-{rows}.db", [], []
        for _ in range(self.repeat):
            full.append(self.risk(self.database(base.stem), first).as_dict())
            copy = self.database(f"further-{rows}")
            shutil.copy(base, copy)
            shutil.copytree(f"{base}.cases", f"{copy}.cases")
            runs.append(self.risk(copy, more).as_dict())
        return {"full": full, "further": runs}

    def help(self, _: int) -> dict[str, object]:
        """`risk --help` and what a program with click takes at least, in turn."""
        commands = {"risk": ["-m", "risk", "--help"], "click": ["-c", "import click"]}
        runs: dict[str, list[dict[str, float]]] = {name: [] for name in commands}
        for _ in range(HELP_RUNS):
            for name, command in commands.items():
                runs[name].append(measure([sys.executable, *command], self.env).as_dict())
        for name, taken in runs.items():
            print(f"{name:24} {statistics.median(run['wall'] for run in taken):8.3f} s", flush=True)
        return dict(runs)


def measured(bench: Bench, only: list[str], rows: list[int]) -> Results:
    """Measure the parts asked for; gives all that was ever measured in the folder."""
    file = bench.data / "results.json"
    results: Results = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
    parts: dict[str, tuple[Callable[[int], dict[str, object]], tuple[int, ...]]] = {
        "csv": (bench.csv, CSV_ROWS),
        "sqlite-utils": (bench.sqlite_utils, CSV_ROWS[:1]),
        "parquet": (bench.parquet, (PARQUET_ROWS,)),
        "further": (bench.further, CSV_ROWS[1:]),
        "help": (bench.help, (0,)),
    }
    for name in only or parts:
        part, usual = parts[name]
        for number in rows if rows and name != "help" else usual:
            print(f"{name} {number:,}" if number else name, flush=True)
            load = round(os.getloadavg()[0], 2)
            results[f"{name} {number}"] = {**part(number), "load before": load}
            file.write_text(
                json.dumps(results | {"machine": machine()}, indent=1), encoding="utf-8"
            )
    return results


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--data", type=Path, default=Path(tempfile.gettempdir()) / "risk-benchmarks"
    )
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument(
        "--only", nargs="*", choices=["csv", "sqlite-utils", "parquet", "further", "help"]
    )
    parser.add_argument("--rows", nargs="*", type=int, help="instead of the usual numbers of rows")
    parser.add_argument("--no-readme", action="store_true", help="leave README.md as it is")
    given = parser.parse_args()
    results = measured(Bench(given.data, given.repeat), given.only or [], given.rows or [])
    if not given.no_readme:
        write_readme(HERE / "README.md", results)


if __name__ == "__main__":
    main()
