"""The `data/` folder of a plugin: which files it has, and what they say."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterator
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from risk.errors import KnowledgeError

from .reading import Complaints
from .yamlfile import Document, parse

# What no adapter reads by: a change of it does not change what becomes of a source.
_NO_WORDS = frozenset(
    {"department.yaml", "places.yaml", "grading.yaml", "measures", "measures.yaml"}
)


class Folder:
    """A folder of YAML files; nothing of it is opened before it is asked for."""

    def __init__(self, find: Callable[[], Traversable]) -> None:
        self.find = find

    @classmethod
    def of_package(cls, package: str) -> Folder:
        """Give the folder `data` of a Python package."""
        return cls(lambda: _data_of(package))

    @classmethod
    def at(cls, path: str | Path) -> Folder:
        """Give the folder at `path`."""
        return cls(lambda: Path(path))

    def document(self, name: str) -> Document:
        """Give the file `name`; KnowledgeError if it is missing or not valid."""
        document = self.optional(name)
        if document is None:
            there = ", ".join(item.name for item in self._items(self._root())) or "nothing"
            raise KnowledgeError(f"{name} is missing", f"The data folder holds: {there}.")
        return document

    def optional(self, name: str) -> Document | None:
        """Give the file `name`, or None if it is not there."""
        file = self._root() / name
        return _read(name, file) if file.is_file() else None

    def documents(self, stem: str, complaints: Complaints) -> Iterator[Document]:
        """Yield `stem.yaml` and every file of the folder `stem`; complain of what is not YAML."""
        root = self._root()
        found = [(f"{stem}.yaml", root / f"{stem}.yaml")]
        found += [(f"{stem}/{item.name}", item) for item in self._items(root / stem)]
        found = [(name, file) for name, file in found if file.is_file()]
        if not found:
            complaints.add("the data folder", f"has neither {stem}.yaml nor files in {stem}/")
        for name, file in found:
            if not name.endswith(".yaml"):
                complaints.add(name, "would not be read: its name must end in .yaml")
                continue
            try:
                yield _read(name, file)
            except KnowledgeError as error:
                complaints.adopt(error)

    def every(self, besides: Collection[str] = ()) -> Iterator[Document]:
        """Yield every YAML file of the folder and the folders in it, but for those named."""
        for name, file in self._below(self._root(), ""):
            if name not in besides:
                yield _read(name, file)

    def digest(self) -> str:
        """Give eight hexadecimal digits of all by which an adapter may read a word."""
        read = hashlib.sha256()
        for name, file in self._below(self._root(), ""):
            if name.split("/")[0] not in _NO_WORDS:
                read.update(name.encode() + b"\0" + file.read_bytes() + b"\0")
        return read.hexdigest()[:8]

    def _below(self, folder: Traversable, prefix: str) -> Iterator[tuple[str, Traversable]]:
        for item in self._items(folder):
            if item.is_dir():
                yield from self._below(item, f"{prefix}{item.name}/")
            elif item.name.endswith(".yaml"):
                yield f"{prefix}{item.name}", item

    def _root(self) -> Traversable:
        root = self.find()
        if not root.is_dir():
            raise KnowledgeError(
                f"there is no folder {root}",
                "A plugin's YAML files stand in data/, which its pyproject.toml must ship.",
            )
        return root

    @staticmethod
    def _items(folder: Traversable) -> list[Traversable]:
        if not folder.is_dir():
            return []
        # Editors and file managers leave hidden files and backups behind.
        seen = (item for item in folder.iterdir() if not item.name.startswith((".", "~", "_")))
        return sorted(seen, key=lambda item: item.name)


def _data_of(package: str) -> Traversable:
    try:
        return files(package) / "data"
    except (ImportError, TypeError):
        raise KnowledgeError(
            f"{package} is no package with a folder data", "Write `Knowledge(__name__)` in it."
        ) from None


def _read(name: str, file: Traversable) -> Document:
    try:
        return parse(name, file.read_bytes())
    except OSError as error:
        raise KnowledgeError(f"{name} cannot be opened: {error.strerror or error}") from None
