"""Appointments move: the same appointment at another time."""

from typing import Any

import pytest
import time_machine

from tests.features.appointments.conftest import TODAY
from tests.features.appointments.enrolling import Enrolled, alter, enrolled_client, purse
from tests.features.appointments.offering import offer, slots_on
from tests.make import Make, Person

NINE, TEN, ELEVEN = (f"2027-03-02T{hour}:00:00Z" for hour in ("08", "09", "10"))


async def move(client: Enrolled, appointment: dict[str, Any], starts_at: str, **body: Any) -> Any:
    url = f"/v1/portal/appointments/{appointment['id']}/reschedule"
    return await client.http.post(url, json={"starts_at": starts_at, **body})


async def move_for(coach: Person, appointment: dict[str, Any], starts_at: str, **body: Any) -> Any:
    url = f"/v1/appointments/{appointment['id']}/reschedule"
    return await coach.http.post(url, json={"starts_at": starts_at, **body})


async def test_a_client_moves_their_appointment(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    answer = await move(ana, booked, TEN, reason="Dentist")

    moved = answer.json()
    assert answer.status_code == 200, answer.text
    assert moved["id"] == booked["id"]
    assert (moved["starts_at"], moved["ends_at"]) == (TEN, ELEVEN)
    assert (moved["rescheduled_from"], moved["reschedules"]) == (NINE, 1)
    assert moved["version"] > booked["version"]
    assert await slots_on(coach, offered, "2027-03-02", "2027-03-03") == {
        "2027-03-02": ["09:00", "11:00"]
    }
    assert await purse(make.runtime, ana) == {"left": 9, "reserved": 1, "used": 0}
    story = await coach.http.get(f"/v1/contacts/{ana.person.contact_id}/timeline")
    told = story.json()["data"][0]["data"]
    assert (told["old_starts_at"], told["reason"], told["ical_sequence"]) == (NINE, "Dentist", 1)


async def test_it_does_not_stand_in_its_own_way(make: Make):
    coach = await make.coach()
    offered = await offer(
        coach,
        slot_interval_minutes=30,
        client_max_per_day=1,
        max_per_day=1,
        buffer_after_minutes=30,
    )
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    assert (await move(ana, booked, "2027-03-02T08:30:00Z")).status_code == 200


async def test_another_appointment_does(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    booked = await ana.booked(NINE)
    await ben.booked(TEN)

    refused = await move(ana, booked, TEN)

    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    assert ELEVEN in [one["starts_at"] for one in refused.json()["alternatives"]]
    own = (await ana.http.get(f"/v1/portal/appointments/{booked['id']}")).json()
    assert own == {name: booked[name] for name in booked if name != "series"}


@pytest.mark.parametrize(
    ("starts_at", "code"),
    [
        ("2027-03-02T20:00:00Z", "outside_availability"),
        ("2027-02-26T08:00:00Z", "notice_too_short"),
    ],
)
async def test_the_new_time_has_to_be_offered(make: Make, starts_at: str, code: str):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    refused = await move(ana, booked, starts_at)

    assert (refused.status_code, refused.json()["code"]) == (422, code)


@pytest.mark.parametrize(
    ("terms", "minute", "words"),
    [
        ({"reschedule_notice_minutes": 24 * 60}, 1, "too close"),
        ({"client_can_reschedule": False}, 0, "Your coach moves"),
        ({"max_reschedules": 0}, 0, "as often as allowed"),
    ],
)
async def test_outside_of_the_terms_it_stays(
    make: Make,
    calendar: time_machine.Traveller,
    terms: dict[str, Any],
    minute: int,
    words: str,
):
    coach = await make.coach()
    offered = await offer(coach, **terms)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    calendar.move_to(TODAY.replace(minute=minute))

    refused = await move(ana, booked, TEN)

    assert (refused.status_code, refused.json()["code"]) == (409, "reschedule_window_closed")
    assert words in refused.json()["detail"]


async def test_a_client_moves_it_as_often_as_allowed(make: Make):
    coach = await make.coach()
    offered = await offer(coach, max_reschedules=2)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    await move_for(coach, booked, TEN)

    codes = [(await move(ana, booked, start)).status_code for start in (NINE, ELEVEN, TEN)]

    assert codes == [200, 200, 409]


async def test_moving_to_the_same_time_changes_nothing(make: Make):
    coach = await make.coach()
    offered = await offer(coach, max_reschedules=0)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    same = await move(ana, booked, NINE)

    assert same.status_code == 200
    assert same.json()["version"] == booked["version"]


async def test_a_moved_request_has_to_be_confirmed_anew(make: Make):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    await coach.http.post(f"/v1/appointments/{booked['id']}/confirm")

    moved = await move(ana, booked, TEN)

    assert moved.json()["status"] == "pending"
    assert (await move_for(coach, booked, ELEVEN)).json()["status"] == "pending"


async def test_a_coach_overrides_the_hours_but_no_appointment(make: Make):
    coach = await make.coach()
    offered = await offer(coach, client_can_reschedule=False)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    booked = await ana.booked(NINE)
    await ben.booked(TEN)
    night = "2027-03-02T22:00:00Z"

    kept = await move_for(coach, booked, night)
    moved = await move_for(coach, booked, night, override=True)
    twice = await move_for(coach, booked, TEN, override=True)

    assert kept.json()["code"] == "outside_availability"
    assert (moved.status_code, moved.json()["starts_at"]) == (200, night)
    assert (twice.status_code, twice.json()["code"]) == (409, "slot_taken")
    assert moved.json()["attendees"][0]["reschedules"] == 0


async def test_what_is_over_or_given_up_stays(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    await ana.http.post(f"/v1/portal/appointments/{booked['id']}/cancel")

    assert (await move(ana, booked, TEN)).json()["code"] == "appointment_closed"
    assert (await move_for(coach, booked, TEN)).json()["code"] == "appointment_closed"


async def test_where_self_scheduling_ended_only_the_coach_moves(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    await alter(make.runtime, ana, self_scheduling_enabled=False)

    assert (await move(ana, booked, TEN)).json()["code"] == "self_scheduling_disabled"
    assert (await move_for(coach, booked, TEN)).status_code == 200
