"""What is asked of a run."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Request:
    """What is asked of a run: which sources are read how, and what is analysed.

    Without `sources` the plugin's sample is read. `since` and `until` bound the dates of decision,
    and of a signal's receipt, that are analysed (both included); rows outside stay in the case
    store. `replace` forgets the
    department's earlier sources. No case can have been decided after `today`.
    """

    database: Path
    today: dt.date
    sources: tuple[str, ...] = ()
    adapter: str | None = None
    encoding: str | None = None
    since: dt.date | None = None
    until: dt.date | None = None
    policy: Path | None = None
    engine: str = "duckdb"
    replace: bool = False
