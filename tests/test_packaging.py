"""Kernel and plugins build as separate wheels that hold their data files."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path, PurePath

import pytest

ROOT = Path(__file__).parents[1]
LEFT_OUT = shutil.ignore_patterns("*.egg-info", "build", "dist", "__pycache__")
# What a wheel must hold beside its Python files, as folder and number of files at least.
KERNEL_DATA = {
    "risk/analysis/policy/": 1,
    "risk/kernel/scaffold/": 13,
    "risk/py.typed": 1,
    "risk/web/static/": 1,
    "risk/web/templates/": 10,
}
TRAFFIC_DATA = {
    "risk_traffic/data/": 12,
    "risk_traffic/data/violation_types/": 3,
    "risk_traffic/data/measures/": 3,
    "risk_traffic/samples/": 1,
    "risk_traffic/py.typed": 1,
}


def _wheel(source: Path, folder: Path) -> list[str]:
    command = [
        sys.executable,
        "-m",
        "build",
        "--wheel",
        "--no-isolation",
        "--outdir",
        folder,
        source,
    ]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    (wheel,) = folder.glob("*.whl")
    return zipfile.ZipFile(wheel).namelist()


@pytest.fixture(scope="module")
def kernel(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    copy = tmp_path_factory.mktemp("kernel") / "source"
    copy.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, copy)
    shutil.copytree(ROOT / "core", copy / "core", ignore=LEFT_OUT)
    return _wheel(copy, copy.parent / "wheel")


@pytest.fixture(scope="module")
def traffic(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    copy = tmp_path_factory.mktemp("traffic") / "source"
    shutil.copytree(ROOT / "plugins" / "traffic", copy, ignore=LEFT_OUT)
    return _wheel(copy, copy.parent / "wheel")


def test_the_kernels_wheel_holds_every_module_and_data_file(kernel: list[str]) -> None:
    modules = {
        path.relative_to(ROOT / "core").as_posix() for path in (ROOT / "core/risk").rglob("*.py")
    }
    assert modules <= set(kernel)
    _holds(kernel, KERNEL_DATA)


def test_the_kernels_wheel_holds_no_department_and_no_test(kernel: list[str]) -> None:
    tests = [name for name in kernel if "tests/" in name or PurePath(name).match("test_*.py")]
    assert not tests
    assert not [name for name in kernel if "risk_traffic" in name]


def test_the_plugins_wheel_holds_its_knowledge_and_its_sample(traffic: list[str]) -> None:
    _holds(traffic, TRAFFIC_DATA)


def test_the_plugins_wheel_holds_nothing_of_the_kernel(traffic: list[str]) -> None:
    assert not [name for name in traffic if name.startswith("risk/")]


def _holds(names: list[str], wanted: dict[str, int]) -> None:
    for prefix, least in wanted.items():
        assert sum(name.startswith(prefix) for name in names) >= least, prefix
