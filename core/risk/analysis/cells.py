"""Counts by scope as aligned arrays, in which every text is a small number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from risk.model.point import Scope, ScopeKind

if TYPE_CHECKING:
    import pyarrow as pa

IntArray = npt.NDArray[np.int64]

SCOPE_COLUMNS: Mapping[ScopeKind, tuple[str, ...]] = {
    "city": (),
    "place": ("district", "place"),
    "time_band": ("time_band",),
    "industry": ("industry",),
    "behaviour": ("behaviour",),
    "place_time": ("district", "place", "time_band"),
}
# Up to so many possible combinations of texts are looked up, which is faster than sorting them.
_LARGEST_LOOKUP = 1 << 24


@dataclass(frozen=True, slots=True)
class Cells:
    """Counts of all scopes of one kind: aligned columns, one entry a violation type and scope.

    Text columns hold codes; `words` says what these stand for, None for what is not known. Codes
    are ordered as the texts are, so that nothing hangs on the order in which the entries came.
    """

    kind: ScopeKind
    columns: Mapping[str, npt.NDArray[Any]]
    words: Mapping[str, Sequence[str | None]]

    @classmethod
    def of(cls, kind: ScopeKind, table: pa.Table) -> Cells:
        """The cells in a table of counts by violation type and the kind's scope columns."""
        texts = ("violation", *SCOPE_COLUMNS[kind])
        encoded = {name: _encoded(table[name]) for name in texts}
        numbers = {name: table[name].to_numpy() for name in table.column_names if name not in texts}
        codes = {name: code for name, (code, _) in encoded.items()}
        words = {name: known for name, (_, known) in encoded.items()}
        return cls(kind, codes | numbers, words)

    def __len__(self) -> int:
        return len(self.columns["violation"])

    def word(self, name: str, row: int) -> str | None:
        """The text of one entry."""
        return self.words[name][int(self.columns[name][row])]

    def scope(self, row: int) -> Scope:
        """The scope of one entry."""
        parts = {name: self.word(name, row) for name in SCOPE_COLUMNS[self.kind]}
        return Scope(kind=self.kind, **parts)

    def numbered(self, *names: str) -> IntArray:
        """A number for each combination of the texts of some columns, from 0 without gaps."""
        combined, size = np.zeros(len(self), dtype=np.int64), 1
        for name in names:
            combined = combined * len(self.words[name]) + self.columns[name]
            size *= len(self.words[name])
        if size > _LARGEST_LOOKUP:
            return np.unique(combined, return_inverse=True)[1].astype(np.int64)
        seen = np.zeros(size, dtype=bool)
        seen[combined] = True
        numbers: IntArray = (np.cumsum(seen) - 1)[combined]
        return numbers

    def by_violation(self) -> list[IntArray]:
        """The entries of each violation type."""
        violation = self.columns["violation"]
        # Small integers are sorted in linear time.
        small = violation.astype(np.min_scalar_type(len(self.words["violation"])))
        order = np.argsort(small, kind="stable")
        return np.split(order, np.flatnonzero(np.diff(violation[order])) + 1)


def _encoded(texts: pa.ChunkedArray) -> tuple[IntArray, list[str | None]]:
    """Codes that are ordered as the texts are, a missing one last; and the texts."""
    whole = texts.combine_chunks().dictionary_encode(null_encoding="encode")
    words: list[str | None] = whole.dictionary.to_pylist()
    ranked = sorted(range(len(words)), key=lambda code: (words[code] is None, words[code] or ""))
    place = np.empty(len(words), dtype=np.int64)
    place[ranked] = np.arange(len(words))
    return place[whole.indices.to_numpy()], [words[code] for code in ranked]
