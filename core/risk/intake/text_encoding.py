"""Which encoding a text file is in, and its UTF-8 copy where the engine needs one."""

from __future__ import annotations

import codecs
from pathlib import Path

from risk.errors import InputError

_WINDOW = 1 << 20
_PROBE = 1 << 16
_PROBES = 64


def detect_encoding(path: Path) -> str:
    """`utf-8-sig`, `utf-8`, `utf-16` or `gb18030`, judged from the start and 64 further places.

    GB18030 is what Chinese systems and Excel write unless told otherwise; it contains GBK and
    GB 2312. Raises InputError where the bytes are neither.
    """
    samples = _samples(path)
    head = samples[0]
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    if all(_decodes(sample, "utf-8") for sample in samples):
        return "utf-8"
    if sum(_decodes(sample, "gb18030") for sample in samples) * 2 > len(samples):
        return "gb18030"
    if sum(_decodes(sample, "utf-8") for sample in samples) * 2 > len(samples):
        return "utf-8"
    raise InputError(
        f"{path.name}: the text is neither UTF-8 nor GB18030.",
        "Name its encoding with --encoding, or save it again as UTF-8.",
    )


def check_encoding(path: Path, encoding: str) -> str:
    """The encoding's plain name; InputError where Python knows none of that name."""
    try:
        return codecs.lookup(encoding).name
    except LookupError:
        raise InputError(
            f"{path.name}: no encoding is called {encoding!r}.", "Try utf-8, gb18030 or utf-16."
        ) from None


def transcode(path: Path, encoding: str, target: Path) -> None:
    """Write `path` to `target` as UTF-8, about 200 MB a second; undecodable bytes become U+FFFD.

    A row that holds U+FFFD in a column that is read is rejected later, so nothing is guessed.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with path.open("rb") as source, target.open("wb") as sink:
        while block := source.read(_WINDOW * 8):
            sink.write(decoder.decode(block).encode("utf-8"))
        sink.write(decoder.decode(b"", final=True).encode("utf-8"))


def _samples(path: Path) -> list[bytes]:
    size = path.stat().st_size
    with path.open("rb") as source:
        samples = [source.read(_WINDOW)]
        if size > _WINDOW:
            for probe in range(1, _PROBES + 1):
                source.seek(_WINDOW + (size - _WINDOW) * probe // (_PROBES + 1))
                # A probe starts in the middle of a line: begin after the next line end.
                samples.append(source.read(_PROBE).partition(b"\n")[2])
    return samples


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
