"""Group sessions: joined at their own start, in the way of every other."""

from collections.abc import Sequence

from app.slots import Diary, Session, Slot, SlotRules, offer_slots
from tests.unit.slots.make import at, busy, every_day, make_rules

TEN = at("2026-07-01 10:00")
HALF_PAST_TEN = TEN + 1800


def group_rules(**changes: int) -> SlotRules:
    return make_rules("UTC", every_day("09:00-12:00"), capacity=6, **changes)


def diary_with(
    session: Session, *, counted: Sequence[int] = (), counted_for_client: Sequence[int] = ()
) -> Diary:
    return Diary(
        appointments=busy(("2026-07-01 10:00", "2026-07-01 10:30")),
        sessions=[session],
        counted=counted,
        counted_for_client=counted_for_client,
    )


def slots_of(rules: SlotRules, diary: Diary, *, now: int = 0) -> dict[int, Slot]:
    since, until = at("2026-07-01"), at("2026-07-02")
    offers = offer_slots(rules, diary, since=since, until=until, now=now)
    assert list(offers.starts) == sorted(offers.starts)
    return {slot.starts_at: slot for slot in offers.slots()}


def test_a_new_session_has_all_its_seats() -> None:
    assert {slot.seats_left for slot in slots_of(group_rules(), Diary()).values()} == {6}


def test_an_open_session_is_offered_at_its_own_start_with_the_seats_left() -> None:
    found = slots_of(group_rules(), diary_with(Session(TEN, HALF_PAST_TEN, 2)))
    assert found[TEN] == Slot(TEN, HALF_PAST_TEN, 2)
    assert len(found) == 6


def test_a_session_refuses_every_other_start_it_overlaps() -> None:
    found = slots_of(
        group_rules(duration_minutes=60, slot_interval_minutes=30),
        diary_with(Session(TEN, HALF_PAST_TEN, 2)),
    )
    assert sorted((start - TEN) // 60 for start in found) == [-60, 0, 30, 60]


def test_a_full_session_is_not_offered() -> None:
    assert TEN not in slots_of(group_rules(), diary_with(Session(TEN, HALF_PAST_TEN, 0)))


def test_no_new_session_starts_where_one_stands() -> None:
    full_and_missing_among_the_busy = Diary(sessions=[Session(TEN, HALF_PAST_TEN, 0)])
    assert TEN not in slots_of(group_rules(), full_and_missing_among_the_busy)


def test_a_session_at_the_end_of_the_query_is_left_out() -> None:
    diary = Diary(sessions=[Session(TEN, HALF_PAST_TEN, 1)])
    assert not offer_slots(group_rules(), diary, since=TEN - 1, until=TEN, now=0).sessions
    assert offer_slots(group_rules(), diary, since=TEN, until=TEN + 1, now=0).sessions


def test_a_session_the_client_is_in_is_not_offered() -> None:
    session = Session(TEN, HALF_PAST_TEN, 2, joined=True)
    assert TEN not in slots_of(group_rules(), diary_with(session))


def test_a_session_keeps_its_own_end() -> None:
    session = Session(TEN, HALF_PAST_TEN + 900, 2)
    assert slots_of(group_rules(), diary_with(session))[TEN].ends_at == HALF_PAST_TEN + 900


def test_a_session_outside_hours_and_grid_is_offered() -> None:
    late = at("2026-07-01 21:07")
    assert late in slots_of(group_rules(), Diary(sessions=[Session(late, late + 1800, 1)]))


def test_joining_adds_no_appointment_to_the_coachs_caps() -> None:
    diary = diary_with(Session(TEN, HALF_PAST_TEN, 2), counted=[TEN])
    assert list(slots_of(group_rules(max_per_day=1), diary)) == [TEN]


def test_joining_counts_towards_the_clients_caps() -> None:
    diary = diary_with(Session(TEN, HALF_PAST_TEN, 2), counted_for_client=[TEN - 3600])
    assert slots_of(group_rules(client_max_per_day=1), diary) == {}


def test_a_clients_full_day_ends_where_the_next_begins() -> None:
    midnight, next_midnight = at("2026-07-01"), at("2026-07-02")
    for start, offered in [(midnight, False), (next_midnight - 60, False), (next_midnight, True)]:
        diary = Diary(sessions=[Session(start, start + 1800, 1)], counted_for_client=[TEN])
        offers = offer_slots(
            group_rules(client_max_per_day=1), diary, since=start, until=start + 1, now=0
        )
        assert bool(offers.starts) is offered


def test_notice_and_horizon_hold_for_sessions() -> None:
    diary = diary_with(Session(TEN, HALF_PAST_TEN, 2))
    assert TEN not in slots_of(group_rules(), diary, now=TEN + 1)
    assert TEN not in slots_of(group_rules(max_advance_days=1), diary, now=TEN - 3 * 86_400)
