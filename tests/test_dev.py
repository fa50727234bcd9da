"""`python3 dev.py COMMAND` runs a command of the project's environment, or says why it cannot."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]


@pytest.fixture
def dev(tmp_path: Path) -> dict[str, Any]:
    """The names of dev.py, its environment being the running one and made already."""
    names = runpy.run_path(str(ROOT / "dev.py"))
    names["main"].__globals__.update(
        BIN=Path(sys.executable).parent, STAMP=tmp_path / "made-from", _make=lambda: True
    )
    return names


def run(dev: dict[str, Any], monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    monkeypatch.setattr(sys, "argv", ["dev.py", *arguments])
    status: int = dev["main"]()
    return status


def test_a_command_that_there_is_not_is_named_in_one_line(
    dev: dict[str, Any], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(dev, monkeypatch, "foo") == 2
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("There is no command foo, in .venv or elsewhere.")


def test_a_file_that_is_no_program_is_named_in_one_line(
    dev: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capfd: pytest.CaptureFixture[str],
) -> None:
    file = tmp_path / "notes"
    file.write_text("no program", encoding="utf-8")
    file.chmod(0o755)
    assert run(dev, monkeypatch, str(file)) == 1
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith(f"{file} cannot be run: ")


def test_a_command_is_run_with_its_arguments_and_gives_its_status(
    dev: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(dev, monkeypatch, Path(sys.executable).name, "-c", "raise SystemExit(7)") == 7
