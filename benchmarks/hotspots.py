"""How well the screening for 高发 cells finds planted hotspots, and how fast it is.

    python benchmarks/hotspots.py [--repeats N] [--json]

Tables are drawn from the screening's own model: log-normal place totals, uneven type shares,
negative binomial counts. Hotspots are three times the rate of cells whose expectation is 30 cases;
the totals of their rows are set so that it is. Each table is judged by `screen`, by `screen_given`
told the true expectations and dispersion (the oracle), and by a plain Poisson test against the
margins (naive). False share: flagged cells that were not planted, of all flagged; where nothing is
planted, tables with any flag, of all tables. Target: false share <= 5 %, power >= 95 % of oracle.
"""

from __future__ import annotations

import argparse
import json
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from risk.analysis.hotspots import BoolArray, FloatArray, screen, screen_given

# Rows, columns, and tables drawn for each table drawn of 300 x 12.
SIZES = ((60, 8, 2.0), (300, 12, 1.0), (1500, 20, 0.5))
# Rows, columns and cases in a cell.
TIMED = ((20_000, 20, 20.0), (20_000, 20, 0.1), (100_000, 8, 20.0))
DISPERSIONS = (0.1, 0.2, 0.35)
LAYOUTS = ("none", "scattered", "crossed")
EXPECTED, TIMES, CASES_PER_CELL = 30.0, 3.0, 20.0
MIN_RATIO, CONFIDENCE, FDR, MIN_EXPECTED = 2.0, 0.95, 0.03, 0.1
MOST_FALSE, LEAST_POWER = 0.05, 0.95


@dataclass(frozen=True, slots=True)
class Drawn:
    """A table of counts, what its cells were drawn from, and which are hotspots."""

    counts: npt.NDArray[np.int64]
    expected: FloatArray
    hot: BoolArray


@dataclass(frozen=True, slots=True)
class Quality:
    """One line of the table; shares and powers are fractions, nan where there is none."""

    size: str
    cv: float
    planted: str
    tables: int
    estimated_cv: float
    false_share: float
    power: float
    oracle_false_share: float
    oracle_power: float
    power_ratio: float
    naive_false_share: float
    naive_power: float
    meets: str


def draw(rng: np.random.Generator, rows: int, columns: int, cv: float, layout: str) -> Drawn:
    """Draw a table of 20 cases a cell on average, before hotspots, in one of LAYOUTS.

    "scattered": one cell in a hundred, each in a row of its own. "crossed": a quarter of the cells
    of one row, and one cell in fifteen of one column.
    """
    share = rng.permutation(np.arange(1, columns + 1) ** -0.8)
    total = rng.lognormal(0, 1, rows)
    total *= CASES_PER_CELL * columns / total.mean()
    share /= share.sum()
    hot = np.zeros((rows, columns), dtype=bool)
    if layout == "scattered":
        places = rng.permutation(rows)[: max(3, rows * columns // 100)]
        types = rng.integers(columns, size=len(places))
        hot[places, types] = True
        total[places] = EXPECTED / share[types]
    elif layout == "crossed":
        types = rng.permutation(columns)[: columns // 4]
        places = rng.permutation(rows)[: rows // 15]
        share[types] = share[types].mean()
        hot[places[0], types] = hot[places, types[0]] = True
        total[places] = EXPECTED / share[types[0]]
    expected = np.outer(total, share)
    rate = rng.gamma(cv**-2, cv**2, hot.shape)
    return Drawn(rng.poisson(expected * rate * np.where(hot, TIMES, 1)), expected, hot)


def naive(counts: npt.NDArray[np.int64]) -> BoolArray:
    """Flag by the same two conditions, but Poisson and against the product of the margins."""
    expected = np.outer(counts.sum(axis=1), counts.sum(axis=0)) / counts.sum()
    p_value = stats.poisson.sf(counts - 1, expected)
    q_value = stats.false_discovery_control(p_value, axis=None).reshape(counts.shape)
    least = stats.gamma.ppf(1 - CONFIDENCE, np.maximum(counts, 1)) * (counts > 0)
    flagged: BoolArray = (least >= MIN_RATIO * expected) & (q_value <= FDR)
    return flagged


def quality(rows: int, columns: int, cv: float, layout: str, tables: int) -> Quality:
    """Draw `tables` tables, always the same ones, and judge them in the three ways."""
    rng = np.random.default_rng([rows, columns, round(100 * cv), LAYOUTS.index(layout)])
    drawn = [draw(rng, rows, columns, cv, layout) for _ in range(tables)]
    limits = {"min_ratio": MIN_RATIO, "confidence": CONFIDENCE, "fdr": FDR}
    found = [screen(table.counts, **limits, min_expected=MIN_EXPECTED) for table in drawn]
    oracle = [screen_given(table.counts, table.expected, cv, **limits) for table in drawn]
    false_share, power = _false_share_and_power(drawn, [each.flagged for each in found])
    oracle_false, oracle_power = _false_share_and_power(drawn, [each.flagged for each in oracle])
    naive_false, naive_power = _false_share_and_power(drawn, [naive(each.counts) for each in drawn])
    missed = ["false share"] if false_share > MOST_FALSE else []
    missed += ["power"] if power < LEAST_POWER * oracle_power else []
    return Quality(
        size=f"{rows} x {columns}",
        cv=cv,
        planted=layout,
        tables=tables,
        estimated_cv=float(np.mean([each.dispersion for each in found])),
        false_share=false_share,
        power=power,
        oracle_false_share=oracle_false,
        oracle_power=oracle_power,
        power_ratio=power / oracle_power if oracle_power else float("nan"),
        naive_false_share=naive_false,
        naive_power=naive_power,
        meets=f"no: {', '.join(missed)}" if missed else "yes",
    )


def _false_share_and_power(
    drawn: Sequence[Drawn], flagged: Sequence[BoolArray]
) -> tuple[float, float]:
    planted = sum(int(table.hot.sum()) for table in drawn)
    if not planted:
        return float(np.mean([flags.any() for flags in flagged])), float("nan")
    right = sum(int((flags & t.hot).sum()) for t, flags in zip(drawn, flagged, strict=True))
    number = sum(int(flags.sum()) for flags in flagged)
    return (number - right) / number if number else 0.0, right / planted


def seconds(rows: int, columns: int, cases_per_cell: float) -> float:
    """Processor seconds of one screening, the least of three."""
    rng = np.random.default_rng([rows, columns])
    table = draw(rng, rows, columns, 0.2, "scattered")
    counts = rng.binomial(table.counts, cases_per_cell / CASES_PER_CELL)
    taken = []
    for _ in range(3):
        start = time.process_time()
        screen(counts)
        taken.append(time.process_time() - start)
    return min(taken)


def markdown(lines: Sequence[dict[str, object]]) -> str:
    """Dictionaries of the same keys as a Markdown table."""
    shown = [[_shown(value) for value in line.values()] for line in lines]
    head = [name.replace("_", " ") for name in lines[0]]
    every = [head, ["---"] * len(head), *shown]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in every)


def _shown(value: object) -> str:
    if isinstance(value, float):
        return "" if np.isnan(value) else f"{value:.3f}"
    return str(value)


def main(arguments: Sequence[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--repeats", type=int, default=200, help="tables of 300 x 12 in each line")
    parser.add_argument(
        "--json", action="store_true", help="print JSON, null where there is no number"
    )
    options = parser.parse_args(arguments)
    lines = [
        asdict(quality(rows, columns, cv, layout, max(1, round(options.repeats * share))))
        for rows, columns, share in SIZES
        for cv in DISPERSIONS
        for layout in LAYOUTS
    ]
    speed: list[dict[str, object]] = [
        {
            "size": f"{rows} x {columns}",
            "cases per cell": cases,
            "seconds": seconds(rows, columns, cases),
        }
        for rows, columns, cases in TIMED
    ]
    if options.json:
        figures = [{k: None if v != v else v for k, v in line.items()} for line in lines]
        print(json.dumps({"quality": figures, "speed": speed}, indent=2))
    else:
        print(markdown(lines), markdown(speed), sep="\n\n")


if __name__ == "__main__":
    main()
