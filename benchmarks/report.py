"""The results table of README.md: what was measured, on what, and whether the targets are met."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from measuring import median, most

LIBRARIES = (
    "city-risk",
    "duckdb",
    "ibis-framework",
    "pyarrow",
    "numpy",
    "scipy",
    "sqlite-utils",
    "click",
)


def machine() -> dict[str, str]:
    """Cores, memory and versions; no names."""
    found = {
        "cores": str(len(os.sched_getaffinity(0))),
        "memory": f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GiB",
        "system": f"{platform.system()} {platform.machine()}",
        "Python": platform.python_version(),
    }
    for name in LIBRARIES:
        try:
            found[name] = version(name)
        except PackageNotFoundError:
            found[name] = "from the source tree"
    return found


def write_readme(file: Path, results: dict[str, Any]) -> None:
    """Put the table of measurements in its place."""
    put_between(file, "results", "\n".join(lines(results)))


def put_between(file: Path, name: str, said: str) -> None:
    """Replace what stands between the markers of that name."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    text = file.read_text(encoding="utf-8")
    before, _, rest = text.partition(start)
    _, _, after = rest.partition(end)
    file.write_text(f"{before}{start}\n\n{said}\n\n{end}{after}", encoding="utf-8")


def lines(results: dict[str, Any]) -> Iterator[str]:
    """The Markdown of everything measured."""
    known = results.get("machine") or machine()
    yield "Measured on " + ", ".join(f"{name} {value}" for name, value in known.items()) + "."
    yield ""
    yield "| what | runs | wall s (median) | CPU s (median) | most memory |"
    yield "|---|--:|--:|--:|--:|"
    yield from _measurements(results)
    yield ""
    yield "| target | measured | met |"
    yield "|---|--:|---|"
    for target, found, met in targets(results):
        yield f"| {target} | {found} | {'yes' if met else '**no**'} |"


def _measurements(results: dict[str, Any]) -> Iterator[str]:
    for title, found in results.items():
        part, _, rows = title.partition(" ")
        if part == "machine":
            continue
        for what, runs in found.items():
            if not isinstance(runs, list):
                continue
            name = {"risk": "`risk run`", "by hand": "by hand (DuckDB SQL)"}.get(what, what)
            if part == "help":
                name = {"risk": "`risk --help`", "click": "`import click`"}[what]
            else:
                name = f"{name}, {int(rows):,} rows" + (" of Parquet" if part == "parquet" else "")
            if part == "further":
                name += ", read in full" if what == "full" else ": 50,000 rows more"
            digits = 3 if part == "help" else 1
            yield (
                f"| {name.replace('full, ', '`risk run`, ').replace('further, ', 'onto ')} | {len(runs)}"
                f" | {median(runs, 'wall'):.{digits}f} | {median(runs, 'cpu'):.{digits}f}"
                f" | {most(runs, 'memory'):,.0f} MB |"
            )


def targets(results: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Each target that can be judged by now: in words, what was measured, whether it is met."""
    large, small = results.get("csv 10000000"), results.get("csv 1000000")
    for rows, found in (("10 M", large), ("1 M", small)):
        if found:
            different = int(found["differing"])
            said = "equal" if not different else f"{different:,} differ"
            yield (
                f"{rows}: every row, account and count equal to the hand-written job's",
                said,
                not different,
            )
    if large:
        ratio = median(large["risk"], "wall") / median(large["by hand"], "wall")
        yield "10 M rows: at most 1.25 times by hand", f"{ratio:.2f} times", ratio <= 1.25
        memory = most(large["risk"], "memory")
        yield "10 M rows: under 2 GB", f"{memory:,.0f} MB", memory < 2000
    if small:
        extra = median(small["risk"], "wall") - median(small["by hand"], "wall")
        yield "1 M rows: at most 1.5 s more than by hand", f"{extra:.1f} s more", extra <= 1.5
        memory = most(small["risk"], "memory")
        yield "1 M rows: under 600 MB", f"{memory:,.0f} MB", memory < 600
        if slow := results.get("sqlite-utils 1000000"):
            times = median(slow["sqlite-utils"], "wall") / median(small["risk"], "wall")
            yield (
                "1 M rows: at least 30 times as fast as sqlite-utils",
                f"{times:.0f} times",
                times >= 30,
            )
    if big := results.get("parquet 50000000"):
        memory = most(big["risk"], "memory")
        yield "50 M rows of Parquet: done within 2 GB", f"{memory:,.0f} MB", memory < 2000
    if more := results.get("further 10000000"):
        share = median(more["further"], "wall") / median(more["full"], "wall")
        yield "50,000 rows onto 10 M: at most 25 % of the full run", f"{share:.0%}", share <= 0.25
    if start := results.get("help 0"):
        times = median(start["risk"], "wall") / median(start["click"], "wall")
        yield "`risk --help`: at most 1.5 times `import click`", f"{times:.2f} times", times <= 1.5
