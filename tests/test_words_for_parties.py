"""Pseudonyms: who a party is stays secret, that it is the same party shows."""

from __future__ import annotations

import hashlib

import pytest

from risk import columns as c

from .column_cases import read
from .intake_cases import SECRET

BOTH = ("号牌", "姓名")


def test_a_pseudonym_is_a_keyed_hash_of_sixteen_figures() -> None:
    expected = hashlib.sha256(f"{SECRET}样例甲".encode()).hexdigest()[:16]
    assert read(c.pseudonym("姓名"), ["样例甲"], "party", ("姓名",)) == {"样例甲": expected}


def test_the_first_of_the_columns_that_is_not_empty_tells_the_party() -> None:
    party = c.pseudonym(c.optional(c.text("证件")), "号牌", "姓名")
    rows = [
        ("样A12345", "样例甲"),
        ("样A12345", "样例乙"),
        ("", "样例甲"),
        ("/", "样例甲"),
        ("", ""),
    ]
    one, same, by_name, by_name_too, nobody = read(party, rows, "party", BOTH).values()
    assert one == same != by_name == by_name_too
    assert nobody is None


@pytest.mark.parametrize(
    "spellings",
    [
        ("99001219900101001x", "99001219900101001X", " 99001219900101001X　"),
        ("abc1234", "ABC1234", "\tAbC1234\u00a0"),
        ("样例甲", " 样例甲 ", "　样例甲\n"),
        (
            "样A12345",
            "样A·12345",
            "样A•12345",
            "样A.12345",
            "样A-12345",
            "样A 12345",
            "样 a12345",
            "样Ａ１２３４５",
            "样Ａ．１２３４５",
            "样Ａ·１２３４５",
        ),
        (
            "样例（江州）商贸有限公司",
            "样例(江州)商贸有限公司",
            "样例 （江州） 商贸有限公司",
            "样例（江州）商贸　有限公司",
        ),
        ("样例ABC店", "样例ＡＢＣ店", "样例abc店", "样例 Abc\u00a0店"),
        ("样例·甲", "样例•甲", "样例甲"),
        ("大山商行", "⼤⼭商⾏"),
    ],
)
def test_a_party_is_the_same_in_all_its_usual_spellings(
    spellings: tuple[str, ...],
) -> None:
    found = read(c.pseudonym("姓名"), spellings, "party", ("姓名",))
    assert len(set(found.values())) == 1, found


def test_different_parties_have_different_pseudonyms() -> None:
    parties = [f"样例{number}" for number in range(300)] + ["样例 甲乙", "样例甲", "样例乙"]
    parties += ["样例3.14店", "样例31.4店", "样例-甲", "1.2", "12", "样A12345", "样A12346"]
    assert len(set(read(c.pseudonym("姓名"), parties, "party", ("姓名",)).values())) == len(parties)
