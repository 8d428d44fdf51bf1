"""How the meeting went: it took place, or nobody came."""

import pytest
import time_machine

from tests.features.appointments.conftest import TODAY
from tests.features.appointments.enrolling import enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.make import Make

NINE = "2027-03-02T08:00:00Z"


async def test_a_meeting_that_took_place_uses_its_credits(make: Make):
    coach = await make.coach()
    offered = await offer(coach, credit_cost=2)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    answer = await coach.http.post(f"/v1/appointments/{booked['id']}/complete")

    assert answer.json()["status"] == "completed"
    assert await purse(make.runtime, ana) == {"left": 8, "reserved": 0, "used": 2}
    again = await coach.http.post(f"/v1/appointments/{booked['id']}/complete")
    assert (again.status_code, again.json()["code"]) == (409, "appointment_closed")


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("forfeit", {"left": 9, "reserved": 0, "used": 1}),
        ("release", {"left": 10, "reserved": 0, "used": 0}),
    ],
)
async def test_who_does_not_come_pays_by_the_types_rule(
    make: Make, calendar: time_machine.Traveller, rule: str, expected: dict[str, int]
):
    coach = await make.coach()
    offered = await offer(coach, no_show_rule=rule)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    calendar.move_to(TODAY.replace(day=2, hour=8, minute=20))

    answer = await coach.http.post(f"/v1/appointments/{booked['id']}/no-show")

    assert answer.json()["status"] == "no_show"
    assert await purse(make.runtime, ana) == expected


async def test_nobody_misses_what_has_not_begun(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    answer = await coach.http.post(f"/v1/appointments/{booked['id']}/no-show")

    assert (answer.status_code, answer.json()["code"]) == (409, "appointment_not_started")


async def test_in_a_group_some_come_and_some_do_not(make: Make, calendar: time_machine.Traveller):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    session = await ana.booked(NINE)
    await ben.booked(NINE)
    calendar.move_to(TODAY.replace(day=2, hour=9))
    url = f"/v1/appointments/{session['id']}"

    missed = await coach.http.post(
        f"{url}/no-show", json={"contact_id": str(ben.person.contact_id)}
    )
    done = await coach.http.post(f"{url}/complete")

    assert missed.json()["status"] == "confirmed"
    assert done.json()["status"] == "completed"
    assert [one["status"] for one in done.json()["attendees"]] == ["completed", "no_show"]


@pytest.mark.parametrize("verb", ["confirm", "decline", "cancel", "complete", "no-show"])
async def test_strangers_change_nothing(make: Make, verb: str):
    coach, stranger = await make.coach(), await make.coach()
    offered = await offer(coach, requires_confirmation=True)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    url = f"/v1/appointments/{booked['id']}/{verb}"

    assert (await stranger.http.post(url)).status_code == 404
    assert (await ana.http.post(url)).json()["code"] == "coaches_only"
    seen = (await coach.http.get(f"/v1/appointments/{booked['id']}")).json()
    assert seen["status"] == "pending"


@pytest.mark.parametrize("verb", ["cancel", "reschedule"])
async def test_other_clients_change_nothing(make: Make, verb: str):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    booked = await ana.booked(NINE)
    body = {"starts_at": "2027-03-02T09:00:00Z"} if verb == "reschedule" else {}

    answer = await ben.http.post(f"/v1/portal/appointments/{booked['id']}/{verb}", json=body)

    assert answer.status_code == 404
