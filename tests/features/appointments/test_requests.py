"""Where the coach confirms: a request holds the time until they say yes or no."""

import pytest

from tests.features.appointments.enrolling import enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.make import Make

NINE = "2027-03-02T08:00:00Z"


async def test_a_request_waits_and_keeps_the_time(make: Make):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]

    asked = await ana.booked(NINE, note="May I?")

    assert asked["status"] == "pending"
    assert (await ben.book(NINE)).json()["code"] == "slot_taken"
    assert await purse(make.runtime, ana) == {"left": 9, "reserved": 1, "used": 0}
    pending = await coach.http.get("/v1/appointments", params={"status": "pending"})
    assert [one["id"] for one in pending.json()["data"]] == [asked["id"]]


async def test_yes_confirms_it(make: Make):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True)
    ana = await enrolled_client(make, coach, offered)
    asked = await ana.booked(NINE)

    answer = await coach.http.post(f"/v1/appointments/{asked['id']}/confirm")

    assert answer.status_code == 200, answer.text
    assert answer.json()["status"] == "confirmed"
    own = (await ana.http.get(f"/v1/portal/appointments/{asked['id']}")).json()
    assert own["status"] == "confirmed"
    again = await coach.http.post(f"/v1/appointments/{asked['id']}/confirm")
    assert (again.status_code, again.json()["code"]) == (409, "appointment_closed")


async def test_no_frees_the_time_and_the_credit(make: Make):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    asked = await ana.booked(NINE)

    answer = await coach.http.post(
        f"/v1/appointments/{asked['id']}/decline", json={"reason": "On holiday"}
    )

    declined = answer.json()
    assert declined["status"] == "declined"
    assert declined["seats_taken"] == 0
    own = (await ana.http.get(f"/v1/portal/appointments/{asked['id']}")).json()
    assert (own["status"], own["cancel_reason"]) == ("declined", "On holiday")
    assert own["cancelled_by"] == "member"
    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 0, "used": 0}
    assert (await ben.book(NINE)).status_code == 201


async def test_a_request_can_be_withdrawn_until_it_would_begin(make: Make):
    coach = await make.coach()
    offered = await offer(
        coach, requires_confirmation=True, client_can_cancel=False, cancel_notice_minutes=99999
    )
    ana = await enrolled_client(make, coach, offered)
    asked = await ana.booked(NINE)
    assert asked["can_cancel"]

    withdrawn = await ana.http.post(f"/v1/portal/appointments/{asked['id']}/cancel")

    assert withdrawn.json()["status"] == "cancelled"
    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 0, "used": 0}


@pytest.mark.parametrize("verb", ["confirm", "decline"])
async def test_only_requests_are_answered(make: Make, verb: str):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    answer = await coach.http.post(f"/v1/appointments/{booked['id']}/{verb}")

    assert (answer.status_code, answer.json()["code"]) == (409, "appointment_closed")


async def test_in_a_group_each_request_is_answered_by_itself(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=5, requires_confirmation=True)
    ana, ben, cleo = [await enrolled_client(make, coach, offered) for _ in range(3)]
    session = await ana.booked(NINE)
    await ben.booked(NINE)
    await cleo.booked(NINE)
    url = f"/v1/appointments/{session['id']}"

    await coach.http.post(f"{url}/confirm", json={"contact_id": str(ana.person.contact_id)})
    await coach.http.post(f"{url}/decline", json={"contact_id": str(ben.person.contact_id)})

    seen = (await coach.http.get(url)).json()
    assert [one["status"] for one in seen["attendees"]] == ["confirmed", "declined", "pending"]
    assert (seen["status"], seen["seats_taken"]) == ("confirmed", 2)
    everyone = await coach.http.post(f"{url}/confirm")
    assert [one["status"] for one in everyone.json()["attendees"]] == [
        "confirmed",
        "declined",
        "confirmed",
    ]


async def test_who_has_no_part_cannot_be_answered(make: Make):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    asked = await ana.booked(NINE)

    answer = await coach.http.post(
        f"/v1/appointments/{asked['id']}/confirm",
        json={"contact_id": str(ben.person.contact_id)},
    )

    assert (answer.status_code, answer.json()["code"]) == (422, "no_such_attendee")
