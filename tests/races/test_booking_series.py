"""Weekly series against each other and against single bookings: no deadlock, no half series."""

from collections import Counter

from tests.make import Make
from tests.races.booking_kit import (
    all_at_once,
    at_hour,
    check_books,
    crowd_of,
    open_round_the_clock,
    outcomes,
)

WEEKS = 4
ROUNDS = 25


async def test_of_crossing_series_one_is_booked_whole(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    clients = await crowd_of(crowd, coach, offered, 12)

    for hour in range(2):
        answers = await all_at_once(
            *(client.book(at_hour(hour), series={"count": WEEKS}) for client in clients)
        )

        assert outcomes(answers) == {"booked": 1, "slot_taken": 11}
        assert all(
            len(answer.json()["dates"]) == WEEKS for answer in answers if answer.is_client_error
        )
    assert len(await check_books(crowd.runtime, coach)) == 2 * WEEKS


async def test_series_that_begin_in_different_weeks_never_deadlock(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    clients = await crowd_of(crowd, coach, offered, 16)

    answers = await all_at_once(
        *(
            client.book(at_hour(9, days=1 + 7 * (number % 4)), series={"count": WEEKS})
            for number, client in enumerate(clients)
        )
    )

    booked = outcomes(answers)["booked"]
    assert set(outcomes(answers)) <= {"booked", "slot_taken"}
    assert 1 <= booked <= 2
    assert len(await check_books(crowd.runtime, coach)) == booked * WEEKS


async def test_series_and_single_bookings_share_the_dates(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    clients = await crowd_of(crowd, coach, offered, 24, sessions=200)

    for hour in range(ROUNDS):
        answers = await all_at_once(
            *(
                client.book(at_hour(hour), series={"count": WEEKS})
                if number % 5 == 0
                else client.book(at_hour(hour, days=1 + 7 * (number % WEEKS)))
                for number, client in enumerate(clients)
            )
        )

        assert set(outcomes(answers)) == {"booked", "slot_taken"}
        refused = [answer.json() for answer in answers if answer.status_code == 409]
        assert all(one["alternatives"] for one in refused)
        assert all(
            date["available"] or date["alternatives"]
            for one in refused
            for date in one.get("dates", ())
        )
    rows = await check_books(crowd.runtime, coach)
    assert max(Counter(row.starts_at for row in rows).values()) == 1
    assert len(rows) == ROUNDS * WEEKS
