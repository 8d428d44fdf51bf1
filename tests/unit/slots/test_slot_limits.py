"""Notice is elapsed time from now; the horizon is a date of the coach's."""

import pytest

from tests.unit.slots.make import at, every_day, make_rules, offered_on

BERLIN = "Europe/Berlin"


def test_nothing_is_offered_in_the_past() -> None:
    rules = make_rules(BERLIN, every_day("09:00-11:00"))
    assert offered_on(rules, "2026-07-01", now=at("2026-07-01 10:00", BERLIN)) == [
        "01 10:00 +0200",
        "01 10:30 +0200",
    ]


def test_notice_keeps_its_seconds() -> None:
    rules = make_rules(BERLIN, every_day("09:00-10:00"), min_notice_minutes=60)
    on_time = at("2026-07-01 08:00:00", BERLIN)
    assert offered_on(rules, "2026-07-01", now=on_time)[0] == "01 09:00 +0200"
    assert offered_on(rules, "2026-07-01", now=on_time + 1)[0] == "01 09:30 +0200"


def test_notice_is_elapsed_time_across_a_change_of_the_clock() -> None:
    rules = make_rules(BERLIN, every_day("03:00-06:00"), min_notice_minutes=240)
    now = at("2026-03-29 00:30", BERLIN)
    assert offered_on(rules, "2026-03-29", now=now)[0] == "29 05:30 +0200"


def test_the_horizon_ends_with_a_whole_date_of_the_coach() -> None:
    rules = make_rules(BERLIN, every_day("00:00-24:00"), max_advance_days=2)
    late = at("2026-07-01 23:59", BERLIN)
    assert offered_on(rules, "2026-07-01", days=9, now=late)[-1] == "03 23:30 +0200"


def test_a_horizon_of_no_days_is_today() -> None:
    rules = make_rules(BERLIN, every_day("22:00-24:00"), max_advance_days=0)
    now = at("2026-07-01 00:00", BERLIN)
    assert offered_on(rules, "2026-07-01", days=3, now=now)[-1] == "01 23:30 +0200"


@pytest.mark.parametrize(
    ("zone", "last"),
    [("Pacific/Auckland", "03 23:30 +1200"), ("America/New_York", "02 23:30 -0400")],
)
def test_the_horizon_counts_from_the_coachs_date(zone: str, last: str) -> None:
    """At 20:00 UTC it is the next day in Auckland already."""
    rules = make_rules(zone, every_day("00:00-24:00"), max_advance_days=1)
    assert offered_on(rules, "2026-07-01", days=9, now=at("2026-07-01 20:00"))[-1] == last
