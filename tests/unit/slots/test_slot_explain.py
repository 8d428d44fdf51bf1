"""Why a time is or isn't offered: every rule in order, with its numbers."""

from datetime import date

import pytest

from app.slots import (
    Busy,
    Diary,
    Explanation,
    Finding,
    Refusal,
    Rule,
    Session,
    Verdict,
    explain_start,
)
from tests.unit.slots.make import at, every_day, hours, make_rules

BERLIN = "Europe/Berlin"
TEN = at("2026-07-01 10:00", BERLIN)


def explained(start: int = TEN, diary: Diary | None = None, **changes: object) -> Explanation:
    now = changes.pop("now", at("2026-06-30 10:00", BERLIN))
    assert isinstance(now, int)
    weekly = every_day("09:00-12:00", "13:00-17:00")
    return explain_start(make_rules(BERLIN, weekly, **changes), diary or Diary(), start, now=now)


def finding(explanation: Explanation, rule: Rule) -> Finding:
    return next(each for each in explanation.findings if each.rule is rule)


def only_failure(explanation: Explanation) -> Finding:
    (failed,) = [each for each in explanation.findings if each.verdict is Verdict.FAILED]
    assert explanation.first_failure == failed
    assert not explanation.is_offered
    return failed


def test_every_rule_is_told_in_order() -> None:
    explanation = explained()
    assert [each.rule for each in explanation.findings] == list(Rule)
    assert explanation.is_offered
    assert explanation.first_failure is None
    assert all(each.refusal is None for each in explanation.findings)


def test_a_limit_that_is_not_set_is_skipped() -> None:
    explanation = explained()
    skipped = [each.rule for each in explanation.findings if each.verdict is Verdict.SKIPPED]
    assert skipped == [
        Rule.HORIZON,
        Rule.DAY_CAP,
        Rule.WEEK_CAP,
        Rule.CLIENT_DAY_CAP,
        Rule.CLIENT_WEEK_CAP,
    ]


def test_outside_the_hours_it_names_the_hours_of_that_day() -> None:
    failed = only_failure(explained(at("2026-07-01 11:45", BERLIN)))
    assert (failed.rule, failed.refusal) == (Rule.WINDOW, Refusal.OUTSIDE_AVAILABILITY)
    assert failed.facts == {
        "date": "2026-07-01",
        "time_zone": BERLIN,
        "ends_at": "2026-07-01T10:15:00Z",
        "hours": [
            {"from": "2026-07-01T07:00:00Z", "until": "2026-07-01T10:00:00Z"},
            {"from": "2026-07-01T11:00:00Z", "until": "2026-07-01T15:00:00Z"},
        ],
    }


def test_a_closed_date_has_no_hours() -> None:
    failed = only_failure(explained(overrides={date(2026, 7, 1): []}))
    assert failed.facts["hours"] == []


def test_hours_that_began_the_day_before_belong_to_the_day_too() -> None:
    night = make_rules(BERLIN, {1: hours("22:00-02:00")})
    explanation = explain_start(night, Diary(), at("2026-07-01 03:00", BERLIN), now=0)
    assert finding(explanation, Rule.WINDOW).facts["hours"] == [
        {"from": "2026-06-30T20:00:00Z", "until": "2026-07-01T00:00:00Z"}
    ]


def test_hours_that_only_touch_the_day_belong_to_its_neighbours() -> None:
    rules = make_rules(BERLIN, {1: hours("22:00-24:00"), 3: hours("00:00-02:00")})
    explanation = explain_start(rules, Diary(), TEN, now=0)
    assert finding(explanation, Rule.WINDOW).facts["hours"] == []


def test_hours_that_run_on_into_the_next_day_are_told_whole() -> None:
    rules = make_rules(BERLIN, {2: hours("22:00-24:00"), 3: hours("00:00-02:00")})
    explanation = explain_start(rules, Diary(), TEN, now=0)
    assert finding(explanation, Rule.WINDOW).facts["hours"] == [
        {"from": "2026-07-01T20:00:00Z", "until": "2026-07-02T00:00:00Z"}
    ]


def test_beside_the_grid_it_names_the_starts_around() -> None:
    failed = only_failure(explained(at("2026-07-01 10:10", BERLIN)))
    assert (failed.rule, failed.refusal) == (Rule.GRID, Refusal.OUTSIDE_AVAILABILITY)
    assert failed.facts == {
        "first_start": "2026-07-01T07:00:00Z",
        "slot_interval_minutes": 30,
        "previous_start": "2026-07-01T08:00:00Z",
        "next_start": "2026-07-01T08:30:00Z",
    }


def test_the_starts_around_count_from_the_windows_own_start() -> None:
    rules = make_rules(BERLIN, every_day("09:10-12:00"), slot_interval_minutes=25)
    facts = finding(explain_start(rules, Diary(), TEN, now=0), Rule.GRID).facts
    assert facts["previous_start"] == "2026-07-01T08:00:00Z"
    off_by_five = finding(explain_start(rules, Diary(), TEN + 300, now=0), Rule.GRID).facts
    assert off_by_five["next_start"] == "2026-07-01T08:25:00Z"


def test_too_short_a_notice_names_the_earliest_start() -> None:
    now = at("2026-07-01 08:00:01", BERLIN)
    failed = only_failure(explained(now=now, min_notice_minutes=120))
    assert (failed.rule, failed.refusal) == (Rule.NOTICE, Refusal.NOTICE_TOO_SHORT)
    assert failed.facts == {"min_notice_minutes": 120, "earliest_start": "2026-07-01T08:00:01Z"}


def test_beyond_the_horizon_it_names_the_last_date() -> None:
    failed = only_failure(explained(max_advance_days=0))
    assert (failed.rule, failed.refusal) == (Rule.HORIZON, Refusal.BEYOND_HORIZON)
    assert failed.facts == {"max_advance_days": 0, "last_date": "2026-06-30"}


def test_the_horizon_ends_before_the_midnight_after_its_last_date() -> None:
    rules = make_rules(BERLIN, every_day("00:00-24:00"), max_advance_days=1)
    now, after = at("2026-06-30 10:00", BERLIN), at("2026-07-02 00:00", BERLIN)
    assert explain_start(rules, Diary(), after - 1800, now=now).is_offered
    assert only_failure(explain_start(rules, Diary(), after, now=now)).rule is Rule.HORIZON


def test_a_full_day_names_limit_and_count() -> None:
    failed = only_failure(explained(diary=Diary(counted=[TEN + 7200, TEN]), max_per_day=2))
    assert (failed.rule, failed.refusal) == (Rule.DAY_CAP, Refusal.CAP_REACHED)
    assert failed.facts == {"limit": 2, "booked": 2, "date": "2026-07-01"}


def test_a_full_week_names_the_day_it_starts_on() -> None:
    diary = Diary(counted=[at("2026-07-05 23:59", BERLIN)])
    failed = only_failure(explained(diary=diary, max_per_week=1))
    assert (failed.rule, failed.refusal) == (Rule.WEEK_CAP, Refusal.CAP_REACHED)
    assert failed.facts == {"limit": 1, "booked": 1, "week_from": "2026-06-29"}


def test_the_clients_caps_are_told_apart() -> None:
    diary = Diary(counted_for_client=[TEN])
    assert only_failure(explained(diary=diary, client_max_per_day=1)).rule is Rule.CLIENT_DAY_CAP
    assert only_failure(explained(diary=diary, client_max_per_week=1)).rule is Rule.CLIENT_WEEK_CAP


def test_a_clash_names_the_appointment_and_what_was_needed() -> None:
    appointments = Busy([TEN - 7200, TEN - 1800], [TEN - 5400, TEN], ["early", "before"])
    failed = only_failure(explained(diary=Diary(appointments), buffer_before_minutes=15))
    assert (failed.rule, failed.refusal) == (Rule.APPOINTMENTS, Refusal.SLOT_TAKEN)
    assert failed.facts == {
        "needed_from": "2026-07-01T07:45:00Z",
        "needed_until": "2026-07-01T08:30:00Z",
        "conflicts": [
            {"from": "2026-07-01T07:30:00Z", "until": "2026-07-01T08:00:00Z", "ref": "before"}
        ],
    }


@pytest.mark.parametrize(
    ("begin", "end", "offered"),
    [(-60, -15, True), (-60, -14, False), (50, 90, True), (49, 90, False)],
)
def test_a_clash_is_told_to_the_minute(begin: int, end: int, *, offered: bool) -> None:
    taken = Busy([TEN + begin * 60], [TEN + end * 60])
    explanation = explained(diary=Diary(taken), buffer_before_minutes=15, buffer_after_minutes=20)
    assert explanation.is_offered is offered
    assert finding(explanation, Rule.APPOINTMENTS).facts["needed_until"] == "2026-07-01T08:50:00Z"


@pytest.mark.parametrize(
    ("counted", "booked"),
    [
        ("2026-06-30 23:59", 0),
        ("2026-07-01 00:00", 1),
        ("2026-07-01 23:59", 1),
        ("2026-07-02 00:00", 0),
    ],
)
def test_a_cap_counts_from_midnight_to_midnight(counted: str, booked: int) -> None:
    explanation = explained(diary=Diary(counted=[at(counted, BERLIN)]), max_per_day=1)
    assert finding(explanation, Rule.DAY_CAP).facts["booked"] == booked


def test_external_busy_time_is_told_apart_from_own() -> None:
    failed = only_failure(explained(diary=Diary(external=Busy([TEN], [TEN + 60]))))
    assert (failed.rule, failed.refusal) == (Rule.EXTERNAL_BUSY, Refusal.SLOT_TAKEN)
    assert failed.facts["conflicts"] == [
        {"from": "2026-07-01T08:00:00Z", "until": "2026-07-01T08:01:00Z"}
    ]


def session_diary(session: Session) -> Diary:
    return Diary(Busy([session.starts_at], [session.ends_at]), sessions=[session], counted=[TEN])


def test_joining_an_open_session_skips_what_was_settled_when_it_was_booked() -> None:
    diary = session_diary(Session(TEN, TEN + 1800, 2))
    explanation = explained(diary=diary, capacity=6, max_per_day=1)
    assert explanation.is_offered
    assert finding(explanation, Rule.APPOINTMENTS).verdict is Verdict.SKIPPED
    assert finding(explanation, Rule.DAY_CAP).verdict is Verdict.SKIPPED
    assert finding(explanation, Rule.SEATS).facts == {"capacity": 6, "seats_left": 2}


def test_a_full_session_says_so() -> None:
    failed = only_failure(explained(diary=session_diary(Session(TEN, TEN + 1800, 0)), capacity=6))
    assert (failed.rule, failed.refusal) == (Rule.SEATS, Refusal.SESSION_FULL)


def test_a_session_the_client_is_in_says_so() -> None:
    joined = Session(TEN, TEN + 1800, 2, joined=True)
    failed = only_failure(explained(diary=session_diary(joined), capacity=6))
    assert (failed.rule, failed.refusal) == (Rule.SEATS, Refusal.ALREADY_BOOKED)


def test_several_rules_may_fail_and_the_first_is_named() -> None:
    explanation = explained(
        at("2026-07-01 10:10", BERLIN), Diary(external=Busy([TEN], [TEN + 1800])), now=TEN + 1800
    )
    failed = [each.rule for each in explanation.findings if each.verdict is Verdict.FAILED]
    assert failed == [Rule.GRID, Rule.NOTICE, Rule.EXTERNAL_BUSY]
    assert explanation.first_failure is not None
    assert explanation.first_failure.rule is Rule.GRID
