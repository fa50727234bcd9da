"""Which physical line of a file each record stands on."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

IntArray = npt.NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class LineMap:
    """Record 0 is on line `first`; `gaps` are later lines on which no record begins.

    Gaps are broken or blank lines and the further lines of a record that runs over several.
    """

    first: int
    gaps: IntArray

    def lines(self, records: IntArray) -> IntArray:
        """The 1-based line of each record number (0 = first), in any order."""
        if len(self.gaps) == 0:
            return records + self.first
        # The i-th gap shifts every record that i gaps before it had not yet pushed past it.
        before = np.sort(self.gaps) - self.first - np.arange(len(self.gaps))
        return records + self.first + np.searchsorted(before, records, side="right")
