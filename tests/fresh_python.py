"""A virtual environment of a test's own, in which it may install what it likes."""

from __future__ import annotations

import os
import subprocess
import sysconfig
import venv
from collections.abc import Sequence
from pathlib import Path

# What lies beside the running Python is lent to the new one: nothing is fetched, nothing built
# apart, and what is installed goes only into the new one.
OFFLINE = ("--no-deps", "--no-build-isolation", "--no-index", "--disable-pip-version-check")


class FreshPython:
    """A new environment in `folder` that sees the packages of the running one."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        venv.EnvBuilder(symlinks=True).create(folder)
        self.bin = folder / ("Scripts" if os.name == "nt" else "bin")
        lend(folder)

    def environment(self) -> dict[str, str]:
        """The variables of a shell in which it is activated, with a secret of its own.

        Plugins of pytest that are lent to it stay unused.
        """
        path = f"{self.bin}{os.pathsep}{os.environ.get('PATH', '')}"
        own = {"PATH": path, "VIRTUAL_ENV": str(self.folder), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
        return os.environ | own | {"RISK_SECRET_FILE": str(self.folder / "secret")}

    def python(
        self, *arguments: str | Path, cwd: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """Run its Python with the arguments."""
        return subprocess.run(
            [str(self.bin / "python"), *map(str, arguments)],
            cwd=cwd,
            env=self.environment(),
            capture_output=True,
            encoding="utf-8",
        )

    def install(self, *what: str | Path) -> None:
        """Install from folders on this machine, without a network."""
        done = self.python("-m", "pip", "install", "--quiet", *OFFLINE, *what)
        assert done.returncode == 0, said(done)


def lend(folder: Path) -> None:
    """Let the environment in `folder` see the packages of the running one."""
    (site,) = folder.glob("lib/python*/site-packages")
    lent = sysconfig.get_path("purelib")
    # Before its own, since the setuptools that came with an older Python builds no wheels.
    line = f"import site, sys; sys.path.insert(0, {lent!r}); site.addsitedir({lent!r})\n"
    (site / "lent.pth").write_text(line, "utf-8")


def said(done: subprocess.CompletedProcess[str], last: int = 4000) -> str:
    """The end of what a command printed, for the message of a failed test."""
    parts: Sequence[str] = (done.stdout or "", done.stderr or "")
    return "\n".join(part[-last:] for part in parts)
