"""The installation's secret, which keys every pseudonym."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path

import click

from risk.errors import StoreError

VARIABLE = "RISK_SECRET_FILE"
_LENGTH = 32


def installation_secret() -> str:
    """The secret in the user's configuration folder, or in the file that RISK_SECRET_FILE names.

    It is made at first use, readable by its owner only. Whoever has it can test whether a known
    plate or name is behind a pseudonym, so it must not travel with a database.
    """
    path = Path(os.environ.get(VARIABLE) or Path(click.get_app_dir("risk")) / "secret")
    try:
        if not path.exists():
            _make(path)
        secret = path.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise StoreError(
            f"{path}: the installation's secret cannot be read or made ({error}).",
            f"Make the folder writable, or name another file in {VARIABLE}.",
        ) from error
    if len(secret) < _LENGTH // 2:
        raise StoreError(
            f"{path}: the installation's secret is too short to keep pseudonyms safe.",
            "Restore it from a backup; deleting it makes a new one, and all sources must be re-read.",
        )
    return secret


def mark_of(secret: str) -> str:
    """Eight hexadecimal digits by which a secret is told from another one, and not found out."""
    return hashlib.sha256(f"mark of {secret}".encode()).hexdigest()[:8]


def _make(path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(secrets.token_hex(_LENGTH // 2))
    try:
        # Two first runs at once: a link fails where the other was quicker, and its secret stands.
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:
        os.replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)
