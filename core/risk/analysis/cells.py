"""Counts by scope as aligned arrays, in which every text is a small number."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from risk.model.point import Scope, ScopeKind

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

    Text columns hold codes; `words` says what these stand for, null for what is not known. Codes
    are ordered as the texts are, so that nothing hangs on the order in which the entries came.
    """

    kind: ScopeKind
    columns: Mapping[str, npt.NDArray[Any]]
    words: Mapping[str, pa.Array]

    def __len__(self) -> int:
        return len(self.columns["violation"])

    def word(self, name: str, row: int) -> str | None:
        """The text of one entry."""
        text: str | None = self.words[name][int(self.columns[name][row])].as_py()
        return text

    def scope(self, row: int) -> Scope:
        """The scope of one entry."""
        parts = {name: self.word(name, row) for name in SCOPE_COLUMNS[self.kind]}
        return Scope(kind=self.kind, **parts)

    def numbered(self, *names: str) -> IntArray:
        """A number for each combination of the texts of some columns, from 0 without gaps."""
        combined, size = self._combined(names)
        if size > _LARGEST_LOOKUP:
            return np.unique(combined, return_inverse=True)[1].astype(np.int64)
        seen = np.zeros(size, dtype=bool)
        seen[combined] = True
        numbers: IntArray = (np.cumsum(seen) - 1)[combined]
        return numbers

    def grouped(self, *names: str) -> tuple[IntArray, IntArray]:
        """The entries ordered by some columns, and where in that order each combination starts."""
        combined, _ = self._combined(names)
        order = np.argsort(combined, kind="stable")
        return order, np.flatnonzero(np.diff(combined[order], prepend=-1))

    def _combined(self, names: Sequence[str]) -> tuple[IntArray, int]:
        combined, size = np.zeros(len(self), dtype=np.int64), 1
        for name in names:
            combined = combined * len(self.words[name]) + self.columns[name]
            size *= len(self.words[name])
        return combined, size

    def where(self, chosen: npt.NDArray[np.bool_]) -> Cells:
        """The chosen entries."""
        if chosen.all():
            return self
        columns = {name: column[chosen] for name, column in self.columns.items()}
        return Cells(self.kind, columns, self.words)

    def by_violation(self) -> list[IntArray]:
        """The entries of each violation type."""
        violation = self.columns["violation"]
        # Small integers are sorted in linear time.
        small = violation.astype(np.min_scalar_type(len(self.words["violation"])))
        order = np.argsort(small, kind="stable")
        return np.split(order, np.flatnonzero(np.diff(violation[order])) + 1)


@dataclass(frozen=True, slots=True)
class Counts:
    """Counts by violation type and several scope columns, from which kinds of scope are rolled up."""

    columns: Mapping[str, npt.NDArray[Any]]
    words: Mapping[str, pa.Array]

    @classmethod
    def of(cls, table: pa.Table, *scope: str) -> Counts:
        """The counts in a table, whose texts are `violation` and `scope`; the rest are numbers.

        Where all texts are those of one kind of scope, each combination stands in one row. Days are
        numbers too, counted from 1970: numpy's own dates take twice the memory.
        """
        texts = ("violation", *scope)
        encoded = {name: _encoded(table[name]) for name in texts}
        numbers = {
            name: _plain(table[name]).to_numpy() for name in table.column_names if name not in texts
        }
        codes = {name: code for name, (code, _) in encoded.items()}
        return cls(codes | numbers, {name: words for name, (_, words) in encoded.items()})

    def rolled_up(
        self, kind: ScopeKind, needed: Sequence[str], merged: Mapping[str, np.ufunc]
    ) -> Cells:
        """The cells of a kind: entries that are alike in its scope columns made one.

        Entries that lack one of the `needed` columns belong to no scope of the kind. `merged` says
        how a number is made of several; those it does not name are added up.
        """
        names = ("violation", *SCOPE_COLUMNS[kind])
        words = {name: self.words[name] for name in names}
        words |= {name: words[name].drop_null() for name in needed}
        # A missing text has the last code.
        whole = [self.columns[name] < len(words[name]) for name in names]
        rows = Cells(kind, self.columns, words).where(np.logical_and.reduce(whole))
        if self.words.keys() == set(names):
            return rows
        order, starts = rows.grouped(*names)
        columns = {name: rows.columns[name][order[starts]] for name in names}
        for name in rows.columns.keys() - self.words.keys():
            entries = rows.columns[name][order]
            merge = merged.get(name, np.add)
            made = merge.reduceat(entries, starts) if len(rows) else entries
            # Left to itself, numpy widens sums.
            columns[name] = made.astype(entries.dtype, copy=False)
        return Cells(kind, columns, words)

    def total(self, of: str, by: str) -> dict[int, int]:
        """The sum of one number for each value of another."""
        values, where = np.unique(self.columns[by], return_inverse=True)
        sums = np.bincount(where, weights=self.columns[of])
        return {int(value): int(total) for value, total in zip(values, sums, strict=True)}


def _plain(numbers: pa.ChunkedArray) -> pa.ChunkedArray:
    return numbers.cast(pa.int32()) if pa.types.is_date32(numbers.type) else numbers


def _encoded(texts: pa.ChunkedArray) -> tuple[npt.NDArray[np.int32], pa.Array]:
    """Codes that are ordered as the texts are, a missing one last; and the texts."""
    whole = texts.combine_chunks().dictionary_encode(null_encoding="encode")
    ranked = pc.array_sort_indices(whole.dictionary, null_placement="at_end")
    place = np.empty(len(ranked), dtype=np.int32)
    place[ranked.to_numpy()] = np.arange(len(ranked))
    return place[whole.indices.to_numpy()], whole.dictionary.take(ranked)
