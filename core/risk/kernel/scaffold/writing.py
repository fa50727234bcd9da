"""Writes the folder of a new plugin."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Mapping
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from string import Template
from typing import Final

from risk.errors import UsageError
from risk.kernel.distributions import declarations

from .sample import sample

_NAME: Final = re.compile(r"[a-z][a-z0-9]*(_[a-z0-9]+)*")
_LONGEST: Final = 40
# Template -> the file that it becomes; {module} is the plugin's package.
_FILES: Final[Mapping[str, str]] = {
    "pyproject.toml.txt": "pyproject.toml",
    "README.md.txt": "README.md",
    "init.py.txt": "src/{module}/__init__.py",
    "adapters.py.txt": "src/{module}/adapters.py",
    "department.yaml.txt": "src/{module}/data/department.yaml",
    "laws.yaml.txt": "src/{module}/data/laws.yaml",
    "violation_types.yaml.txt": "src/{module}/data/violation_types.yaml",
    "measures.yaml.txt": "src/{module}/data/measures.yaml",
    "terms.yaml.txt": "src/{module}/data/terms.yaml",
    "test_plugin.py.txt": "tests/test_plugin.py",
}
_SAMPLE: Final = "src/{module}/samples/case_system.csv"


def write_plugin(name: str, into: Path, version: str) -> Path:
    """Write the plugin `name` into the new folder `into/name` and give that folder.

    `version` is the kernel's, on which the plugin will depend. UsageError where the name is not
    fit or taken, where the folder is there already, or where it cannot be written; then nothing
    is left behind.
    """
    _check(name)
    target = into / name
    if target.exists() or target.is_symlink():
        raise UsageError(
            f"{target} is there already; nothing was written.",
            "Choose another name or another folder with --into.",
        )
    try:
        into.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=into, prefix=f".{name}.") as scratch:
            draft = Path(scratch) / name
            for path, text in _texts(name, version).items():
                file = draft / path
                file.parent.mkdir(parents=True, exist_ok=True)
                file.write_text(text, encoding="utf-8", newline="")
            draft.rename(target)
    except OSError as error:
        raise UsageError(
            f"{target} cannot be written: {error.strerror or error}.",
            "Choose another folder with --into.",
        ) from error
    return target


def _check(name: str) -> None:
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        raise UsageError(
            f"{name!r} cannot name a plugin.",
            "Use small letters, digits and single _, beginning with a letter, as in fire_safety"
            f" (at most {_LONGEST} characters).",
        )
    for declared in declarations():
        if declared.name == name:
            raise UsageError(
                f"The name {name} is taken by {declared.distribution}, which is installed here.",
                "Choose another name.",
            )
    if find_spec(f"risk_{name}") is not None:
        raise UsageError(
            f"The name {name} is taken: there is a package risk_{name} in this Python.",
            "Choose another name.",
        )


def _texts(name: str, version: str) -> dict[str, str]:
    """The text of every file of the plugin, by its path."""
    module = f"risk_{name}"
    words = {
        "name": name,
        "slug": name.replace("_", "-"),
        "title": name.replace("_", " ").capitalize(),
        "series": ".".join(version.split(".")[:2]),
    }
    texts = {}
    for template, path in _FILES.items():
        text = files(__package__).joinpath(template).read_text(encoding="utf-8")
        texts[path.format(module=module)] = Template(text).substitute(words)
    # Spreadsheet programs read Chinese in a CSV file only behind a byte order mark.
    texts[_SAMPLE.format(module=module)] = "\ufeff" + sample(name)
    return texts
