"""The grid: window start plus whole slot intervals of elapsed time, whoever asks, however."""

from app.slots import Diary, offer_slots
from tests.unit.slots.make import at, busy, every_day, make_rules, offered_on

BERLIN = "Europe/Berlin"


def test_starts_follow_the_interval_not_the_duration() -> None:
    rules = make_rules(BERLIN, every_day("09:10-10:30"), slot_interval_minutes=20)
    assert offered_on(rules, "2026-07-01") == [
        "01 09:10 +0200",
        "01 09:30 +0200",
        "01 09:50 +0200",
    ]


def test_the_grid_counts_elapsed_time_across_a_gap() -> None:
    rules = make_rules(BERLIN, every_day("01:15-04:05"), slot_interval_minutes=40)
    assert offered_on(rules, "2026-03-29") == [
        "29 01:15 +0100",
        "29 01:55 +0100",
        "29 03:35 +0200",
    ]


def test_a_booking_does_not_move_the_grid() -> None:
    rules = make_rules(BERLIN, every_day("09:00-11:00"))
    diary = Diary(busy(("2026-07-01 09:10", "2026-07-01 09:40"), zone=BERLIN))
    assert offered_on(rules, "2026-07-01", diary) == ["01 10:00 +0200", "01 10:30 +0200"]


def test_the_query_does_not_move_the_grid() -> None:
    rules = make_rules(BERLIN, every_day("09:00-11:00"))
    since, until = at("2026-07-01 09:10", BERLIN), at("2026-07-01 10:30", BERLIN)
    offers = offer_slots(rules, Diary(), since=since, until=until, now=0)
    assert list(offers.starts) == [at("2026-07-01 09:30", BERLIN), at("2026-07-01 10:00", BERLIN)]


def test_a_query_takes_its_first_instant_and_leaves_its_last() -> None:
    rules = make_rules(BERLIN, every_day("09:00-11:00"))
    since, until = at("2026-07-01 09:00", BERLIN), at("2026-07-01 09:30", BERLIN)
    assert list(offer_slots(rules, Diary(), since=since, until=until, now=0).starts) == [since]
    assert list(offer_slots(rules, Diary(), since=until, until=since, now=0).starts) == []


def test_notice_does_not_move_the_grid() -> None:
    rules = make_rules(BERLIN, every_day("09:00-11:00"), min_notice_minutes=60)
    now = at("2026-07-01 08:07", BERLIN)
    assert offered_on(rules, "2026-07-01", now=now)[0] == "01 09:30 +0200"
