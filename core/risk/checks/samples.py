"""Whether the adapters account for every row of the samples that the plugin ships."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from risk.errors import RiskError
from risk.intake.secret import VARIABLE
from risk.kernel.plugins import Plugin
from risk.model.adapter import Adapter
from risk.progress import Silent

from .check import Fault

_ENDS = "Export a made-up file in its shape into samples/, and name it as `sample` of the adapter."


def samples(plugin: Plugin) -> Iterator[Fault]:
    """Samples that are missing, known to another adapter, or not accounted for row by row."""
    shipped = [adapter for adapter in plugin.adapters if adapter.sample]
    if not shipped:
        yield Fault("the adapters", "none of them has a sample", _ENDS)
    for adapter in shipped:
        where = f"adapter {adapter.name}, sample {adapter.sample}"
        file = plugin.file(str(adapter.sample))
        if not file.is_file():
            yield Fault(where, "the file is not there", _ENDS)
            continue
        with tempfile.TemporaryDirectory() as folder, _secret_in(Path(folder)):
            yield from _unaccounted(plugin, adapter, file, Path(folder) / "risk.db", where)


def _unaccounted(
    plugin: Plugin, adapter: Adapter, file: Path, database: Path, where: str
) -> Iterator[Fault]:
    from risk.run import Request, run

    try:
        request = Request(database=database, today=dt.date.today(), sources=(str(file),))
        result = run(plugin, request, Silent()).result
    except RiskError as error:
        yield Fault(where, error.what.rstrip("."), error.remedy)
        return
    for source in result.sources:
        if source.adapter != adapter.name:
            what = f"it is taken for a file of the adapter {source.adapter}"
            yield Fault(where, what, "Add headings to `marks` that tell the two apart.")
        if not source.adds_up:
            what = (
                f"{source.rows} rows are not {source.cases} cases + {source.rejected} rejected"
                f" + {source.excluded} excluded + {source.duplicates} duplicates"
            )
            yield Fault(where, what, "This is a fault of the kernel: report it with the sample.")
    known = {violation.id for violation in plugin.violation_types}
    for point in result.points:
        if point.violation.id not in known:
            yield Fault(where, f"there is no violation type {point.violation.id}", "Correct it.")


@contextmanager
def _secret_in(folder: Path) -> Iterator[None]:
    """Let the run make a secret of its own instead of the one that keys real pseudonyms."""
    before = os.environ.get(VARIABLE)
    os.environ[VARIABLE] = str(folder / "secret")
    try:
        yield
    finally:
        if before is None:
            del os.environ[VARIABLE]
        else:
            os.environ[VARIABLE] = before
