"""The same job as `risk run`, written by hand in DuckDB's SQL for this one export.

    python benchmarks/by_hand.py EXPORT.csv|EXPORT.parquet OUT.db --secret FILE [--times]

by_hand.sql reads the export, writes the canonical rows as Parquet beside OUT.db and drops duplicates,
by_hand_counts.sql counts; the results go to SQLite here. Left out is what is no SQL: which places have more cases than
expected, grounds, causes and measures, and the digest by which risk knows a file again. Nothing of
risk is imported; the wordings' table and the secret that keys the pseudonyms are shared with it.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import pyarrow as pa
import yaml
from adbc_driver_sqlite import dbapi

HERE = Path(__file__).parent
TERMS = HERE.parent / "plugins/traffic/src/risk_traffic/data/police_terms.yaml"
MEMORY_LIMIT = "1400MB"
WIDTH = 43
# The columns that are read, by their place in the export (0 = first).
READ = {
    "case_id": 1, "party_name": 8, "identity": 10, "plate": 14, "occurred": 20, "location": 21,
    "district": 25, "wording": 29, "coercive": 32, "penalty": 33, "fine": 34, "procedure": 36,
    "decided": 37, "party_type": 38, "corrected": 39, "harm": 40, "guided": 41, "status": 42,
}  # fmt: skip
RESULTS = ("sources", "points", "evidence_monthly", "evidence_hourly", "evidence_cases", "rejects",
           "exclusions", "duplicates")  # fmt: skip


def source(path: Path) -> str:
    """SQL that reads the export as text, under the names that by_hand.sql uses."""
    if path.suffix == ".parquet":
        names = [row[0] for row in duckdb.sql(f"describe from '{path}'").fetchall()]
        picked = ", ".join(
            f"nullif(\"{names[place]}\", '') as {name}" for name, place in READ.items()
        )
        return f"select {picked} from read_parquet('{path}')"
    names = {place: name for name, place in READ.items()}
    columns = ", ".join(f"'{names.get(place, f'x{place}')}': 'varchar'" for place in range(WIDTH))
    return (
        f"select {', '.join(READ)} from read_csv('{path}', columns = {{{columns}}}, auto_detect = false,"
        " header = true, delim = ',', quote = '\"', escape = '\"', store_rejects = true,"
        " rejects_table = 'broken_lines')"
    )


def prepare(db: duckdb.DuckDBPyConnection, secret: Path) -> None:
    """The wordings' table and the secret."""
    known = yaml.safe_load(TERMS.read_text(encoding="utf-8"))["terms"]
    answers = [
        {"violation": row["violation"], "behaviour": row.get("behaviour")} for row in known.values()
    ]
    db.register("terms", pa.table({"wording": list(known), "answer": pa.array(answers)}))
    db.execute("set variable terms = (select map(list(wording), list(answer)) from terms)")
    db.execute("set variable secret = ?", [secret.read_text(encoding="ascii").strip()])


def statements(name: str, values: dict[str, str]) -> list[str]:
    """The statements of one SQL file, filled in."""
    text = (HERE / name).read_text(encoding="utf-8")
    for key, value in values.items():
        text = text.replace(f"{{{key}}}", value)
    return [
        part
        for part in text.split("\n\n")
        if not all(line.startswith("--") for line in part.splitlines())
    ]


def run(export: Path, target: Path, secret: Path, times: bool = False) -> None:
    """Do the job; `times` prints what each statement took."""
    canonical = target.with_name(f"{target.name}.rows.parquet")
    values = {"source": source(export), "canonical": str(canonical)}
    with tempfile.TemporaryDirectory(dir=target.parent) as spill, duckdb.connect() as db:
        db.execute(f"set memory_limit = '{MEMORY_LIMIT}'; set temp_directory = '{spill}'")
        prepare(db, secret)
        for part in statements("by_hand.sql", values):
            _timed(db, part, times)
        lines = "select distinct line::bigint as line from broken_lines"
        if export.suffix == ".parquet":
            lines = "select 1::bigint as line where false"
        db.execute(f"create temp table broken as {lines}")
        for part in statements("by_hand_counts.sql", values):
            _timed(db, part, times)
        _deliver(db, target)


def _timed(db: duckdb.DuckDBPyConnection, statement: str, told: bool) -> None:
    wall, cpu = time.perf_counter(), time.process_time()
    db.execute(statement)
    if told:
        first = next(line for line in statement.splitlines() if not line.startswith("--"))
        took = f"{time.perf_counter() - wall:7.2f} s {time.process_time() - cpu:7.2f} CPU s"
        print(took, first[:60], file=sys.stderr)


def _deliver(db: duckdb.DuckDBPyConnection, target: Path) -> None:
    """The results into a new SQLite file."""
    target.unlink(missing_ok=True)
    with dbapi.connect(str(target), autocommit=True) as sqlite:
        for name in RESULTS:
            columns = db.execute(f"describe {name}").fetchall()
            # SQLite knows no dates: they go in as text.
            texts = ", ".join(
                f"{column}::varchar as {column}"
                for column, kind, *_ in columns
                if kind in ("DATE", "TIMESTAMP")
            )
            rows = db.sql(
                f"select * {f'replace ({texts})' if texts else ''} from {name}"
            ).to_arrow_table()
            with sqlite.cursor() as cursor:
                cursor.adbc_ingest(name, rows, mode="create")


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--secret", type=Path, required=True)
    parser.add_argument("--times", action="store_true", help="print what each statement took")
    parser.add_argument(
        "--check", type=Path, metavar="RISK.db", help="compare with what `risk run` made"
    )
    given = parser.parse_args()
    run(given.export, given.target, given.secret, given.times)
    if given.check:
        from check import compare

        findings = compare(given.check, given.target)
        print(*findings, sep="\n")
        sys.exit(any(finding.differing for finding in findings))


if __name__ == "__main__":
    main()
