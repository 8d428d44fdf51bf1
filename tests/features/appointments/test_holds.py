"""A client keeps a time for a few minutes before booking it."""

from typing import Any

import time_machine

from tests.features.appointments.conftest import TODAY
from tests.features.appointments.enrolling import Enrolled, enrolled_client, purse
from tests.features.appointments.offering import offer, slots_on
from tests.make import Make

NINE, TEN = "2027-03-02T08:00:00Z", "2027-03-02T09:00:00Z"


async def hold(client: Enrolled, starts_at: str) -> dict[str, Any]:
    body = {**client.wish, "starts_at": starts_at}
    answer = await client.http.post("/v1/portal/slot-holds", json=body)
    assert answer.status_code == 201, answer.text
    held: dict[str, Any] = answer.json()
    return held


async def test_a_held_slot_is_kept_from_others(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]

    held = await hold(ana, NINE)

    assert held["expires_at"] == "2027-03-01T08:10:00Z"
    assert (held["starts_at"], held["ends_at"]) == (NINE, TEN)
    assert (await ben.book(NINE)).json()["code"] == "slot_taken"
    assert "09:00" not in (await slots_on(coach, offered, "2027-03-02", "2027-03-03"))["2027-03-02"]
    assert (await coach.http.get("/v1/appointments")).json()["data"] == []
    assert (await ana.http.get("/v1/portal/appointments")).json()["data"] == []
    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 0, "used": 0}


async def test_whoever_holds_it_books_it(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    held = await hold(ana, NINE)

    booked = await ana.booked(NINE, hold_id=held["id"], note="Yes!")

    assert (booked["status"], booked["note"]) == ("confirmed", "Yes!")
    assert await purse(make.runtime, ana) == {"left": 9, "reserved": 1, "used": 0}
    assert len((await coach.http.get("/v1/appointments")).json()["data"]) == 1


async def test_a_hold_outlasts_the_notice(make: Make, calendar: time_machine.Traveller):
    coach = await make.coach()
    offered = await offer(coach, min_notice_minutes=24 * 60)
    ana = await enrolled_client(make, coach, offered)
    held = await hold(ana, NINE)
    calendar.move_to(TODAY.replace(minute=5))

    assert (await ana.book(NINE, hold_id=held["id"])).status_code == 201


async def test_after_ten_minutes_it_is_free_again(make: Make, calendar: time_machine.Traveller):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    held = await hold(ana, NINE)
    calendar.move_to(TODAY.replace(minute=10))

    assert "09:00" in (await slots_on(coach, offered, "2027-03-02", "2027-03-03"))["2027-03-02"]
    assert (await ben.book(NINE)).status_code == 201
    assert (await ana.book(NINE, hold_id=held["id"])).json()["code"] == "slot_taken"


async def test_an_expired_hold_still_books_what_nobody_took(
    make: Make, calendar: time_machine.Traveller
):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    held = await hold(ana, NINE)
    calendar.move_to(TODAY.replace(minute=30))

    assert (await ana.book(NINE, hold_id=held["id"])).status_code == 201


async def test_a_client_holds_one_time_only(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]

    await hold(ana, NINE)
    await hold(ana, TEN)

    assert (await ben.book(NINE)).status_code == 201
    assert (await ben.book(TEN)).json()["code"] == "slot_taken"


async def test_booking_another_time_lets_the_hold_go(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    held = await hold(ana, NINE)

    booked = await ana.booked(TEN, hold_id=held["id"])

    assert booked["starts_at"] == TEN
    assert (await ben.book(NINE)).status_code == 201


async def test_a_hold_can_be_given_back(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    held = await hold(ana, NINE)
    url = f"/v1/portal/slot-holds/{held['id']}"

    assert (await ben.http.delete(url)).status_code == 404
    assert (await ana.http.delete(url)).status_code == 204
    assert (await ana.http.delete(url)).status_code == 404
    assert (await ben.book(NINE)).status_code == 201


async def test_anothers_hold_opens_nothing(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    held = await hold(ana, NINE)

    assert (await ben.book(NINE, hold_id=held["id"])).json()["code"] == "slot_taken"


async def test_a_seat_of_a_session_is_held_and_lapses(make: Make, calendar: time_machine.Traveller):
    coach = await make.coach()
    offered = await offer(coach, capacity=2)
    ana, ben, cleo = [await enrolled_client(make, coach, offered) for _ in range(3)]
    await hold(ana, NINE)
    await ben.booked(NINE)

    assert (await cleo.book(NINE)).json()["code"] == "session_full"
    calendar.move_to(TODAY.replace(minute=11))
    query = {**cleo.wish, "from": "2027-03-02", "to": "2027-03-03"}
    found = (await cleo.http.get("/v1/portal/slots", params=query)).json()
    assert found["days"][0]["slots"][0]["seats_left"] == 1
    booked = await cleo.booked(NINE)
    assert booked["seats_left"] == 0
