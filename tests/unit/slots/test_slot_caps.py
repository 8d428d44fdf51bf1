"""Caps count the whole local day or week of the start, far beyond what is asked for."""

from app.slots import Diary, counted_span
from tests.unit.slots.make import at, every_day, make_rules, offered_on, utc

AUCKLAND = "Pacific/Auckland"
WEDNESDAY, SUNDAY, MONDAY = "2026-07-01", "2026-07-05", "2026-07-06"


def days_offered(diary: Diary, **caps: int) -> list[str]:
    """The days from Wednesday 1 to Thursday 9 July on which anything is offered."""
    rules = make_rules(AUCKLAND, every_day("09:00-10:00"), **caps)
    return sorted({text[:2] for text in offered_on(rules, WEDNESDAY, diary, days=9)})


def counted(*texts: str) -> list[int]:
    return [at(text, AUCKLAND) for text in texts]


def test_a_full_day_is_refused_and_the_others_are_not() -> None:
    diary = Diary(counted=counted("2026-07-02 00:00", "2026-07-02 23:59"))
    assert "02" not in days_offered(diary, max_per_day=2)
    assert len(days_offered(diary, max_per_day=2)) == 8
    assert len(days_offered(diary, max_per_day=3)) == 9


def test_a_day_is_the_coachs_from_midnight_to_midnight() -> None:
    diary = Diary(counted=counted("2026-07-02 00:00", "2026-07-03 00:00"))
    assert len(days_offered(diary, max_per_day=2)) == 9


def test_a_full_week_is_refused_from_monday_to_sunday() -> None:
    diary = Diary(counted=counted("2026-06-29 00:00", "2026-07-05 23:30"))
    assert days_offered(diary, max_per_week=2) == ["06", "07", "08", "09"]


def test_a_week_starts_on_the_day_the_coach_says() -> None:
    diary = Diary(counted=counted("2026-07-05 08:00"))
    assert days_offered(diary, max_per_week=1) == ["06", "07", "08", "09"]
    assert days_offered(diary, max_per_week=1, week_starts_on=6) == ["01", "02", "03", "04"]


def test_the_clients_caps_count_the_clients_appointments_only() -> None:
    diary = Diary(
        counted=counted("2026-07-02 09:00"), counted_for_client=counted("2026-07-03 09:00")
    )
    assert "03" not in days_offered(diary, client_max_per_day=1)
    assert "02" in days_offered(diary, client_max_per_day=1)
    assert days_offered(diary, client_max_per_week=1) == ["06", "07", "08", "09"]


def test_without_caps_nothing_is_counted() -> None:
    diary = Diary(counted=counted("2026-07-02 09:00"), counted_for_client=counted(WEDNESDAY))
    assert len(days_offered(diary)) == 9


def test_a_day_of_25_hours_counts_whole() -> None:
    rules = make_rules("Europe/Berlin", every_day("00:00-24:00"), max_per_day=1)
    last_minute = at("2026-10-25 23:59", "Europe/Berlin")
    assert offered_on(rules, "2026-10-25", Diary(counted=[last_minute])) == []


def test_the_span_to_count_is_made_of_whole_local_weeks() -> None:
    rules = make_rules("Europe/Berlin", every_day("09:00-10:00"))
    since, until = at(WEDNESDAY, "Europe/Berlin"), at(MONDAY, "Europe/Berlin")
    first, last = counted_span(rules, since, until)
    assert utc(first) == "2026-06-28 22:00:00"
    assert utc(last) == "2026-07-05 22:00:00"
    assert utc(counted_span(rules, since, until + 1)[1]) == "2026-07-12 22:00:00"
