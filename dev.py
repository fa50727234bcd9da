"""Run a command of the project in an environment that has everything: `python3 dev.py risk run …`.

Makes `.venv` beside this file at first use, and again when a file that says what is installed has
changed. Needs Python 3.11 or newer and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
VENV = HERE / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
STAMP = VENV / "made-from"
OLDEST = (3, 11)


def main() -> int:
    """Make the environment if need be and run the command in it."""
    if sys.version_info < OLDEST:
        print(f"Python {'.'.join(map(str, OLDEST))} or newer is needed.", file=sys.stderr)
        return 1
    if len(sys.argv) < 2:
        print(
            "Usage: python3 dev.py COMMAND [ARGUMENT]...   e.g. risk plugins, pytest",
            file=sys.stderr,
        )
        return 2
    fingerprint = _fingerprint()
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != fingerprint:
        if not _make():
            return 1
        STAMP.write_text(fingerprint, encoding="utf-8")
    environment = os.environ | {
        "VIRTUAL_ENV": str(VENV),
        "PATH": f"{BIN}{os.pathsep}{os.environ.get('PATH', '')}",
    }
    environment.pop("PYTHONHOME", None)
    return _run(sys.argv[1], sys.argv[2:], environment)


def _run(command: str, arguments: list[str], environment: dict[str, str]) -> int:
    program = shutil.which(command, path=environment["PATH"])
    if program is None:
        print(
            f"There is no command {command}, in .venv or elsewhere. Use e.g. risk plugins, pytest.",
            file=sys.stderr,
        )
        return 2
    try:
        return subprocess.call([program, *arguments], env=environment)
    except OSError as error:
        print(f"{program} cannot be run: {error.strerror}.", file=sys.stderr)
        return 1


def _make() -> bool:
    print("Setting up .venv (once; a minute or so) ...", file=sys.stderr)
    if subprocess.call([sys.executable, "-m", "venv", "--clear", str(VENV)]) != 0:
        print(
            "The environment could not be made. On Debian or Ubuntu: apt install python3-venv",
            file=sys.stderr,
        )
        return False
    python = BIN / ("python.exe" if os.name == "nt" else "python")
    install = [str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if subprocess.call([*install, "-r", "requirements.txt"], cwd=HERE) != 0:
        print("Installing failed; is a package index reachable? Run again.", file=sys.stderr)
        return False
    return True


def _fingerprint() -> str:
    digest = hashlib.sha256(f"{sys.version_info[:2]}|{HERE}".encode())
    names = ("setup.cfg", "pyproject.toml", "requirements.txt")
    for path in [*(HERE / name for name in names), *sorted(HERE.glob("plugins/*/pyproject.toml"))]:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


if __name__ == "__main__":
    sys.exit(main())
