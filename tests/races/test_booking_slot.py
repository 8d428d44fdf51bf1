"""Many clients, one time."""

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

ROUNDS = 25
"""Hours, one after the other."""


async def test_of_24_clients_one_gets_the_slot(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    clients = await crowd_of(crowd, coach, offered, 24)

    for hour in range(ROUNDS):
        answers = await all_at_once(*(client.book(at_hour(hour)) for client in clients))

        assert outcomes(answers) == {"booked": 1, "slot_taken": 23}
        assert all(answer.json()["alternatives"] for answer in answers if answer.status_code == 409)
    assert len(await check_books(crowd.runtime, coach)) == ROUNDS


async def test_overlapping_times_exclude_each_other(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach, slot_interval_minutes=15)
    clients = await crowd_of(crowd, coach, offered, 12)
    starts = [at_hour(10).replace(":00:00", f":{15 * (n % 4):02d}:00", 1) for n in range(12)]

    answers = await all_at_once(
        *(client.book(start) for client, start in zip(clients, starts, strict=True))
    )

    assert outcomes(answers) == {"booked": 1, "slot_taken": 11}
    assert len(await check_books(crowd.runtime, coach)) == 1


async def test_a_session_of_ten_seats_takes_exactly_ten(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach, capacity=10)
    clients = await crowd_of(crowd, coach, offered, 24)

    for hour in range(ROUNDS):
        answers = await all_at_once(*(client.book(at_hour(hour)) for client in clients))

        assert outcomes(answers) == {"booked": 10, "session_full": 14}
        assert all(answer.json()["alternatives"] for answer in answers if answer.status_code == 409)
    sessions = await check_books(crowd.runtime, coach)
    assert [session.seats_taken for session in sessions] == [10] * ROUNDS


async def test_one_client_clicking_twenty_times_has_one_seat(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach, capacity=10)
    [ana] = await crowd_of(crowd, coach, offered, 1)

    answers = await all_at_once(*(ana.book(at_hour(10)) for _ in range(20)))

    assert outcomes(answers) == {"booked": 1, "already_booked": 19}
    assert await purse(crowd.runtime, ana) == {"left": 49, "reserved": 1, "used": 0}


async def test_holds_and_bookings_race_for_the_same_time(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    clients = await crowd_of(crowd, coach, offered, 20)
    start = at_hour(10)

    answers = await all_at_once(
        *(
            client.book(start)
            if number % 2
            else client.http.post("/v1/portal/slot-holds", json={**client.wish, "starts_at": start})
            for number, client in enumerate(clients)
        )
    )

    assert outcomes(answers) == {"booked": 1, "slot_taken": 19}
    assert len(await check_books(crowd.runtime, coach)) == 1


async def test_a_coach_and_clients_race_too(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    clients = await crowd_of(crowd, coach, offered, 10)
    body = {
        "appointment_type_id": offered["id"],
        "contact_id": str(clients[0].person.contact_id),
        "starts_at": at_hour(10),
        "override": True,
    }

    answers = await all_at_once(
        *(client.book(at_hour(10)) for client in clients),
        *(coach.http.post("/v1/appointments", json=body) for _ in range(5)),
    )

    assert outcomes(answers) == {"booked": 1, "slot_taken": 14}
