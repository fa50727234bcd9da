"""A YAML file as plain values that know their lines.

Every scalar stays the text that was written: YAML 1.1 would make `no` a boolean, `12:30` the
number 750 and the code `0123` the number 83. Whoever wants a number or a date makes it of the text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

import yaml

from risk.errors import KnowledgeError

Steps = tuple[str | int, ...]
_Parser: Final[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
NULLS: Final = frozenset({"", "~", "null", "Null", "NULL"})
_DEEPEST: Final = 30
# The C parser recurses without looking: tens of thousands of levels end the process.
_SURELY_SHALLOW: Final = 2000
REMEDY: Final = "Correct the file at the lines named, then run the command again."
# How people who do not know YAML break a line, and what to tell them.
_SLIPS: Final = {
    r"\s*\t": "a tab indents the line; use spaces",
    r"\s*(- )?\w+：": "the colon is full-width; write `field: value` with : and a space",
    r".*:\s+\{\w+\}\s*\S": "a text that begins with { must stand in quotes",
}


class _Loader(_Parser):  # type: ignore[misc]
    """A loader that does not ask what type a scalar might be: the kernel takes it as text."""

    def resolve(self, kind: type[yaml.Node], value: str, implicit: object) -> str:
        """The tag of any node that is not tagged in the file."""
        return "tag:yaml.org,2002:str"

    def descend_resolver(self, current_node: object, current_index: object) -> None:
        """Nothing depends on where a node lies."""

    def ascend_resolver(self) -> None:
        """Nothing depends on where a node lies."""


@dataclass(frozen=True)
class Document:
    """One parsed file: its name within the data folder, its values, and where each stands."""

    name: str
    value: Any
    root: yaml.Node

    def line(self, path: Sequence[str | int]) -> int:
        """Give the line of the value at `path`, or of the nearest thing above it."""
        node: yaml.Node | None = self.root
        line = self.root.start_mark.line
        for step in path:
            line, node = _child(node, step, line)
            if node is None:
                break
        return int(line) + 1

    def where(self, path: Sequence[str | int], field: Sequence[str | int] = ()) -> str:
        """Say file, line and field of what lies at `field` below `path`; lists count from 1."""
        place = f"{self.name} line {self.line((*path, *field))}"
        steps = ".".join(str(step + 1) if isinstance(step, int) else step for step in field)
        return f"{place}, field {steps}" if steps else place

    def paths_to(self, name: str, *, keys: bool = True) -> Iterator[Steps]:
        """Yield the steps to every value that is `name`, and to every field where `keys` count."""
        return _paths(self.value, name, (), keys)


def parse(name: str, content: bytes) -> Document:
    """Give the file's values; KnowledgeError names every line that cannot be taken as it is."""
    text = _decode(name, content)
    root = _compose(name, text)
    if root is None:
        raise KnowledgeError(f"{name}: the file is empty", REMEDY)
    builder = _Builder(text)
    document = Document(name, builder.value(root, 0), root)
    if builder.faults:
        lines = (f"{name} line {line + 1}: {what}" for line, what in builder.faults)
        raise KnowledgeError("\n".join(lines), REMEDY)
    return document


def _child(node: yaml.Node | None, step: str | int, line: int) -> tuple[int, yaml.Node | None]:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == step:
                return key.start_mark.line, value
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        item: yaml.Node = node.value[step]
        return item.start_mark.line, item
    return line, None


def _paths(value: Any, name: str, above: Steps, keys: bool) -> Iterator[Steps]:
    if isinstance(value, dict):
        for key, part in value.items():
            if keys and key == name:
                yield (*above, key)
            yield from _paths(part, name, (*above, key), keys)
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _paths(part, name, (*above, index), keys)
    elif value == name:
        yield above


def _decode(name: str, content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise KnowledgeError(
            f"{name} line {line}: the file is not UTF-8", "Save it in the encoding UTF-8."
        ) from None


def _compose(name: str, text: str) -> yaml.Node | None:
    if _nests_too_deep(text):
        raise KnowledgeError(f"{name}: lists and groups are nested too deep", REMEDY)
    try:
        root: yaml.Node | None = yaml.compose(text, Loader=_Loader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, what = _plain_fault(text, mark.line if mark else 0, error.problem or "")
        raise KnowledgeError(f"{name} line {line + 1}: {what}", REMEDY) from None
    except yaml.reader.ReaderError as error:
        line = text.partition(chr(error.character))[0].count("\n")
        raise KnowledgeError(f"{name} line {line + 1}: an unprintable character", REMEDY) from None
    return root


def _nests_too_deep(text: str) -> bool:
    longest = max(map(len, text.splitlines()), default=0)
    if text.count("[") + text.count("{") + 2 * longest < _SURELY_SHALLOW:
        return False
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _SURELY_SHALLOW:
                return True
    except yaml.YAMLError:
        pass  # said better by the reader proper, which stops at the same place
    return False


def _plain_fault(text: str, line: int, problem: str) -> tuple[int, str]:
    lines = text.splitlines()
    # The parser often notices a line late.
    for number in (n for n in (line, line - 1) if 0 <= n < len(lines)):
        for pattern, what in _SLIPS.items():
            if re.match(pattern, lines[number]):
                return number, what
    return line, f"not valid YAML ({problem}); a text with : or # or a leading mark needs quotes"


class _Builder:
    """Turns nodes into values and notes what a reader of the file would misread."""

    def __init__(self, text: str) -> None:
        self.faults: list[tuple[int, str]] = []
        self._text = text
        self._seen: set[int] = set()

    def value(self, node: yaml.Node, depth: int) -> Any:
        if id(node) in self._seen or self._text.startswith(("&", "!"), node.start_mark.index):
            self._fault(node, "a text that begins with & * or ! must stand in quotes")
            return None
        self._seen.add(id(node))
        if depth > _DEEPEST:
            self._fault(node, "lists and groups are nested too deep")
            return None
        if isinstance(node, yaml.ScalarNode):
            return None if not node.style and node.value in NULLS else node.value
        if isinstance(node, yaml.SequenceNode):
            return [self.value(item, depth + 1) for item in node.value]
        return self._group(node, depth)

    def _group(self, node: yaml.Node, depth: int) -> dict[str, Any]:
        values: dict[str, Any] = {}
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                self._fault(key, "a field's name must be a plain word")
            elif key.value in values:
                self._fault(key, f"{key.value} is given a second time")
            else:
                values[key.value] = self.value(value, depth + 1)
        return values

    def _fault(self, node: yaml.Node, what: str) -> None:
        self.faults.append((node.start_mark.line, what))
