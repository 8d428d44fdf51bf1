"""The engine against the oracle, and against itself, on random coaches and diaries."""

from itertools import chain

from hypothesis import given
from hypothesis import strategies as st

from app.slots import answer_days, explain_start, iso_instant, offer_slots
from tests.unit.slots.oracle import Clock, offered
from tests.unit.slots.strategies import VIEWERS, Case, cases, quick


def starts_of(case: Case, since: int, until: int) -> list[int]:
    offers = offer_slots(case.rules, case.diary, since=since, until=until, now=case.now)
    return list(offers.starts)


@quick
@given(cases())
def test_the_engine_offers_what_a_walk_minute_by_minute_finds(case: Case) -> None:
    offers = offer_slots(case.rules, case.diary, since=case.since, until=case.until, now=case.now)
    found = {slot.starts_at: slot.seats_left for slot in offers.slots()}
    expected = offered(case.rules, case.diary, since=case.since, until=case.until, now=case.now)
    assert found == expected
    assert list(offers.starts) == sorted(expected)


@quick
@given(cases())
def test_explain_passes_exactly_for_the_offered_starts(case: Case) -> None:
    free = set(starts_of(case, case.since, case.until))
    sampled = range(-(-case.since // 60) * 60, case.until, 21 * 60)
    for start in chain(sampled, free):
        explanation = explain_start(case.rules, case.diary, start, now=case.now)
        assert explanation.is_offered == (start in free), explanation.first_failure


@quick
@given(cases(), st.integers(0, 48 * 3600))
def test_a_query_in_two_parts_gives_the_same_starts(case: Case, cut: int) -> None:
    between = min(case.since + cut, case.until)
    parts = starts_of(case, case.since, between) + starts_of(case, between, case.until)
    assert parts == starts_of(case, case.since, case.until)


@quick
@given(cases(), st.sampled_from(VIEWERS))
def test_every_start_is_answered_once_under_the_viewers_date(case: Case, viewer: str) -> None:
    offers = offer_slots(case.rules, case.diary, since=case.since, until=case.until, now=case.now)
    clock = Clock(viewer, case.since, case.until)
    answered = [
        (day["date"], slot["starts_at"])
        for day in answer_days(offers, viewer)
        for slot in day["slots"]
    ]
    assert answered == [
        (clock.date_at(start).isoformat(), iso_instant(start)) for start in offers.starts
    ]
