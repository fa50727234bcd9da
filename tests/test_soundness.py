"""A database that contradicts itself is refused by its own name, before others rest on it."""

from __future__ import annotations

import shutil
import sqlite3
from pathlib import Path

import pytest

from risk.errors import StoreError
from risk.store.merge import merge
from risk.store.overrides import override

from .store_cases import make_result
from .test_merge import POINT, made

OTHER = "(SELECT id FROM runs WHERE department = 'market')"
# What was done to the file, and what is said of it.
CONTRADICTIONS: dict[str, str] = {
    "DROP TABLE measures": "the table measures is missing",
    "ALTER TABLE measures DROP COLUMN template": "the table measures lacks the column template",
    "ALTER TABLE measures ADD COLUMN price": "the table measures has a column price, which risk",
    """CREATE TABLE kept AS SELECT * FROM plugins;
        DROP TABLE plugins; ALTER TABLE kept RENAME TO plugins""": (
        "the column department of the table plugins is held to other rules"
    ),
    "UPDATE risk_points SET run = 'nope'": "a row of risk_points names the run nope, which is not",
    "UPDATE departments SET run = 'nope'": "a row of departments names the run nope, which is not",
    "DELETE FROM departments": "names the department (traffic|market), which is not there",
    "DELETE FROM violation_types": "the violation type (traffic|market).illegal_parking, which is",
    "UPDATE departments SET run = NULL": "a department has no run: ",
    f"UPDATE departments SET run = {OTHER}": "departments: traffic names the run market-.* of anoth",
    f"UPDATE risk_points SET run = {OTHER}": "risk_points: traffic names the run market-.* of anoth",
    "UPDATE risk_points SET violation = 'market.illegal_parking'": (
        "risk_points: traffic names the violation type market.illegal_parking of another department"
    ),
    "UPDATE runs SET department = 'market'": "the run traffic-.* is said to be of the department m",
    "UPDATE violation_types SET department = 'market'": (
        "the violation type traffic.illegal_parking is said to be of the department market"
    ),
    "UPDATE risk_points SET department = 'market'": "the risk point traffic.* is said to be of the ",
    "UPDATE rankings SET department = 'market'": "the ranking traffic.ten_roads is said to be of",
    "UPDATE ranking_entries SET risk_point = 'market.illegal_parking'": (
        "a ranking lists another department's risk point: market.illegal_parking"
    ),
    "UPDATE plugins SET name = 'fire' WHERE name = 'traffic'": (
        "a plugin is another department's: fire"
    ),
    "UPDATE grade_overrides SET department = 'market'": (
        "grade_overrides: market names the risk point traffic.illegal_parking of another department"
    ),
    "UPDATE grade_overrides SET grade = 'X'": "a grade set by hand is none that there is",
    "UPDATE grade_overrides SET made_at = 'gone'": "a grade was set by hand at no moment .* 'gone'",
    "UPDATE risk_points SET grade = 'X'": "a risk point has no grade that there is: ",
    "UPDATE risk_points SET computed_grade = 'X'": "a risk point has no grade that there is: ",
    "UPDATE risk_points SET grade_rank = 9": "a risk point has no grade that there is: ",
    f"DELETE FROM grade_grounds WHERE risk_point = '{POINT}' AND position > 0": (
        f"a risk point has no ground for its computed grade: {POINT}"
    ),
    "UPDATE runs SET finished_at = 'garbage'": "a run ended at no moment as risk writes it, 'garba",
    "UPDATE runs SET finished_at = 'now'": "a run ended at no moment as risk writes it, 'now': ",
    "UPDATE runs SET finished_at = '2999-01-01T00:00:00.000000Z'": (
        "a run ended in the future, at 2999-01-01T00:00:00.000000Z, by a clock that is wrong: "
    ),
}


@pytest.fixture(scope="module")
def sound(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Traffic's and market's results in one file, with an override of traffic's city-wide point."""
    folder = tmp_path_factory.mktemp("sound")
    path = made(folder, "sound", make_result("traffic"), make_result("market"))
    override(path, POINT, "低", "专项治理", "王一", "李二")
    return path


@pytest.mark.parametrize(("sql", "said"), CONTRADICTIONS.items())
def test_a_file_that_contradicts_itself_is_refused_by_its_own_name(
    sql: str, said: str, sound: Path, tmp_path: Path
) -> None:
    bad, city = tmp_path / "bad.db", tmp_path / "city.db"
    shutil.copy(sound, bad)
    with sqlite3.connect(bad) as conn:
        # A view that names what is gone stands in the way of altering tables.
        for (view,) in conn.execute(
            "SELECT name FROM sqlite_master WHERE type = 'view'"
        ).fetchall():
            conn.execute(f"DROP VIEW [{view}]")
        conn.execute("PRAGMA ignore_check_constraints = ON")
        conn.executescript(sql)
    conn.close()
    with pytest.raises(StoreError, match=rf"bad\.db: the file contradicts itself \(.*{said}"):
        merge(city, [sound, bad])
    assert not city.exists()


def test_a_sound_file_with_an_override_is_merged(sound: Path, tmp_path: Path) -> None:
    assert merge(tmp_path / "city.db", [sound]).records == 1
