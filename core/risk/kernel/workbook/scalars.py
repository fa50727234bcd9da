"""Values as YAML text that reads back as the very same texts."""

from __future__ import annotations

import re
from typing import Any

from risk.kernel.yamlfile import NULLS

# What a plain text may not begin with, hold, or end in; elsewhere it stands without quotes.
_UNSAFE = re.compile(
    r"^[-?:,\[\]{}#&*!|>'\"%@`=<\s]|: |:$|\s#|\s$|[^\S ]|[\x00-\x1f\x7f-\x9f\ufeff]"
)
_UNSAFE_IN_FLOW = re.compile(r"[,\[\]{}]|:[\s\"']")
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t"}


def scalar(text: str, style: str | None = None) -> str:
    """The text as a YAML scalar for any place; in quotes where `style` is a quote or it must be."""
    if style not in ("'", '"') and text not in NULLS and not _must_be_quoted(text):
        return text
    if style == "'" or not re.search(r"[^\x20-\x7e\xa0-\ufefe]", text):
        if not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\x85\ufeff]", text):
            quote = "'" if style == "'" or '"' in text or "\\" in text else '"'
            return f"'{text.replace(chr(39), chr(39) * 2)}'" if quote == "'" else f'"{text}"'
    return '"' + "".join(_ESCAPES.get(char, char) for char in text) + '"'


def flow(value: Any) -> str:
    """A value on one line: a text, a list in [ ] or a group in { }."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{name}: {flow(part)}" for name, part in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(flow(part) for part in value) + "]"
    return scalar(str(value))


def block(entry: dict[str, Any], indent: str) -> list[str]:
    """An entry of a block list as lines without line ends, the first with its dash."""
    lines = []
    for name, value in entry.items():
        if isinstance(value, list) and any(isinstance(part, dict) for part in value):
            lines.append(f"{name}:")
            lines += [f"  - {flow(part)}" for part in value]
        else:
            lines.append(f"{name}: {flow(value)}")
    return [f"{indent}{'- ' if not number else '  '}{line}" for number, line in enumerate(lines)]


def _must_be_quoted(text: str) -> bool:
    return bool(_UNSAFE.search(text) or _UNSAFE_IN_FLOW.search(text))
