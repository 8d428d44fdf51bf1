"""Seats move from one group session to another; sessions move with everyone in them."""

from tests.features.appointments.enrolling import enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.features.appointments.test_reschedule import ELEVEN, NINE, TEN, move, move_for
from tests.make import Make


async def test_a_seat_moves_alone_into_a_new_session(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    session = await ana.booked(NINE)
    await ben.booked(NINE)

    moved = (await move(ana, session, TEN)).json()

    assert moved["id"] != session["id"]
    assert (moved["starts_at"], moved["rescheduled_from"]) == (TEN, NINE)
    old = (await coach.http.get(f"/v1/appointments/{session['id']}")).json()
    assert [one["contact_id"] for one in old["attendees"]] == [str(ben.person.contact_id)]
    assert old["seats_taken"] == 1
    assert await purse(make.runtime, ana) == {"left": 9, "reserved": 1, "used": 0}


async def test_a_seat_moves_into_a_session_that_stands(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=2, client_max_per_day=1)
    ana, ben, cleo = [await enrolled_client(make, coach, offered) for _ in range(3)]
    early, late = await ana.booked(NINE), await ben.booked(TEN)

    moved = (await move(ana, early, TEN)).json()

    assert moved["id"] == late["id"]
    assert (await move(ana, late, ELEVEN)).status_code == 200
    await ana.http.post(f"/v1/portal/appointments/{late['id']}/cancel")
    await cleo.booked(TEN)
    assert (await coach.http.get(f"/v1/appointments/{early['id']}")).json()["status"] == "cancelled"


async def test_a_full_session_takes_nobody_in(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=1 + 1)
    ana, ben, cleo = [await enrolled_client(make, coach, offered) for _ in range(3)]
    session = await ana.booked(NINE)
    await ben.booked(TEN)
    await cleo.booked(TEN)

    refused = await move(ana, session, TEN)

    assert (refused.status_code, refused.json()["code"]) == (409, "session_full")


async def test_the_last_to_leave_may_even_overlap_the_old_session(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=2, slot_interval_minutes=30)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    session = await ana.booked(NINE)

    moved = await move(ana, session, "2027-03-02T08:30:00Z")

    assert moved.status_code == 200
    await ben.booked("2027-03-02T08:30:00Z")
    stuck = await move(ana, moved.json(), NINE)
    assert stuck.json()["code"] == "slot_taken"  # Ben stays where he is


async def test_a_coach_moves_the_whole_session(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    session = await ana.booked(NINE)
    await ben.booked(NINE)

    moved = (await move_for(coach, session, TEN)).json()

    assert (moved["id"], moved["starts_at"], moved["seats_taken"]) == (session["id"], TEN, 2)
    assert {one["rescheduled_from"] for one in moved["attendees"]} == {NINE}


async def test_a_session_is_not_moved_onto_another(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    session = await ana.booked(NINE)
    await ben.booked(TEN)

    refused = await move_for(coach, session, TEN, override=True)

    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
