"""`risk new-plugin` writes a plugin that installs, runs and passes its own tests as generated."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from risk import Knowledge
from risk.cli import main
from risk.store import read

from .fresh_python import FreshPython, said

ROOT = Path(__file__).parents[1]


def new_plugin(name: str, into: Path) -> Result:
    return CliRunner().invoke(main, ["new-plugin", name, "--into", str(into)])


@pytest.fixture(scope="module")
def fire_safety(tmp_path_factory: pytest.TempPathFactory) -> Path:
    into = tmp_path_factory.mktemp("departments")
    result = new_plugin("fire_safety", into)
    assert result.exit_code == 0, result.output
    return into / "fire_safety"


@pytest.fixture(scope="module")
def installed(fire_safety: Path, tmp_path_factory: pytest.TempPathFactory) -> FreshPython:
    fresh = FreshPython(tmp_path_factory.mktemp("fresh") / "venv")
    fresh.install("-e", fire_safety)
    return fresh


def test_as_generated_it_passes_its_own_tests_and_runs_on_the_sample_it_ships(
    installed: FreshPython, fire_safety: Path, tmp_path: Path
) -> None:
    options = ("-q", "-p", "no:cacheprovider", "--basetemp", tmp_path / "own")
    done = installed.python("-m", "pytest", *options, cwd=fire_safety)
    assert done.returncode == 0, said(done)
    assert "9 passed" in done.stdout  # eight checks and the sample's own test
    (database,) = (tmp_path / "own").rglob("risk.db")  # what its own test ran by the command
    assert len(read.points(database)) == 2
    (source,) = read.accounts(database, "fire_safety")
    assert (source["rows"], source["cases"], source["rejected"]) == (60, 54, 2)
    assert (source["excluded"], source["duplicates"]) == (3, 1)


def test_as_generated_its_code_is_as_tidy_as_the_projects_own(fire_safety: Path) -> None:
    check = ["check", "--extend-per-file-ignores", "test_plugin.py:D"]
    for command in (check, ["format", "--check"]):
        ruff = [sys.executable, "-m", "ruff", *command, "--no-cache"]
        done = subprocess.run(
            [*ruff, "--config", str(ROOT / "ruff.toml"), str(fire_safety)],
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr


def test_its_files_name_the_department_and_hold_no_blank_of_the_template(
    fire_safety: Path,
) -> None:
    project = tomllib.loads((fire_safety / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["name"] == "city-risk-fire-safety"
    assert project["project"]["entry-points"]["risk"] == {"fire_safety": "risk_fire_safety"}
    for file in fire_safety.rglob("*"):
        if file.is_file():
            assert "$" not in file.read_text(encoding="utf-8"), file


def test_its_example_law_says_that_it_does_not_exist(fire_safety: Path) -> None:
    knowledge = Knowledge.from_folder(fire_safety / "src/risk_fire_safety/data")
    for law in knowledge.laws().values():
        assert "示例" in law.title and not law.dates_verified
    for violation in knowledge.violation_types():
        for reference in violation.legal_references:
            assert reference.verified == "unverified" and reference.fine is None


def test_the_same_name_gives_the_same_bytes(fire_safety: Path, tmp_path: Path) -> None:
    new_plugin("fire_safety", tmp_path)
    again = tmp_path / "fire_safety"
    files = [file.relative_to(again) for file in again.rglob("*") if file.is_file()]
    assert len(files) == 11
    for file in files:
        assert (again / file).read_bytes() == (fire_safety / file).read_bytes(), file


def test_it_says_the_next_three_commands(tmp_path: Path) -> None:
    said = new_plugin("water_works", tmp_path).output.splitlines()
    assert [line.split()[0] for line in said[1:]] == ["pip", "risk", "risk"]
    assert f"pip install -e {tmp_path / 'water_works'}" in said[1]


@pytest.mark.parametrize(
    "name",
    ["Fire", "fire-safety", "fire safety", "1fire", "fire_", "fire__a", "消防", "", "a" * 41],
)
def test_a_name_that_is_not_snake_case_is_refused(name: str, tmp_path: Path) -> None:
    result = new_plugin(name, tmp_path)
    assert result.exit_code == 1
    assert "cannot name a plugin" in result.stderr and "fire_safety" in result.stderr
    assert not list(tmp_path.iterdir())


def test_the_name_of_an_installed_plugin_is_refused(tmp_path: Path) -> None:
    result = new_plugin("traffic", tmp_path)
    assert result.exit_code == 1
    assert "taken by city-risk-traffic" in result.stderr
    assert not list(tmp_path.iterdir())


def test_the_name_of_a_package_that_is_there_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "risk_parks.py").touch()
    monkeypatch.syspath_prepend(str(tmp_path))
    result = new_plugin("parks", tmp_path)
    assert result.exit_code == 1 and "risk_parks" in result.stderr


def test_nothing_is_written_over(tmp_path: Path) -> None:
    (tmp_path / "parks").mkdir()
    (tmp_path / "parks" / "mine.txt").write_text("mine", encoding="utf-8")
    result = new_plugin("parks", tmp_path)
    assert result.exit_code == 1 and "there already" in result.stderr
    assert [path.name for path in tmp_path.rglob("*")] == ["parks", "mine.txt"]


def test_a_folder_that_cannot_be_made_ends_in_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    result = new_plugin("parks", tmp_path / "file")
    assert result.exit_code == 1
    assert "cannot be written" in result.stderr and len(result.stderr.splitlines()) == 1
