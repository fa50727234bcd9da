"""Whether the plugin's code keeps to the public face, and its files reach a wheel."""

from __future__ import annotations

import ast
import shutil
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from collections.abc import Iterator
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path

import risk
from risk.kernel.plugins import Plugin

from .check import Fault, NotChecked

PUBLIC = frozenset({"risk.columns", "risk.testing"})
_FACE = frozenset({*risk.__all__, "__version__", "testing"})
_LEFT_OUT = ("*.egg-info", "build", "dist", "__pycache__", ".*")
_SHOWN = 5


def imports(plugin: Plugin) -> Iterator[Fault]:
    """Imports of the kernel's internals or of another department."""
    package = plugin.module.partition(":")[0].partition(".")[0]
    root = _package_folder(package)
    for file in sorted(root.rglob("*.py")) if root.is_dir() else [root]:
        tree = ast.parse(file.read_bytes(), str(file))
        for node in ast.walk(tree):
            for name in _imported(node):
                where = f"{file.relative_to(root.parent)} line {getattr(node, 'lineno', 1)}"
                if name.partition(".")[0].startswith("risk_") and not _within(name, package):
                    mend = "What two departments share belongs to the kernel: propose it there."
                    yield Fault(where, f"imports another department, {name}", mend)
                elif name.startswith("risk.") and name not in PUBLIC:
                    mend = "Import from `risk` only: what it offers is in docs/hooks.md."
                    yield Fault(where, f"imports {name}, which is the kernel's own", mend)


def wheel(plugin: Plugin) -> Iterator[Fault]:
    """Files of the package that are not in the wheel that its project builds."""
    for needed in ("build", "setuptools"):
        try:
            metadata.distribution(needed)
        except metadata.PackageNotFoundError:
            raise NotChecked(f"`{needed}` is not installed: pip install {needed}") from None
    package = _package_folder(plugin.module.partition(":")[0].partition(".")[0])
    project = _project_of(package, plugin.distribution)
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "source"
        shutil.copytree(project, copy, ignore=shutil.ignore_patterns(*_LEFT_OUT))
        held, said = _built(copy, Path(folder))
    if held is None:
        yield Fault(str(project), f"no wheel can be built of it: {said}", "See `python -m build`.")
        return
    missing = [name for name in _files(package) if name not in held]
    for name in missing[:_SHOWN]:
        more = f" (and {len(missing) - _SHOWN} more)" if len(missing) > _SHOWN else ""
        yield Fault(
            name,
            f"it is not in the wheel{more}",
            "Name its folder in [tool.setuptools.package-data] of pyproject.toml.",
        )


def _imported(node: ast.AST) -> Iterator[str]:
    """The modules that a statement imports; what comes from `risk` itself by its full name."""
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        if node.module == "risk":
            hidden = (alias.name for alias in node.names if alias.name not in _FACE)
            yield from (f"risk.{name}" for name in hidden)
        else:
            yield node.module


def _within(name: str, package: str) -> bool:
    return name == package or name.startswith(f"{package}.")


def _package_folder(package: str) -> Path:
    """The folder of a package, or the file of a module."""
    spec = find_spec(package)
    if spec is None or spec.origin is None:
        raise NotChecked(f"the source of {package} is not on this machine")
    file = Path(spec.origin)
    return file.parent if file.name == "__init__.py" else file


def _project_of(package: Path, distribution: str) -> Path:
    """The folder with the pyproject.toml that the package is installed from."""
    for folder in list(package.parents)[:2]:
        file = folder / "pyproject.toml"
        if not file.is_file():
            continue
        named = tomllib.loads(file.read_text(encoding="utf-8")).get("project", {}).get("name", "")
        if named.replace("_", "-").lower() == distribution.replace("_", "-").lower():
            return folder
    raise NotChecked("it is not installed from its source folder (pip install -e FOLDER)")


def _built(source: Path, scratch: Path) -> tuple[frozenset[str] | None, str]:
    """The names of the files in the wheel; None, and what the build said last, where it failed."""
    target = scratch / "wheel"
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(target)]
    done = subprocess.run(
        [*command, str(source)], cwd=scratch, capture_output=True, text=True, errors="replace"
    )
    wheels = list(target.glob("*.whl"))
    if done.returncode or not wheels:
        return None, " ".join((done.stdout + done.stderr).split()[-30:])
    with zipfile.ZipFile(wheels[0]) as built:
        return frozenset(built.namelist()), ""


def _files(package: Path) -> Iterator[str]:
    """What belongs to the package, named as in a wheel; nothing that editors leave behind."""
    if package.is_file():
        yield package.name
        return
    for file in sorted(package.rglob("*")):
        path = file.relative_to(package.parent)
        hidden = any(part.startswith(".") or part == "__pycache__" for part in path.parts)
        if file.is_file() and not hidden and not file.name.endswith(("~", ".pyc")):
            yield path.as_posix()
