"""Regular expressions as adapters write them, held to what the engine knows before a file is read.

That is RE2's syntax, which differs in few pieces from Python's own: pieces that RE2 lacks are refused,
pieces that Python lacks are put in its way, so that Python can say whether the rest is sound.
"""

from __future__ import annotations

import re
import warnings
from typing import Final

from risk.errors import PluginError

_ESCAPE: Final = r"\\[pP](?:\{\^?\w+\}|[A-Z])|\\x\{[0-9A-Fa-f]{1,6}\}|\\."
_ESCAPES: Final = re.compile(rf"{_ESCAPE}|\[:\^?\w+:\]", re.DOTALL)
# None is looked for in another: `[(?=]` is no look ahead, `\(?=` neither.
_PIECES: Final = re.compile(
    rf"""(?P<quoted>\\Q.*?(?:\\E|$))
    | (?P<escape>{_ESCAPE})
    | (?P<set>\[\^?\]?(?:{_ESCAPES.pattern}|[^\]\\])*\])
    | (?P<group>\(\?(?:<?[=!]|P?[<=>]|[a-zA-Z-]*[:)]|.))
    | (?P<repeated>[*+?][*+]|\{{\d+(?:,\d*)?\}}[+]?)
    """,
    re.VERBOSE | re.DOTALL,
)
_FLAGS: Final = re.compile(r"\(\?[imsU]*(?:-[imsU]+)?[:)]")
_KNOWN_ESCAPES: Final = "AbBdDsSwWafnrtvxpP0"
_OF_RE2: Final = {r"\z": r"\Z", r"\C": "."}
_BY_NUMBER: Final = r"write a character by its number as \x{4e00}"
_INSTEAD: Final = {
    **dict.fromkeys((r"\u", r"\U", r"\N"), _BY_NUMBER),
    r"\Z": r"write the end of the text as \z",
}
_MOST_TIMES: Final = 1000


class _Unknown(Exception):
    """The pattern has a piece that the engine does not know; the message says which."""


def checked(word: str, pattern: str, groups: int = 0) -> str:
    """The pattern, which has so many groups at least; PluginError says why it cannot be used.

    `word` is that of the vocabulary which takes it.
    """
    try:
        plain = _PIECES.sub(_in_python, pattern)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found = re.compile(plain).groups
        if found < groups:
            raise _Unknown("has no group in ( ) for what is to be taken out")
    except _Unknown as error:
        fault = str(error)
    except (re.error, OverflowError, RecursionError) as error:
        fault = f"is not sound: {error}"
    except TypeError:
        fault = "is no text"
    else:
        return pattern
    what = f"{word}: the regular expression {pattern!r} {fault}"
    raise PluginError(what, "Correct it; docs/adapters.md says what patterns may hold.")


def _in_python(piece: re.Match[str]) -> str:
    """The piece as Python has it; _Unknown where the engine has no such piece."""
    kind, said = piece.lastgroup, piece.group()
    if kind == "quoted":
        return re.escape(said.removeprefix(r"\Q").removesuffix(r"\E"))
    if kind == "escape":
        return _escape(said)
    if kind == "set":
        return _ESCAPES.sub(lambda one: _escape(one.group()), said)
    return _group(said) if kind == "group" else _repeated(said)


def _escape(said: str) -> str:
    if said.startswith((r"\p", r"\P", "[:")) and len(said) > 2:
        return r"\w"
    if said.startswith(r"\x{"):
        return re.escape(chr(min(int(said[3:-1], 16), 0x10FFFF)))
    if said in _OF_RE2:
        return _OF_RE2[said]
    if said[1] in "123456789":
        raise _Unknown(f"refers back to a group ({said}), which the engine does not do")
    if said[1].isalnum() and said[1] not in _KNOWN_ESCAPES:
        remedy = f"; {_INSTEAD[said]}" if said in _INSTEAD else ""
        raise _Unknown(f"has {said}, which the engine does not know{remedy}")
    return said


def _group(said: str) -> str:
    if said.endswith(("=", "!")) and not said.endswith("P="):
        raise _Unknown(f"looks ahead or behind ({said}…), which the engine does not do")
    if said == "(?P=":
        raise _Unknown("refers back to a group ((?P=…), which the engine does not do")
    flags = _FLAGS.fullmatch(said)
    if said != "(?P<" and flags is None:
        raise _Unknown(f"has {said}…, which the engine does not know")
    if flags is None:
        return said
    # Python has not all flags, and takes those of a part in its first place only.
    return "(?:" if said.endswith(":") else "(?:)"


def _repeated(said: str) -> str:
    times = [int(number) for number in re.findall(r"\d+", said)]
    if len(said) > 1 and said[-1] in "*+":
        raise _Unknown(f"repeats what is repeated already ({said})")
    if max(times, default=0) > _MOST_TIMES:
        raise _Unknown(f"repeats more than {_MOST_TIMES} times ({said})")
    return said
