"""A wrong regular expression in an adapter is told as its own, before any file is read."""

from __future__ import annotations

from collections.abc import Callable

import duckdb
import pytest

from risk import columns as c
from risk.errors import PluginError
from risk.intake.patterns import checked

SOUND = [
    "", "a|b", "^退$", "[(?=]", r"\(?=a", "[[]", "[]a]", "[^]a]", "[a&&b]", "[[:alpha:]_]", "{", "a{", "]",
    "a{,3}", "x{1000}", "a{2,}?", "a+?", "(?:a)(b)", "(?P<n>a)", "(?i)a", "a(?i)b", "(?s-m:a)", "(?U)a*",
    r"\z", r"\A\b\B", r"\012", r"\x4e", r"\x{4e00}", r"[\x{4e00}-\x{9fff}]", r"\p{Han}", r"\pL",
    r"[^\p{Han}\]a]", r"\Qa(*+\E", r"\Qa(", r"\C", r"\_\-\.\[", r"[\d\s\w]", "[*+]", "(?i-s)a",
]  # fmt: skip
BROKEN = [
    "(", ")", "[a-", "[b-a]", "a**", "a{3,2}", "a{2}{3}", "*a", "a*+", "a++", "a?+", "a{2}+", "x{1001}",
    "(?=a)", "(?!a)", "(?<=a)b", "(?<!a)b", "(?>a)", "(?<n>a)", "(?P=n)", "(?x)a", "(?a)a", "(?u)a", "(?L)a",
    "(?#c)a", "(?(1)a)", r"(a)\1", r"\8", r"\Z", r"\u4e00", r"[\u4e00-\u9fff]", r"\N{DIGIT ONE}", r"\h",
    r"\K", r"\中", r"\pq", r"[\1]", "\\",
]  # fmt: skip


@pytest.mark.parametrize("pattern", SOUND)
def test_what_the_engine_knows_is_taken(pattern: str) -> None:
    assert checked("found", pattern) == pattern
    duckdb.execute("select regexp_matches('a', ?)", [pattern])


@pytest.mark.parametrize("pattern", BROKEN)
def test_what_the_engine_would_fail_at_is_refused(pattern: str) -> None:
    with pytest.raises(PluginError):
        checked("found", pattern)
    with pytest.raises(duckdb.Error):
        duckdb.execute("select regexp_matches('a', ?)", [pattern])


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda: c.text("x").matches("("), "matches: the regular expression '(' is not sound: missing )"),
        (lambda: c.found("x", "(a)", "(b"), "found: the regular expression '(b' is not sound"),
        (lambda: c.found("x", "ab"), "found: the regular expression 'ab' has no group in ( ) for what"),
        (lambda: c.amount_found("x", "[0-9]+元"), "amount_found: the regular expression '[0-9]+元' has no"),
        (lambda: c.without("x", "[a"), "without: the regular expression '[a' is not sound"),
        (lambda: c.text("x").matches("(?!a)b"), "'(?!a)b' looks ahead or behind ((?!…), which the engine"),
        (lambda: c.text("x").matches(r"(a)\1"), r"refers back to a group (\1), which the engine does not"),
        (lambda: c.text("x").matches("[\\u4e00]"), r"write a character by its number as \x{4e00}"),
        (lambda: c.text("x").matches(1), "matches: the regular expression 1 is no text"),
    ],
)  # fmt: skip
def test_every_word_that_takes_a_pattern_says_what_is_wrong_with_it(
    make: Callable[[], object], told: str
) -> None:
    with pytest.raises(PluginError) as caught:
        make()
    assert told in caught.value.what and "\n" not in caught.value.what
