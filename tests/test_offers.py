"""Which result of a department goes in never depends on the order in which databases come."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from risk.store.offers import Age, Offer, outcomes, winners

AGES = st.builds(
    Age, st.booleans(), st.sampled_from(["2026-11-01", "2026-11-02"]), st.sampled_from("abc")
)
OFFERS = st.builds(Offer, st.sampled_from(["traffic", "market"]), st.just(Path("x.db")), AGES)
Results = dict[str, Offer | None]


def merged(orders: Iterable[Sequence[Offer]]) -> Results:
    """What a target holds after merges of these offers."""
    held: Results = {"traffic": None, "market": None}
    for offers in orders:
        held |= winners(offers, held)
    return held


@given(st.lists(OFFERS, min_size=1, max_size=4))
def test_samples_and_real_data_come_to_the_same_in_any_order_and_number(
    offers: list[Offer],
) -> None:
    first, *others = [
        result
        for order in itertools.permutations(offers)
        for result in (merged([order]), merged([offer] for offer in order))
    ]
    assert all(other == first for other in others)
    assert winners(offers, first) == {}
    for department, held in first.items():
        ages = [offer.age for offer in offers if offer.department == department]
        assert (held and held.age.real) == (any(age.real for age in ages) if ages else None)


@given(st.lists(OFFERS, min_size=1, max_size=4), AGES, st.booleans())
def test_every_offer_has_an_outcome_beside_the_result_that_is_there_in_the_end(
    offers: list[Offer], age: Age, force: bool
) -> None:
    held: Results = {"traffic": Offer("traffic", Path("city.db"), age), "market": None}
    going_in = winners(offers, held, force)
    for outcome in outcomes(offers, held, going_in):
        department = outcome.offer.department
        if outcome.verdict in ("added", "replaced", "forced"):
            assert outcome.rival == held[department]
        else:
            there = going_in.get(department) or held[department]
            assert outcome.rival == there and there is not None
            assert (outcome.verdict == "same") == (outcome.offer.age == there.age)
