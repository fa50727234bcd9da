"""The documentation and the code say the same."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path

import click
import pytest

from risk.checks.contract import CHECKS
from risk.cli import main
from risk.intake import columns
from risk.kernel import hookspecs
from risk.model.kind import KINDS

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
ADAPTERS = (ROOT / "docs" / "adapters.md").read_text(encoding="utf-8")
HOOKS = (ROOT / "docs" / "hooks.md").read_text(encoding="utf-8")
GRADING = (ROOT / "docs" / "grading.md").read_text(encoding="utf-8")
VOCABULARY = [name for name in columns.__all__ if name != "Column"]


def _commands_page() -> str:
    path = ROOT / "docs" / "commands.py"
    spec = importlib.util.spec_from_file_location("commands_page", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return str(module.page())


def test_the_commands_page_is_what_the_commands_say() -> None:
    page = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    assert page == _commands_page(), "run: python docs/commands.py"


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_is_in_the_readme_and_has_help(name: str) -> None:
    assert f"| `risk {name}" in README
    assert main.commands[name].help


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_option_has_help(name: str) -> None:
    options = [p for p in main.commands[name].params if isinstance(p, click.Option)]
    assert [option.name for option in options if not option.help] == []


@pytest.mark.parametrize("name", [name for name in vars(hookspecs) if name.startswith("risk_")])
def test_every_hook_is_described(name: str) -> None:
    assert f"## {name}()" in HOOKS


@pytest.mark.parametrize("name", [check.name for check in CHECKS])
def test_every_check_of_the_contract_is_described(name: str) -> None:
    assert f"| `{name}` |" in HOOKS


@pytest.mark.parametrize("name", VOCABULARY)
def test_every_word_of_the_vocabulary_is_described(name: str) -> None:
    assert f"`{name}" in ADAPTERS


@pytest.mark.parametrize("column", sorted({name for kind in KINDS.values() for name in kind.names}))
def test_every_canonical_column_is_described(column: str) -> None:
    assert f"| `{column}` |" in ADAPTERS


def test_every_clause_that_grading_can_name_is_described() -> None:
    source = (ROOT / "core" / "risk" / "analysis" / "grading.py").read_text(encoding="utf-8")
    words = re.findall(r'f"\{(?:HIGH|LOW|MIDDLE)\}([^"（{]+)', source)
    assert words
    assert [word for word in words if word not in GRADING] == []


def test_links_between_the_pages_lead_somewhere() -> None:
    for page in [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text(encoding="utf-8")):
            if not target.startswith("http"):
                assert (page.parent / target).exists(), f"{page.name}: {target}"
