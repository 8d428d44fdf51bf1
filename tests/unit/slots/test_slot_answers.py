"""Offers in the API's shape: by the viewer's date, instants as text."""

from datetime import UTC, date, datetime

import pytest

from app.slots import (
    BadQuery,
    Diary,
    Session,
    UnknownZone,
    answer_days,
    epoch_seconds,
    iso_instant,
    iso_instants,
    offer_slots,
    query_span,
)
from tests.unit.slots.make import at, every_day, make_rules, utc

KATHMANDU = "Asia/Kathmandu"


def test_slots_are_grouped_by_the_viewers_date() -> None:
    rules = make_rules(
        "America/New_York", every_day("13:30-15:30"), duration_minutes=60, slot_interval_minutes=60
    )
    since, until = query_span(KATHMANDU, date(2026, 7, 1), date(2026, 7, 3))
    offers = offer_slots(rules, Diary(), since=since, until=until, now=0)
    assert answer_days(offers, KATHMANDU) == [
        {
            "date": "2026-07-01",
            "slots": [
                {
                    "starts_at": "2026-06-30T18:30:00Z",
                    "ends_at": "2026-06-30T19:30:00Z",
                    "seats_left": 1,
                },
                {
                    "starts_at": "2026-07-01T17:30:00Z",
                    "ends_at": "2026-07-01T18:30:00Z",
                    "seats_left": 1,
                },
            ],
        },
        {
            "date": "2026-07-02",
            "slots": [
                {
                    "starts_at": "2026-07-01T18:30:00Z",
                    "ends_at": "2026-07-01T19:30:00Z",
                    "seats_left": 1,
                },
                {
                    "starts_at": "2026-07-02T17:30:00Z",
                    "ends_at": "2026-07-02T18:30:00Z",
                    "seats_left": 1,
                },
            ],
        },
    ]


def test_nothing_offered_is_an_empty_answer() -> None:
    rules = make_rules("UTC", {})
    offers = offer_slots(rules, Diary(), since=0, until=86_400, now=0)
    assert answer_days(offers, KATHMANDU) == []


def test_a_session_answers_with_its_own_end_and_seats() -> None:
    start = at("2026-07-01 10:00")
    diary = Diary(sessions=[Session(start, start + 4500, 3)])
    offers = offer_slots(
        make_rules("UTC", {}, capacity=9), diary, since=start, until=start + 1, now=0
    )
    (day,) = answer_days(offers, "UTC")
    assert day["slots"] == [
        {"starts_at": "2026-07-01T10:00:00Z", "ends_at": "2026-07-01T11:15:00Z", "seats_left": 3}
    ]


@pytest.mark.parametrize(
    "text", ["1969-12-31 23:59:59", "2026-03-29 01:00:00", "2100-02-28 12:34:07"]
)
def test_instants_are_written_as_rfc_3339(text: str) -> None:
    assert iso_instant(at(text)) == text.replace(" ", "T") + "Z"


def test_neighbours_of_different_days_keep_their_dates() -> None:
    midnight = at("2027-01-01")
    assert iso_instants([midnight - 60, midnight, midnight - 60]) == [
        "2026-12-31T23:59:00Z",
        "2027-01-01T00:00:00Z",
        "2026-12-31T23:59:00Z",
    ]


def test_a_fraction_of_a_second_counts_as_passed() -> None:
    moment = datetime(2026, 7, 1, 10, 0, 0, tzinfo=UTC)
    assert epoch_seconds(moment) == at("2026-07-01 10:00:00")
    assert epoch_seconds(moment.replace(microsecond=1)) == at("2026-07-01 10:00:01")


def test_a_query_runs_from_midnight_to_midnight_of_the_viewer() -> None:
    since, until = query_span(KATHMANDU, date(2026, 7, 1), date(2026, 7, 2))
    assert (utc(since), utc(until)) == ("2026-06-30 18:15:00", "2026-07-01 18:15:00")


def test_a_query_is_for_1_to_93_days() -> None:
    first = date(2026, 12, 1)
    assert query_span("UTC", first, date(2027, 3, 4))[1] == at("2027-03-04")
    for until in (date(2026, 11, 30), first, date(2027, 3, 5), date(2036, 12, 1)):
        with pytest.raises(BadQuery):
            query_span("UTC", first, until)


def test_a_query_from_nowhere_is_refused() -> None:
    with pytest.raises(UnknownZone):
        query_span("Mars/Olympus", date(2026, 7, 1), date(2026, 7, 2))
