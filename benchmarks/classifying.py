"""How well free text is classified: precision and coverage on labelled decisions.

    python benchmarks/classifying.py [--show] [--no-readme]

`labelled/decisions.csv` holds 500 made-up rows of the 双公示 record, 125 a department, each with the
violation type that a legal officer would name, or `none`. 480 were written by somebody who had not
seen the classifier; the last five a department, all in the first half, together with the rules for
clauses that say that all is well. One half served to tune phrases and patterns, the other was held
back; `--show` lists the errors of the first half only, so that the other stays unseen.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import tempfile
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq
from report import put_between

from risk import Adapter
from risk import columns as c
from risk.intake.choosing import choose
from risk.intake.collect import collect
from risk.intake.duckdb_engine import DuckDBEngine
from risk.intake.partitions import CaseStore
from risk.intake.reading import Reading
from risk.kernel.plugins import Kernel
from risk.progress import Silent

HERE = Path(__file__).parent
LABELLED = HERE / "labelled" / "decisions.csv"
NONE = "none"
HALVES = ("tune", "held_back")


@dataclass(frozen=True, slots=True)
class Answer:
    """One row with its label and what the classifier says (None: unclassified)."""

    row: dict[str, str]
    said: str | None

    @property
    def label(self) -> str:
        """The violation type's id, or `none`."""
        return self.row["label"]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over some rows."""

    rows: int
    typed: int
    answered: int
    right: int

    @classmethod
    def of(cls, answers: Iterable[Answer]) -> Score:
        """The score of some answers; a type named for a row that has none is wrong."""
        every = list(answers)
        return cls(
            rows=len(every),
            typed=sum(one.label != NONE for one in every),
            answered=sum(one.said is not None for one in every),
            right=sum(one.said == one.label for one in every),
        )

    def line(self, name: str, half: str) -> str:
        """A row of the table."""
        precision, coverage = self.right / self.answered, self.right / self.typed
        return (
            f"| {name} | {half} | {self.rows} | {self.typed} | {self.answered} | {self.right} |"
            f" {precision:.1%} | {coverage:.1%} |"
        )


def answers(department: str, rows: list[dict[str, str]]) -> list[Answer]:
    """What the department's 双公示 classification says of the rows."""
    types = Kernel.load().plugin(department).violation_types
    adapter = Adapter(
        name="labelled",
        title="标注样本",
        columns={
            "case_id": c.text("id"),
            "violation": c.classified(types, ("违法行为类型", "违法事实"), ("处罚依据",)),
            "decided_on": c.constant("2026-01-05"),
        },
    )
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "rows.csv")
        with source.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0].keys())
            writer.writeheader()
            writer.writerows(rows)
        store = CaseStore(Path(folder, "risk.db"), department)
        store.prepare(())
        engine = DuckDBEngine(store.scratch, Silent())
        reading = Reading(engine, store, "s" * 64, "1", dt.date(2026, 11, 25))
        chosen = choose([str(source)], [adapter], None, None)
        (partition,) = collect(reading, (), chosen, False, Silent()).partitions
        found = pq.read_table(partition.rows_file, columns=["violation"])["violation"].to_pylist()
        engine.close()
    return [Answer(row, said) for row, said in zip(rows, found, strict=True)]


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--show", action="store_true", help="list the errors of the first half")
    parser.add_argument("--no-readme", action="store_true", help="leave README.md as it is")
    given = parser.parse_args()
    with LABELLED.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        answer
        for department in Counter(row["department"] for row in rows)
        for answer in answers(department, [row for row in rows if row["department"] == department])
    ]
    lines = [
        "| department | half | rows | with a type | answered | right | precision | coverage |",
        "|---|---|--:|--:|--:|--:|--:|--:|",
    ]
    for half in HALVES:
        mine = [answer for answer in found if answer.row["half"] == half]
        for department in Counter(answer.row["department"] for answer in mine):
            own = [answer for answer in mine if answer.row["department"] == department]
            lines.append(Score.of(own).line(department, half))
        lines.append(Score.of(mine).line("**all**", half))
    print(*lines, sep="\n")
    if given.show:
        for answer in found:
            if answer.row["half"] == "tune" and answer.said != answer.label:
                if answer.said is None and answer.label == NONE:
                    continue
                texts = " | ".join(
                    answer.row[name] for name in ("违法行为类型", "违法事实", "处罚依据")
                )
                print(f"{answer.row['id']} {answer.label} <- {answer.said}: {texts}")
    if not given.no_readme:
        put_between(HERE / "README.md", "classifying", "\n".join(lines))


if __name__ == "__main__":
    main()
