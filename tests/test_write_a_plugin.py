"""docs/write-a-plugin.md leads from an empty folder to a merged database: its steps are run here."""

from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
from collections import Counter
from collections.abc import Iterator
from configparser import ConfigParser
from dataclasses import dataclass
from pathlib import Path

import pytest

from .fresh_python import OFFLINE, lend
from .labour_cases import Planted, export

ROOT = Path(__file__).parents[1]
PAGE = (ROOT / "docs" / "write-a-plugin.md").read_text(encoding="utf-8")
STEP = re.compile(
    r"(?:^File `(?P<file>[^`]+)`(?P<more>, at its end)?:\n\n)?"
    r"^```(?P<kind>\w+)\n(?P<body>.*?)^```$",
    re.MULTILINE | re.DOTALL,
)
pytestmark = pytest.mark.skipif(shutil.which("bash") is None, reason="there is no bash")


@dataclass(frozen=True)
class Worked:
    """The folder in which the page was followed, what its commands printed, and the own file."""

    folder: Path
    printed: dict[str, str]
    planted: Planted

    def rows(self, database: str, query: str) -> list[tuple[object, ...]]:
        """The answer of one of the databases that the commands made."""
        with sqlite3.connect(self.folder / database) as connection:
            return connection.execute(query).fetchall()


def steps() -> Iterator[re.Match[str]]:
    """Files to save and commands to type, in the page's order."""
    for step in STEP.finditer(PAGE):
        assert step["file"] or step["kind"] == "sh", f"what is this for? {step['body'][:60]}"
        yield step


def test_the_page_is_made_of_files_and_commands_alone() -> None:
    found = list(steps())
    assert len(found) == PAGE.count("\n```") / 2
    assert sum(step["kind"] == "sh" for step in found) >= 9


def test_the_page_installs_the_extras_that_its_commands_need() -> None:
    setup = ConfigParser()
    setup.read(ROOT / "setup.cfg", encoding="utf-8")
    (extras,) = re.findall(r'^pip install -e "\$RISK\[(.*)\]"', PAGE, re.MULTILINE)
    needed = {
        "risk catalogue export": ("catalogue", "xlsxwriter"),
        "python -m pytest": ("test", "pytest"),
    }
    for command, (extra, package) in needed.items():
        assert command in PAGE and extra in extras.split(",")
        assert package in setup["options.extras_require"][extra]


@pytest.fixture(scope="module")
def worked(tmp_path_factory: pytest.TempPathFactory) -> Worked:
    folder = tmp_path_factory.mktemp("office")
    planted = export(400)
    (folder / "处罚案件.csv").write_bytes(planted.text.encode("gb18030"))
    environment = os.environ | {
        "RISK": str(ROOT),
        "RISK_SECRET_FILE": str(folder / "secret"),
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PYTEST_ADDOPTS": "-p no:cacheprovider",
        # What else is lent to the environment is none of the page's business.
        "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1",
    }
    printed: dict[str, str] = {}
    for step in steps():
        if step["file"]:
            with (folder / step["file"]).open(
                "a" if step["more"] else "w", encoding="utf-8"
            ) as out:
                out.write(step["body"])
            continue
        for command in step["body"].splitlines():
            # The shell that the reader keeps open.
            opened = ". .venv/bin/activate; " if (folder / ".venv").is_dir() else ""
            done = subprocess.run(
                ["bash", "-c", opened + _offline(command)],
                cwd=folder,
                env=environment,
                capture_output=True,
                encoding="utf-8",
            )
            assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
            printed[command] = done.stdout
            if command == "python3 -m venv .venv":
                lend(folder / ".venv")
    return Worked(folder, printed, planted)


def _offline(command: str) -> str:
    """The same command; pip takes only what is on this machine, and is itself lent."""
    flags = " ".join(OFFLINE)
    command = re.sub(r"^python3 -m venv", "python3 -m venv --without-pip", command)
    return re.sub(r"^pip install", f"python -m pip install --quiet {flags}", command)


def test_the_sample_of_the_page_is_read_as_the_page_says(worked: Worked) -> None:
    printed = worked.printed["risk run --plugin labour --db labour.db --replace"]
    said = "10 rows = 6 cases + 2 rejected + 1 excluded + 1 duplicates"
    assert said in printed
    assert said.removesuffix("s") in PAGE
    assert "decided_on unreadable 1, e.g. line 14; says 106/02/30" in printed
    assert "unclassified 1" in printed


def test_the_department_of_the_page_keeps_the_contract(worked: Worked) -> None:
    checks = worked.printed["risk check labour"].splitlines()
    assert [line.split()[0] for line in checks] == ["ok"] * len(checks)
    assert "9 passed" in worked.printed["python -m pytest -q labour"]


def test_every_row_of_the_dirty_file_is_a_case_or_has_its_reason(worked: Worked) -> None:
    planted = worked.planted
    (run,) = worked.rows(
        "labour.db",
        "select rows_read, cases, rejected, excluded, duplicates from runs"
        " order by finished_at desc limit 1",
    )
    assert run == (
        planted.rows,
        planted.cases.total(),
        planted.rejected.total(),
        planted.excluded,
        planted.duplicates,
    )
    reasons = worked.rows("labour.db", "select reason from rejects order by run desc")
    assert Counter(reason for (reason,) in reasons) == planted.rejected
    (shown,) = worked.rows("labour.db", "select count(*) from rejects where detail like '%/02/30'")
    assert shown == (planted.rejected["decided_on unreadable"],)


def test_days_of_the_republic_articles_and_amounts_are_read_as_they_were_meant(
    worked: Worked,
) -> None:
    planted = worked.planted
    points = worked.rows(
        "labour.db", "select violation, cases from risk_points where id = violation"
    )
    assert dict(points) == dict(planted.cases)
    shown = worked.rows("labour.db", "select case_id, decided_on from evidence_cases")
    assert shown
    assert {case: day for case, day in shown} == {
        case: planted.days[str(case)].isoformat() for case, _ in shown
    }
    (fines,) = worked.rows(
        "labour.db",
        "select sum(fines) from evidence_monthly join risk_points on id = risk_point"
        " where id = violation",
    )
    assert fines == (planted.fines,)


def test_the_merged_database_holds_both_departments(worked: Worked) -> None:
    departments = worked.rows("city.db", "select distinct department from risk_points order by 1")
    assert departments == [("labour",), ("traffic",)]
    printed = worked.printed["risk points --db city.db --department labour"]
    assert "劳动保障" in printed and "违法延长工作时间" in printed and "示例" not in printed


def test_what_the_page_shows_of_a_point_cites_the_law_of_its_time_and_says_it_is_unverified(
    worked: Worked,
) -> None:
    printed = worked.printed["risk explain labour.wages --db labour.db"]
    assert "《中华人民共和国劳动合同法》第三十条（2013-07-01 起）【未核实】" in printed
    assert "（2009-08-27 起，2018-12-28 止）" in printed
