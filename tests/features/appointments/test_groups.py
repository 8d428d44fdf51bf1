"""Group sessions: several clients, one time."""

from tests.features.appointments.enrolling import Enrolled, enrolled_client
from tests.features.appointments.offering import offer
from tests.features.availability.working import add_type
from tests.make import Make

TUESDAY_NINE = "2027-03-02T08:00:00Z"


async def seats(client: Enrolled) -> dict[str, int]:
    """The seats left at each start of Tuesday morning."""
    query = {**client.wish, "from": "2027-03-02", "to": "2027-03-03"}
    answer = await client.http.get("/v1/portal/slots", params=query)
    days = answer.json()["days"]
    return {slot["starts_at"][11:16]: slot["seats_left"] for day in days for slot in day["slots"]}


async def test_clients_join_the_session_that_was_booked_first(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]

    first = await ana.booked(TUESDAY_NINE)
    second = await ben.booked(TUESDAY_NINE)

    assert first["id"] == second["id"]
    assert (first["seats_left"], second["seats_left"]) == (2, 1)
    seen = (await coach.http.get(f"/v1/appointments/{first['id']}")).json()
    assert seen["seats_taken"] == 2
    assert {one["contact_id"] for one in seen["attendees"]} == {
        str(ana.person.contact_id),
        str(ben.person.contact_id),
    }
    assert seen["contact_id"] is None


async def test_slots_tell_the_seats_that_are_left(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]

    await ana.booked(TUESDAY_NINE)

    assert await seats(ben) == {"08:00": 2, "09:00": 3, "10:00": 3}
    assert await seats(ana) == {"09:00": 3, "10:00": 3}  # she has a seat already


async def test_a_full_session_says_so(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=2)
    ana, ben, cleo = [await enrolled_client(make, coach, offered) for _ in range(3)]
    await ana.booked(TUESDAY_NINE)
    await ben.booked(TUESDAY_NINE)

    refused = await cleo.book(TUESDAY_NINE)

    assert (refused.status_code, refused.json()["code"]) == (409, "session_full")
    assert refused.json()["alternatives"][0]["seats_left"] == 2


async def test_nobody_sits_on_two_chairs(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana = await enrolled_client(make, coach, offered)
    await ana.booked(TUESDAY_NINE)

    refused = await ana.book(TUESDAY_NINE)

    assert (refused.status_code, refused.json()["code"]) == (409, "already_booked")


async def test_a_session_can_be_joined_when_the_hours_have_changed(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    await ana.booked(TUESDAY_NINE)
    [schedule] = (await coach.http.get("/v1/schedules")).json()["data"]
    await coach.http.patch(f"/v1/schedules/{schedule['id']}", json={"rules": []})

    assert await seats(ben) == {"08:00": 2}
    assert (await ben.book(TUESDAY_NINE)).status_code == 201


async def test_another_type_does_not_join(make: Make):
    coach = await make.coach()
    group = await offer(coach, capacity=3)
    single = await add_type(coach, name="Single", capacity=1)
    ana = await enrolled_client(make, coach, group)
    ben = await enrolled_client(make, coach, single)
    await ana.booked(TUESDAY_NINE)

    assert (await ben.book(TUESDAY_NINE)).json()["code"] == "slot_taken"
