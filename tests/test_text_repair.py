"""Mending a text is the same however it is cut into blocks."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from risk.intake import text_repair
from risk.intake.text_repair import repair

from .dirty_files import HEADINGS, DirtyFile, dirty_files

Mended = tuple[bytes, list[tuple[int, str]], list[int]]


@settings(max_examples=80, deadline=None, derandomize=True)
@given(dirty_files(), st.integers(20, 400))
def test_blocks_of_any_size_give_what_one_block_gives(file: DirtyFile, size: int) -> None:
    assert _mended(file, size) == _mended(file, 1 << 26)


def _mended(file: DirtyFile, size: int) -> Mended:
    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr(text_repair, "_BLOCK", size)
        source, target = Path(folder, "source"), Path(folder, "target")
        source.write_bytes(file.text.encode())
        done = repair(source, file.first - 1, len(HEADINGS), file.delimiter, target)
        broken = [(line.line, line.reason) for line in done.broken]
        return target.read_bytes(), broken, done.gaps.tolist()
