"""Windows: overnight hours, overrides, and what a change of the clock makes of them."""

from datetime import date

from app.slots import SlotRules
from tests.unit.slots.make import every_day, hours, make_rules, offered_on

BERLIN = "Europe/Berlin"


def hourly(zone: str, *texts: str, **changes: object) -> SlotRules:
    return make_rules(
        zone, every_day(*texts), duration_minutes=60, slot_interval_minutes=60, **changes
    )


def test_a_booking_ends_with_its_window_at_the_latest() -> None:
    assert offered_on(hourly(BERLIN, "09:00-11:30"), "2026-07-01") == [
        "01 09:00 +0200",
        "01 10:00 +0200",
    ]


def test_a_closed_weekday_offers_nothing() -> None:
    rules = make_rules(BERLIN, {0: hours("09:00-10:00")})
    assert len(offered_on(rules, "2026-06-29")) == 2
    assert offered_on(rules, "2026-06-30", days=6) == []


def test_24_00_is_the_next_midnight() -> None:
    rules = hourly(BERLIN, "22:00-24:00")
    assert offered_on(rules, "2026-07-01") == ["01 22:00 +0200", "01 23:00 +0200"]


def test_an_end_before_the_start_is_the_next_days() -> None:
    rules = make_rules(BERLIN, {2: hours("22:00-00:30")})
    assert offered_on(rules, "2026-07-01", days=2) == [
        "01 22:00 +0200",
        "01 22:30 +0200",
        "01 23:00 +0200",
        "01 23:30 +0200",
        "02 00:00 +0200",
    ]


def test_windows_of_one_date_that_touch_or_overlap_share_one_grid() -> None:
    rules = hourly(BERLIN, "09:30-10:15", "10:15-12:00", "11:00-12:30")
    assert offered_on(rules, "2026-07-01") == [
        "01 09:30 +0200",
        "01 10:30 +0200",
        "01 11:30 +0200",
    ]


def test_windows_that_a_gap_brings_together_are_one_too() -> None:
    rules = hourly(BERLIN, "01:30-02:15", "02:45-05:00")
    assert offered_on(rules, "2026-03-29") == [
        "29 01:30 +0100",
        "29 03:30 +0200",
    ]
    assert offered_on(rules, "2026-03-30") == ["30 02:45 +0200", "30 03:45 +0200"]


def test_a_booking_runs_over_midnight_where_windows_touch() -> None:
    rules = make_rules(BERLIN, every_day("00:00-01:00", "23:10-24:00"), duration_minutes=60)
    assert offered_on(rules, "2026-07-01") == [
        "01 00:00 +0200",
        "01 23:10 +0200",
        "01 23:40 +0200",
    ]


def test_each_date_keeps_its_own_grid_though_coverage_runs_on() -> None:
    rules = make_rules(BERLIN, every_day("23:10-01:00", "01:00-02:00"), duration_minutes=40)
    assert offered_on(rules, "2026-07-01") == [
        "01 00:10 +0200",
        "01 00:40 +0200",
        "01 01:00 +0200",
        "01 23:10 +0200",
        "01 23:40 +0200",
    ]


def test_a_booking_longer_than_a_day_needs_days_that_touch() -> None:
    open_all_week = make_rules(BERLIN, every_day("00:00-24:00"), duration_minutes=1440)
    assert len(offered_on(open_all_week, "2026-07-01")) == 48
    closed_on_friday = make_rules(
        BERLIN,
        every_day("00:00-24:00"),
        duration_minutes=1440,
        overrides={date(2026, 7, 3): []},
    )
    assert offered_on(closed_on_friday, "2026-07-01", days=2)[-1] == "02 00:00 +0200"


def test_an_override_replaces_every_window_that_starts_on_its_date() -> None:
    changed = {date(2026, 7, 1): hours("12:00-13:00")}
    rules = hourly(BERLIN, "09:00-11:00", "14:00-15:00", overrides=changed)
    assert offered_on(rules, "2026-07-01") == ["01 12:00 +0200"]
    assert len(offered_on(rules, "2026-07-02")) == 3


def test_an_empty_override_closes_its_date() -> None:
    rules = hourly(BERLIN, "09:00-11:00", overrides={date(2026, 7, 1): []})
    assert offered_on(rules, "2026-07-01") == []


def test_an_override_cuts_what_spills_over_from_the_day_before() -> None:
    night = hourly(BERLIN, "22:00-02:00", overrides={date(2026, 7, 2): []})
    assert offered_on(night, "2026-07-01", days=2) == [
        "01 00:00 +0200",
        "01 01:00 +0200",
        "01 22:00 +0200",
        "01 23:00 +0200",
    ]


def test_an_overnight_override_spills_into_a_day_without_one() -> None:
    rules = make_rules(BERLIN, {}, overrides={date(2026, 7, 1): hours("23:30-00:30")})
    assert offered_on(rules, "2026-07-01", days=2) == ["01 23:30 +0200", "02 00:00 +0200"]


def test_a_window_over_a_gap_is_an_hour_shorter() -> None:
    rules = hourly(BERLIN, "01:00-05:00")
    assert offered_on(rules, "2026-03-29") == [
        "29 01:00 +0100",
        "29 03:00 +0200",
        "29 04:00 +0200",
    ]


def test_a_window_that_lies_in_a_gap_is_none() -> None:
    rules = make_rules(BERLIN, every_day("02:00-03:00"))
    assert offered_on(rules, "2026-03-29") == []


def test_a_window_over_a_repeated_hour_is_an_hour_longer() -> None:
    rules = hourly(BERLIN, "01:00-04:00")
    assert offered_on(rules, "2026-10-25") == [
        "25 01:00 +0200",
        "25 02:00 +0200",
        "25 02:00 +0100",
        "25 03:00 +0100",
    ]


def test_a_window_within_a_repeated_hour_is_its_first_pass() -> None:
    rules = make_rules(BERLIN, every_day("02:00-02:30"))
    assert offered_on(rules, "2026-10-25") == ["25 02:00 +0200"]


def test_lord_howes_half_hours() -> None:
    rules = make_rules("Australia/Lord_Howe", every_day("01:30-03:00"))
    assert offered_on(rules, "2026-10-04") == ["04 01:30 +1030", "04 02:30 +1100"]
    assert offered_on(rules, "2026-04-05") == [
        "05 01:30 +1100",
        "05 01:30 +1030",
        "05 02:00 +1030",
        "05 02:30 +1030",
    ]


def test_apias_missing_friday_offers_nothing_and_loses_nothing_around_it() -> None:
    rules = hourly("Pacific/Apia", "09:00-11:00")
    assert offered_on(rules, "2011-12-29", days=3) == [
        "29 09:00 -1000",
        "29 10:00 -1000",
        "31 09:00 +1400",
        "31 10:00 +1400",
        "01 09:00 +1400",
        "01 10:00 +1400",
    ]


def test_a_day_without_midnight_opens_when_its_clock_starts() -> None:
    rules = hourly("Asia/Beirut", "00:00-03:00")
    assert offered_on(rules, "2026-03-29")[:2] == ["29 01:00 +0300", "29 02:00 +0300"]
