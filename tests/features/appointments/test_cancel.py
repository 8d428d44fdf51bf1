"""Appointments are given up: by the client within the terms, by the coach at any time."""

from typing import Any

import pytest
import time_machine

from tests.features.appointments.conftest import TODAY
from tests.features.appointments.enrolling import Enrolled, enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.make import Make

NINE = "2027-03-02T08:00:00Z"


async def cancel(client: Enrolled, appointment: dict[str, Any], **body: Any) -> Any:
    url = f"/v1/portal/appointments/{appointment['id']}/cancel"
    return await client.http.post(url, json=body)


async def test_in_time_everything_is_free_again(make: Make):
    coach = await make.coach()
    offered = await offer(coach, cancel_notice_minutes=24 * 60)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    booked = await ana.booked(NINE)
    assert (booked["can_cancel"], booked["cancel_until"]) == (True, "2027-03-01T08:00:00Z")

    answer = await cancel(ana, booked, reason="I am ill")

    cancelled = answer.json()
    assert answer.status_code == 200, answer.text
    assert (cancelled["status"], cancelled["cancel_reason"]) == ("cancelled", "I am ill")
    assert (cancelled["cancelled_by"], cancelled["can_cancel"]) == ("client", False)
    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 0, "used": 0}
    assert (await ben.book(NINE)).status_code == 201
    seen = (await coach.http.get(f"/v1/appointments/{booked['id']}")).json()
    assert (seen["status"], seen["seats_taken"]) == ("cancelled", 0)


@pytest.mark.parametrize(
    ("terms", "minute"),
    [
        ({"cancel_notice_minutes": 24 * 60}, 1),
        ({"client_can_cancel": False}, 0),
    ],
    ids=["after the cut-off", "never"],
)
async def test_outside_of_the_terms_it_stays(
    make: Make, calendar: time_machine.Traveller, terms: dict[str, Any], minute: int
):
    coach = await make.coach()
    offered = await offer(coach, **terms)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    calendar.move_to(TODAY.replace(minute=minute))

    answer = await cancel(ana, booked)

    assert (answer.status_code, answer.json()["code"]) == (409, "cancel_window_closed")
    own = (await ana.http.get(f"/v1/portal/appointments/{booked['id']}")).json()
    assert (own["status"], own["can_cancel"]) == ("confirmed", False)
    assert await purse(make.runtime, ana) == {"left": 9, "reserved": 1, "used": 0}


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("forfeit", {"left": 9, "reserved": 0, "used": 1}),
        ("release", {"left": 10, "reserved": 0, "used": 0}),
    ],
)
async def test_late_cancelling_follows_the_types_rule(
    make: Make, rule: str, expected: dict[str, int]
):
    coach = await make.coach()
    offered = await offer(coach, cancel_notice_minutes=48 * 60, late_cancel_rule=rule)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    answer = await cancel(ana, booked)

    assert answer.json()["status"] == "cancelled"
    assert await purse(make.runtime, ana) == expected
    story = await coach.http.get(f"/v1/contacts/{ana.person.contact_id}/timeline")
    told = story.json()["data"][0]
    assert told["type"] == "appointment.cancelled"
    assert (told["data"]["late"], told["data"]["forfeited"]) == (True, rule == "forfeit")


async def test_once_begun_no_client_cancels(make: Make, calendar: time_machine.Traveller):
    coach = await make.coach()
    offered = await offer(coach, late_cancel_rule="release")
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    calendar.move_to(TODAY.replace(day=2, hour=8))

    assert (await cancel(ana, booked)).json()["code"] == "cancel_window_closed"


async def test_cancelling_twice_is_told(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    await cancel(ana, booked)

    again = await cancel(ana, booked)

    assert (again.status_code, again.json()["code"]) == (409, "appointment_closed")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (None, {"left": 10, "reserved": 0, "used": 0}),
        ({"credits": "forfeit"}, {"left": 9, "reserved": 0, "used": 1}),
    ],
)
async def test_a_coach_cancels_whatever_the_terms(
    make: Make, body: dict[str, Any] | None, expected: dict[str, int]
):
    coach = await make.coach()
    offered = await offer(coach, client_can_cancel=False)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    answer = await coach.http.post(f"/v1/appointments/{booked['id']}/cancel", json=body)

    assert answer.json()["status"] == "cancelled"
    assert answer.json()["attendees"][0]["cancelled_by"] == "member"
    assert await purse(make.runtime, ana) == expected


async def test_one_client_leaves_a_session_and_the_others_stay(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=2)
    ana, ben, cleo = [await enrolled_client(make, coach, offered) for _ in range(3)]
    session = await ana.booked(NINE)
    await ben.booked(NINE)

    await cancel(ana, session)

    seen = (await coach.http.get(f"/v1/appointments/{session['id']}")).json()
    assert (seen["status"], seen["seats_taken"]) == ("confirmed", 1)
    assert (await cleo.booked(NINE))["id"] == session["id"]
    assert (await ana.book(NINE)).json()["code"] == "session_full"


async def test_who_left_a_session_can_come_back(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=2)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    session = await ana.booked(NINE)
    await ben.booked(NINE)
    await cancel(ana, session)

    back = await ana.booked(NINE)

    assert (back["id"], back["status"]) == (session["id"], "confirmed")
    own = (await ana.http.get(f"/v1/portal/appointments/{session['id']}")).json()
    assert own["status"] == "confirmed"
    assert len((await ana.http.get("/v1/portal/appointments")).json()["data"]) == 2


async def test_a_coach_sends_one_client_home_or_all(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    clients = [await enrolled_client(make, coach, offered) for _ in range(3)]
    sessions = [await client.booked(NINE) for client in clients]
    url = f"/v1/appointments/{sessions[0]['id']}/cancel"

    one = await coach.http.post(url, json={"contact_id": str(clients[0].person.contact_id)})
    rest = await coach.http.post(url)

    assert (one.json()["status"], one.json()["seats_taken"]) == ("confirmed", 2)
    assert (rest.json()["status"], rest.json()["seats_taken"]) == ("cancelled", 0)
    assert [await purse(make.runtime, client) for client in clients] == [
        {"left": 10, "reserved": 0, "used": 0}
    ] * 3
