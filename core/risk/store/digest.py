"""Digests of content: equal content, equal digest, on any machine and at any time."""

from __future__ import annotations

import hashlib
import json
from typing import Any


def digest(content: Any) -> str:
    """The SHA-256 of JSON-like `content`, keys sorted, floats to ten significant digits."""
    text = json.dumps(_steady(content), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _steady(content: Any) -> Any:
    # The last digits of a sum depend on how the engine split the work; they are no new evidence.
    if isinstance(content, float):
        return format(content, ".10g")
    if isinstance(content, dict):
        return {key: _steady(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [_steady(value) for value in content]
    return content
