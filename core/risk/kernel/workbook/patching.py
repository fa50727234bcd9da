"""Changes a YAML text only where a value changes: comments, order and layout stay, byte for byte."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import Any

import yaml

from risk.kernel.yamlfile import Document

from .scalars import block, flow, scalar
from .tree import Entry

Pair = tuple[yaml.Node, yaml.Node]


@dataclass(frozen=True, slots=True)
class Patch:
    """Text to stand from `start` to `end`; `depth` orders what is put in at the same place."""

    start: int
    end: int
    text: str
    depth: int


def patched(text: str, document: Document, new: Any) -> str:
    """The text of the file with its values changed to `new`, whose entries know their origin."""
    patcher = _Patcher(text)
    patches = list(patcher.of(document.root, document.value, new, 0))
    # From the end to the start, so that places stay true; of those at one place the innermost
    # comes out first.
    for patch in sorted(patches, key=lambda p: (p.start, p.end, -p.depth), reverse=True):
        text = text[: patch.start] + patch.text + text[patch.end :]
    return text


class _Patcher:
    def __init__(self, text: str) -> None:
        self._text = text
        self._break = "\r\n" if "\r\n" in text else "\n"

    def of(self, node: yaml.Node, old: Any, new: Any, depth: int) -> Iterator[Patch]:
        """The patches that bring a node from one value to the other."""
        if isinstance(node, yaml.MappingNode) and isinstance(new, dict):
            yield from self._group(node, old, new, depth)
        elif isinstance(node, yaml.SequenceNode) and any(isinstance(v, Entry) for v in new or ()):
            yield from self._entries(node, old, new, depth)
        elif old != new:
            yield self._replace(node, new, depth)

    def _replace(self, node: yaml.Node, new: Any, depth: int) -> Patch:
        start, end = node.start_mark.index, self._end(node)
        if isinstance(node, yaml.SequenceNode) and not node.flow_style and new:
            indent = " " * node.start_mark.column
            lines = [f"- {flow(value)}" for value in new]
            return Patch(start, end, f"{self._break}{indent}".join(lines), depth)
        style = node.style if isinstance(node, yaml.ScalarNode) else None
        text = scalar(new, style) if isinstance(new, str) else flow(new)
        return Patch(start, end, text if end > start else f" {text}", depth)

    def _group(
        self, node: yaml.MappingNode, old: dict[str, Any], new: dict[str, Any], depth: int
    ) -> Iterator[Patch]:
        pairs: list[Pair] = node.value
        kept = [pair for pair in pairs if pair[0].value in new]
        if new and not kept:
            yield self._replace(node, new, depth)
            return
        for key, value in kept:
            yield from self.of(value, old[key.value], new[key.value], depth + 1)
        yield from self._removed(node, pairs, [pair in kept for pair in pairs], depth)
        known = {key.value for key, _ in pairs}
        added = [f"{name}: {flow(value)}" for name, value in new.items() if name not in known]
        if not added:
            return
        if node.flow_style:
            joined = ", ".join(added)
            place = self._end(kept[-1][1])
            yield Patch(place, place, f", {joined}", depth)
        else:
            indent = " " * pairs[0][0].start_mark.column
            lines = [f"{indent}{line}" for line in added]
            yield self._lines_after(self._end(kept[-1][1]), lines, depth)

    def _entries(
        self, node: yaml.SequenceNode, old: list[Any], new: list[Any], depth: int
    ) -> Iterator[Patch]:
        stay = {entry.origin: entry for entry in new if entry.origin is not None}
        added = [entry for entry in new if entry.origin is None]
        if not stay:
            yield self._anew(node, added, depth)
            return
        for index, entry in stay.items():
            yield from self.of(node.value[index], old[index], entry, depth + 1)
        pairs = [(item, item) for item in node.value]
        yield from self._removed(node, pairs, [i in stay for i in range(len(pairs))], depth)
        if not added:
            return
        last = self._end(node.value[max(stay)])
        if node.flow_style:
            yield Patch(last, last, "".join(f", {flow(entry)}" for entry in added), depth)
            return
        yield self._lines_after(last, list(self._new_entries(node, added)), depth)

    def _new_entries(self, node: yaml.SequenceNode, added: Sequence[Entry]) -> Iterator[str]:
        """The lines of new entries, laid out like the entry that stands last."""
        indent = " " * node.start_mark.column
        model = node.value[-1]
        for entry in added:
            if model.flow_style:
                yield f"{indent}- {flow(entry)}"
                continue
            if self._blank_before(model):
                yield ""
            yield from block(entry, indent)

    def _anew(self, node: yaml.SequenceNode, added: Sequence[Entry], depth: int) -> Patch:
        """The whole list written anew, none of whose entries stays."""
        start, end = node.start_mark.index, self._end(node)
        if node.flow_style:
            return Patch(start, end, flow(list(added)), depth)
        lines = list(self._new_entries(node, added))
        return Patch(start, end, self._break.join(lines).strip(), depth)

    def _removed(
        self, node: yaml.Node, pairs: Sequence[Pair], stays: Sequence[bool], depth: int
    ) -> Iterator[Patch]:
        """Takes pairs of a group, or items of a list, out of the text."""
        leading = len(list(takewhile(lambda stay: not stay, stays)))
        in_line = getattr(node, "flow_style", False)
        # A group begins on the line of its dash, which must stay; so must the bracket.
        joined = in_line or isinstance(node, yaml.MappingNode)
        if leading and joined and leading < len(pairs):
            yield Patch(_start(pairs[0]), _start(pairs[leading]), "", depth)
        for index, (pair, stay) in enumerate(zip(pairs, stays, strict=True)):
            if stay or (index < leading and joined):
                continue
            if in_line:
                yield Patch(self._end(pairs[index - 1][1]), self._end(pair[1]), "", depth)
            else:
                start = self._text.rfind("\n", 0, _start(pair)) + 1
                yield Patch(start, self._next_line(self._end(pair[1])), "", depth)

    def _lines_after(self, place: int, lines: Sequence[str], depth: int) -> Patch:
        """Whole lines below the line of `place`."""
        start = self._next_line(place)
        text = "".join(f"{line}{self._break}" for line in lines)
        if not self._text[:start].endswith("\n"):
            text = self._break + text.removesuffix(self._break)
        return Patch(start, start, text, depth)

    def _next_line(self, place: int) -> int:
        found = self._text.find("\n", place)
        return len(self._text) if found < 0 else found + 1

    def _blank_before(self, node: yaml.Node) -> bool:
        line = self._text.rfind("\n", 0, node.start_mark.index)
        return line > 0 and not self._text[self._text.rfind("\n", 0, line) + 1 : line].strip()

    def _end(self, node: yaml.Node) -> int:
        """Where what is written of a node ends: the parser's mark may lie lines further on."""
        if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
            last = node.value[-1]
            return self._end(last[1] if isinstance(last, tuple) else last)
        end: int = node.end_mark.index
        if isinstance(node, yaml.ScalarNode) and node.style in ("|", ">"):
            return len(self._text[:end].rstrip())
        return end


def _start(pair: Pair) -> int:
    return int(pair[0].start_mark.index)
