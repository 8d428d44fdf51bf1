"""Changes that meet: whatever the order, one story comes out."""

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

ROUNDS = 5


async def test_moving_and_cancelling_meet(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    [ana] = await crowd_of(crowd, coach, offered, 1)

    for hour in range(ROUNDS):
        booked = await ana.booked(at_hour(hour))
        own, theirs = f"/v1/portal/appointments/{booked['id']}", f"/v1/appointments/{booked['id']}"
        later = {"starts_at": at_hour(hour + 10)}

        answers = await all_at_once(
            ana.http.post(f"{own}/reschedule", json=later),
            ana.http.post(f"{own}/cancel"),
            coach.http.post(f"{theirs}/reschedule", json={"starts_at": at_hour(hour + 11)}),
            coach.http.post(f"{theirs}/cancel"),
        )

        assert set(outcomes(answers)) <= {"booked", "appointment_closed"}
        assert (await coach.http.get(theirs)).json()["status"] == "cancelled"
        assert await purse(crowd.runtime, ana) == {"left": 50, "reserved": 0, "used": 0}
    assert await check_books(crowd.runtime, coach) == []


async def test_two_appointments_move_to_the_same_time(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    clients = await crowd_of(crowd, coach, offered, 8)
    booked = [await client.booked(at_hour(hour)) for hour, client in enumerate(clients)]

    answers = await all_at_once(
        *(
            client.http.post(
                f"/v1/portal/appointments/{appointment['id']}/reschedule",
                json={"starts_at": at_hour(20)},
            )
            for client, appointment in zip(clients, booked, strict=True)
        )
    )

    assert outcomes(answers) == {"booked": 1, "slot_taken": 7}
    assert len(await check_books(crowd.runtime, coach)) == 8


async def test_completing_and_cancelling_settle_the_credit_once(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach)
    [ana] = await crowd_of(crowd, coach, offered, 1)
    booked = await ana.booked(at_hour(1))
    url = f"/v1/appointments/{booked['id']}"

    answers = await all_at_once(
        *(coach.http.post(f"{url}/{verb}") for verb in ("complete", "cancel") * 5)
    )

    assert outcomes(answers) == {"booked": 1, "appointment_closed": 9}
    found = await purse(crowd.runtime, ana)
    assert found["reserved"] == 0
    assert found["left"] + found["used"] == 50


async def test_seats_change_hands_while_others_come(crowd: Make):
    coach = await crowd.coach()
    offered = await open_round_the_clock(coach, capacity=3)
    clients = await crowd_of(crowd, coach, offered, 9)
    first, *_ = [await client.booked(at_hour(10)) for client in clients[:3]]
    leave = f"/v1/portal/appointments/{first['id']}/cancel"

    answers = await all_at_once(
        *(client.http.post(leave) for client in clients[:3]),
        *(client.book(at_hour(10)) for client in clients[3:]),
    )

    assert set(outcomes(answers)) <= {"booked", "session_full"}
    rows = await check_books(crowd.runtime, coach)
    taken = sum(row.seats_taken for row in rows)
    assert taken == outcomes(answers[3:])["booked"]
    assert all(row.seats_taken <= 3 for row in rows)
