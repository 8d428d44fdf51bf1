"""Caps and credits raced for."""

from tests.features.appointments.enrolling import purse
from tests.make import Make
from tests.races.booking_kit import (
    all_at_once,
    at_hour,
    check_books,
    crowd_of,
    open_round_the_clock,
    outcomes,
)


async def test_a_day_takes_no_more_than_its_cap(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach, max_per_day=3)
    clients = await crowd_of(crowd, coach, offered, 12)

    answers = await all_at_once(
        *(client.book(at_hour(hour)) for hour, client in enumerate(clients))
    )

    assert outcomes(answers) == {"booked": 3, "cap_reached": 9}
    assert len(await check_books(crowd.runtime, coach)) == 3


async def test_a_client_takes_no_more_than_their_own(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach, client_max_per_week=2)
    [ana] = await crowd_of(crowd, coach, offered, 1)

    answers = await all_at_once(*(ana.book(at_hour(hour)) for hour in range(12)))

    assert outcomes(answers) == {"booked": 2, "cap_reached": 10}


async def test_the_last_credit_books_once(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    [ana] = await crowd_of(crowd, coach, offered, 1, sessions=1)

    answers = await all_at_once(*(ana.book(at_hour(hour)) for hour in range(20)))

    assert outcomes(answers) == {"booked": 1, "no_credits": 19}
    assert await purse(crowd.runtime, ana) == {"left": 0, "reserved": 1, "used": 0}
    assert len(await check_books(crowd.runtime, coach)) == 1


async def test_credits_for_one_series_pay_one(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    [ana] = await crowd_of(crowd, coach, offered, 1, sessions=6)

    answers = await all_at_once(
        *(ana.book(at_hour(hour), series={"count": 4}) for hour in range(8))
    )

    assert outcomes(answers) == {"booked": 1, "no_credits": 7}
    assert await purse(crowd.runtime, ana) == {"left": 2, "reserved": 4, "used": 0}
