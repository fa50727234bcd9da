"""Plugins for tests are real distributions on sys.path: nothing of importlib is mocked."""

from __future__ import annotations

import datetime as dt
import importlib
import shutil
import sys
from collections.abc import Iterator, Mapping
from importlib.metadata import entry_points
from pathlib import Path
from typing import NamedTuple, Protocol

import pytest

from risk import __version__
from risk.kernel.plugins import Kernel
from risk.kernel.scaffold.writing import write_plugin
from risk.model.result import RunResult
from risk.progress import Silent
from risk.run import Request, run

from .police_files import GOOD, account, read


class Install(Protocol):
    """Installs a plugin `name` whose package consists of `code`; gives the package's folder.

    `files` are further files in the package, by their path; `entry_points` replaces the text of
    entry_points.txt.
    """

    def __call__(
        self,
        name: str,
        code: str,
        *,
        distribution: str | None = None,
        version: str = "1.0",
        module: str | None = None,
        files: Mapping[str, str] | None = None,
        entry_points: str | None = None,
    ) -> Path: ...


# A file of a plugin's package (or its pyproject.toml), a text in it, and what it becomes.
Change = tuple[str, str, str]


class Plant(Protocol):
    """Writes the new plugin `parks` with changes, as if installed from its folder; gives that."""

    def __call__(self, *changes: Change) -> Path: ...


class Load(Protocol):
    """Loads the kernel with the plugins of the test and none that happen to be installed."""

    def __call__(self, *without: str) -> Kernel: ...


class Sample(NamedTuple):
    """The database that the traffic plugin's sample gives, and the result of the run."""

    db: Path
    result: RunResult


@pytest.fixture
def db(tmp_path: Path) -> Path:
    """Where a database can be made; there is none yet."""
    return tmp_path / "risk.db"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder, in which the secret of this installation is going to lie."""
    monkeypatch.setenv("RISK_SECRET_FILE", str(tmp_path / "secret"))
    return tmp_path


@pytest.fixture(scope="session")
def _of_the_police(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("police")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(folder / "secret"))
        assert account(read(folder, GOOD)) == (20, 20, 0, 0, 0)
    return folder


@pytest.fixture
def with_good(folder: Path, _of_the_police: Path) -> Path:
    """The folder, in which an earlier run has read GOOD as export.csv into risk.db."""
    shutil.copytree(_of_the_police, folder, dirs_exist_ok=True)
    return folder


@pytest.fixture(scope="session")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Sample:
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("RISK_SECRET_FILE", str(folder / "secret"))
        request = Request(database=folder / "risk.db", today=dt.date(2026, 11, 24))
        return Sample(
            request.database, run(Kernel.load().plugin("traffic"), request, Silent()).result
        )


@pytest.fixture(scope="session")
def plugins_of_this_python() -> tuple[str, ...]:
    return tuple({point.name for point in entry_points(group="risk")})


@pytest.fixture
def install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, plugins_of_this_python: tuple[str, ...]
) -> Iterator[Install]:
    site = tmp_path / "site"
    site.mkdir()
    monkeypatch.syspath_prepend(str(site))
    before = set(sys.modules)

    def write(
        name: str,
        code: str,
        *,
        distribution: str | None = None,
        version: str = "1.0",
        module: str | None = None,
        files: Mapping[str, str] | None = None,
        entry_points: str | None = None,
    ) -> Path:
        distribution = distribution or f"city-risk-{name}"
        module = module or f"risk_{name}_plugin"
        package = site / module
        metadata = site / f"{distribution.replace('-', '_')}-{version}.dist-info"
        texts = {package / path: text for path, text in (files or {}).items()} | {
            package / "__init__.py": code,
            metadata / "METADATA": (
                f"Metadata-Version: 2.1\nName: {distribution}\nVersion: {version}\n"
            ),
            metadata / "entry_points.txt": entry_points or f"[risk]\n{name} = {module}\n",
        }
        for path, text in texts.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        importlib.invalidate_caches()
        return package

    yield write
    for name in set(sys.modules) - before:
        if str(getattr(sys.modules[name], "__file__", None) or "").startswith(str(site)):
            del sys.modules[name]


@pytest.fixture
def load(plugins_of_this_python: tuple[str, ...]) -> Load:
    def load_without(*without: str) -> Kernel:
        return Kernel.load(without={*plugins_of_this_python, *without})

    return load_without


@pytest.fixture
def plant(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Plant]:
    before = set(sys.modules)

    def written(*changes: Change) -> Path:
        project = write_plugin("parks", tmp_path, __version__)
        package = project / "src" / "risk_parks"
        for file, old, new in changes:
            path = project / file if file == "pyproject.toml" else package / file
            text = path.read_text(encoding="utf-8")
            assert old in text, f"{file} does not hold {old}"
            path.write_text(text.replace(old, new), encoding="utf-8")
        metadata = package.parent / "city_risk_parks-0.1.0.dist-info"
        metadata.mkdir()
        (metadata / "METADATA").write_text(
            "Metadata-Version: 2.1\nName: city-risk-parks\nVersion: 0.1.0\n", encoding="utf-8"
        )
        (metadata / "entry_points.txt").write_text("[risk]\nparks = risk_parks\n", encoding="utf-8")
        monkeypatch.syspath_prepend(str(package.parent))
        importlib.invalidate_caches()
        return project

    yield written
    for name in set(sys.modules) - before:
        if name.startswith("risk_parks"):
            del sys.modules[name]
