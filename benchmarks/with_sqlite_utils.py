"""The same counts by the road that sqlite-utils offers: insert every row, then ask SQLite.

    python benchmarks/with_sqlite_utils.py EXPORT.csv OUT.db --secret FILE [--check RISK.db]

Lookups are joins, dates are read by SQLite's own functions, and roads and pseudonyms, for which it has
no function, are made by functions registered from Python (roads once for every distinct spelling).
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import sqlite_utils
import yaml

TERMS = Path(__file__).parents[1] / "plugins/traffic/src/risk_traffic/data/police_terms.yaml"
NEWEST = 200
HAN = "[\u4e00-\u9fff]"
ROAD = re.compile(
    rf"^(?:{HAN}{{2,3}}市)?(?:{HAN}{{2,4}}[区县])?(.+?(?:路|街|道|巷|段|线|桥|高速|胡同))"
    r"(?:(?:与|和|出|近|至|到|、|/|@).*|(?:\d+号.*)?)$"
)
NARROW = str.maketrans("０１２３４５６７８９（）", "0123456789()")
WORDS = {
    "贰拾元": 20, "叁拾元": 30, "伍拾元": 50, "壹佰元": 100, "壹佰伍拾元": 150, "贰佰元": 200, "伍佰元": 500,
    "壹仟元整": 1000, "贰仟元整": 2000, "伍仟元整": 5000, "壹万元整": 10000, "贰万元整": 20000,
}  # fmt: skip
# All four manners of writing a moment become YYYY-MM-DD HH:MM:SS; what is none of them stays as it is.
MOMENT = """CASE
    WHEN substr({0}, 5, 1) = '-' THEN {0}
    WHEN substr({0}, 5, 1) IN ('/', '年') THEN (
        SELECT printf('%04d-%02d-%02d %02d:%02d:00', y, substr(r, 1, instr(r, '/') - 1),
            substr(r, instr(r, '/') + 1, instr(r, ' ') - instr(r, '/') - 1),
            substr(r, instr(r, ' ') + 1, instr(r, ':') - instr(r, ' ') - 1), substr(r, instr(r, ':') + 1))
        FROM (SELECT substr(t, 1, 4) AS y, substr(t, 6) AS r FROM (SELECT replace(replace(replace(replace(replace(
            {0}, '年', '/'), '月', '/'), '日', ' '), '时', ':'), '分', '') AS t)))
    WHEN length({0}) = 14 THEN printf('%s-%s-%s %s:%s:%s', substr({0}, 1, 4), substr({0}, 5, 2), substr({0}, 7, 2),
        substr({0}, 9, 2), substr({0}, 11, 2), substr({0}, 13, 2))
    END"""
SCRIPT = f"""
CREATE TABLE roads AS SELECT spelling, road(spelling) AS place FROM (SELECT DISTINCT 违法地点 AS spelling FROM raw);
CREATE UNIQUE INDEX roads_spelling ON roads (spelling);
CREATE TABLE judged AS
    WITH read AS (SELECT raw.rowid AS record, raw.*, {MOMENT.format("违法时间")} AS occurred,
        {MOMENT.format("处罚时间")} AS decided, terms.violation, terms.behaviour, roads.place, amounts.yuan
        FROM raw LEFT JOIN terms ON terms.wording =
        CASE WHEN 违法行为 < '~' AND instr(违法行为, ' ')
            THEN substr(违法行为, instr(违法行为, ' ') + 1) ELSE 违法行为 END
        LEFT JOIN roads ON roads.spelling = 违法地点 LEFT JOIN amounts ON amounts.words = 罚款金额)
    SELECT record, 决定书编号 AS case_id, violation, behaviour, nullif(所属辖区, '') AS district, place,
        CASE WHEN date(occurred, '+0 days') = substr(occurred, 1, 10) THEN occurred END AS occurred_at,
        CASE WHEN date(decided, '+0 days') = substr(decided, 1, 10) THEN substr(decided, 1, 10) END AS decided_on,
        CASE 当事人类型 WHEN '个人' THEN '自然人' WHEN '单位' THEN '法人及非法人组织' END AS party_kind,
        pseudonym(证件号码, 号牌号码, 当事人) AS party, 处罚种类 AS penalties,
        CASE 罚款金额 WHEN '' THEN NULL ELSE coalesce(yuan, CAST(replace(replace(罚款金额, '元', ''), ',', '') AS real))
        * 100 END AS fine_fen, replace(适用程序, '一般程序', '普通') AS procedure,
        CASE 强制措施类型 WHEN '无' THEN '' ELSE 强制措施类型 END AS coercive_measures,
        nullif(是否改正, '') AS corrected, nullif(危害后果, '') AS harm, nullif(是否经提示劝导, '') AS guided,
        处理状态 AS status FROM read;
CREATE TABLE accepted AS
    SELECT *, row_number() OVER (PARTITION BY case_id ORDER BY record DESC) AS nth FROM judged
    WHERE status = '办结' AND case_id <> '' AND violation IS NOT NULL
    AND decided_on BETWEEN '1996-10-01' AND date('now', '+1 day');
CREATE TABLE cases AS
    SELECT *, substr(decided_on, 1, 7) AS month,
        CASE WHEN strftime('%H:%M:%S', occurred_at) <> '00:00:00' THEN CAST(strftime('%H', occurred_at) AS integer)
        END AS hour,
        strftime('%w', occurred_at) AS weekday FROM accepted WHERE nth = 1;
CREATE TABLE window AS SELECT date(max(month) || '-01', '-11 months') AS since FROM cases;
CREATE TABLE by_place AS
    SELECT violation, district, place, CASE WHEN hour >= 22 OR hour < 6 THEN '夜间' WHEN hour < 7 THEN '清晨'
        WHEN hour < 9 THEN '早高峰' WHEN hour < 12 THEN '上午' WHEN hour < 17 THEN '下午' WHEN hour < 19 THEN '晚高峰'
        WHEN hour < 22 THEN '晚间' END AS time_band, count(*) AS cases, sum(decided_on >= since) AS recent,
        count(DISTINCT CASE WHEN decided_on >= since THEN month END) AS months, min(decided_on) AS first,
        max(decided_on) AS last, sum(coercive_measures <> '') AS coercive,
        sum(procedure = '简易' AND coalesce(fine_fen, 0) <= 20000) AS summary,
        sum(guided = '是' AND corrected = '是' AND harm = '无') AS slight
    FROM cases, window GROUP BY 1, 2, 3, 4;
CREATE TABLE by_behaviour AS SELECT violation, behaviour, count(*) AS cases, sum(decided_on >= since) AS recent
    FROM cases, window WHERE behaviour IS NOT NULL GROUP BY 1, 2;
CREATE TABLE points AS SELECT violation, sum(cases) AS cases, sum(recent) AS recent FROM by_place GROUP BY 1;
CREATE TABLE evidence_monthly AS
    SELECT violation, month, count(*) AS cases, sum(fine_fen) / 100 AS fines FROM cases GROUP BY 1, 2;
CREATE TABLE evidence_hourly AS
    SELECT violation, weekday, hour, count(*) AS cases FROM cases WHERE hour IS NOT NULL GROUP BY 1, 2, 3;
CREATE TABLE evidence_cases AS SELECT * FROM (SELECT *, row_number() OVER
    (PARTITION BY violation ORDER BY decided_on DESC, case_id DESC) AS place_in_line FROM cases)
    WHERE place_in_line <= {NEWEST};
"""


def folded(spelling: str) -> str | None:
    """The road that a place names."""
    plain = spelling.upper().translate(NARROW).replace(" ", "").replace("\u3000", "")
    found = ROAD.match(plain)
    return found[1] if found else plain or None


def whole_rows(export: Path) -> Iterator[dict[str, str]]:
    """The rows that have all their columns."""
    with export.open(encoding="utf-8", newline="") as file:
        yield from (row for row in csv.DictReader(file) if row["处理状态"] is not None)


def run(export: Path, target: Path, secret: str) -> None:
    """Insert the rows and count."""
    target.unlink(missing_ok=True)
    db = sqlite_utils.Database(target)
    # The file is new: without a journal and without waiting for the disk it is written fastest.
    db.execute("PRAGMA journal_mode = OFF")
    db.execute("PRAGMA synchronous = OFF")
    db.register_function(folded, name="road", deterministic=True)

    def pseudonym(identity: str, plate: str, party: str) -> str:
        whole = (identity or plate or party).upper()
        return hashlib.sha256(f"{secret}{whole}".encode()).hexdigest()[:16]

    db.register_function(pseudonym)
    terms = yaml.safe_load(TERMS.read_text(encoding="utf-8"))["terms"]
    db.table("terms").insert_all(
        ({"wording": wording, "behaviour": None, **said} for wording, said in terms.items()),
        pk="wording",
    )
    db.table("amounts").insert_all(({"words": w, "yuan": y} for w, y in WORDS.items()), pk="words")
    db.table("raw").insert_all(whole_rows(export), batch_size=10_000)
    db.conn.executescript(SCRIPT)
    db.close()


def differences(target: Path, risk: Path) -> int:
    """How many violations have another number of cases than in `risk run`'s database."""
    counts = (
        (target, "SELECT violation, cases FROM points"),
        (risk, "SELECT violation, cases FROM risk_points WHERE scope = 'city'"),
    )
    one, two = (set(sqlite_utils.Database(file).execute(sql).fetchall()) for file, sql in counts)
    return len(one ^ two)


def main() -> None:
    """Read the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("export", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--secret", type=Path, required=True)
    parser.add_argument(
        "--check", type=Path, metavar="RISK.db", help="compare with what `risk run` made"
    )
    given = parser.parse_args()
    run(given.export, given.target, given.secret.read_text(encoding="ascii").strip())
    if given.check:
        found = differences(given.target, given.check)
        print(f"cases per violation: {f'{found} DIFFER' if found else 'EQUAL'}")
        sys.exit(found > 0)


if __name__ == "__main__":
    main()
