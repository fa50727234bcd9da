"""Which encoding a text file is in, and its UTF-8 copy where the engine needs one."""

from __future__ import annotations

import codecs
import io
from pathlib import Path

from risk.errors import InputError

_WINDOW = 1 << 20
_PROBE = 1 << 16
_PROBES = 64
# A file of one encoding may hold damaged lines; more than these, and it is of another encoding.
_MOST_DAMAGED = 0.5


def detect_encoding(path: Path) -> str:
    """`utf-8-sig`, `utf-8`, `utf-16` or `gb18030`, judged from the start and 64 further places.

    GB18030 is what Chinese systems and Excel write unless told otherwise; it contains GBK and
    GB 2312. Raises InputError where most lines are in neither.
    """
    taken = samples(path)
    head = taken[0]
    if head.startswith(codecs.BOM_UTF8):
        return "utf-8-sig"
    if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return "utf-16"
    damaged = {}
    for encoding in ("utf-8", "gb18030"):
        damaged[encoding] = _damaged(taken, encoding)
        if not damaged[encoding]:
            return encoding
    likeliest = min(damaged, key=lambda encoding: damaged[encoding])
    if damaged[likeliest] <= _MOST_DAMAGED:
        return likeliest
    raise InputError(
        f"{path.name}: the text is neither UTF-8 nor GB18030.",
        "Name its encoding with --encoding, or save it again as UTF-8.",
    )


def check_encoding(path: Path, encoding: str) -> str:
    """The encoding's plain name; InputError where Python knows no text encoding of that name."""
    try:
        io.TextIOWrapper(io.BytesIO(b" "), encoding=encoding, errors="replace").read()
        return codecs.lookup(encoding).name
    except (LookupError, ValueError):
        raise InputError(
            f"{path.name}: no encoding is called {encoding!r}.", "Try utf-8, gb18030 or utf-16."
        ) from None


def transcode(
    path: Path, encoding: str, target: Path, replaced: tuple[tuple[str, str], ...] = ()
) -> None:
    """Write `path` to `target` as UTF-8, about 200 MB a second; undecodable bytes become U+FFFD.

    What U+FFFD stands in is unreadable later, so nothing is guessed. `replaced` names characters
    and what stands in their place in the copy.
    """
    decoder = codecs.getincrementaldecoder(encoding)(errors="replace")
    with path.open("rb") as source, target.open("wb") as sink:
        while block := source.read(_WINDOW * 8):
            sink.write(_replaced(decoder.decode(block), replaced))
        sink.write(_replaced(decoder.decode(b"", final=True), replaced))


def _replaced(text: str, replaced: tuple[tuple[str, str], ...]) -> bytes:
    for before, after in replaced:
        text = text.replace(before, after)
    return text.encode("utf-8", errors="replace")


def samples(path: Path) -> list[bytes]:
    """The first MiB of a file and, of a larger one, what stands at 64 places spread over it."""
    size = path.stat().st_size
    with path.open("rb") as source:
        taken = [source.read(_WINDOW)]
        if size > _WINDOW:
            for probe in range(1, _PROBES + 1):
                source.seek(_WINDOW + (size - _WINDOW) * probe // (_PROBES + 1))
                # A probe starts in the middle of a line: begin after the next line end.
                taken.append(source.read(_PROBE).partition(b"\n")[2])
    return taken


def _damaged(taken: list[bytes], encoding: str) -> float:
    """The share of lines that do not decode."""
    lines = damaged = 0
    for sample in taken:
        parts = [sample] if _decodes(sample, encoding) else sample.split(b"\n")
        lines += sample.count(b"\n") + 1
        damaged += sum(not _decodes(part, encoding) for part in parts)
    return damaged / lines


def _decodes(sample: bytes, encoding: str) -> bool:
    """Whether it decodes, but for a character that is cut off at its end."""
    try:
        codecs.getincrementaldecoder(encoding)().decode(sample)
    except UnicodeDecodeError:
        return False
    return True
