"""Requests that nobody answered end when their time comes; coaches who left aren't booked."""

import time_machine

from tests.features.appointments.conftest import TODAY
from tests.features.appointments.enrolling import enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.make import Make
from tests.post_office import PostOffice

NINE, TEN = "2027-03-02T08:00:00Z", "2027-03-02T09:00:00Z"


async def test_an_unanswered_request_is_declined_at_its_start(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True)
    ana = await enrolled_client(make, coach, offered)
    asked = await ana.booked(NINE)
    await post_office.deliver()

    calendar.move_to(TODAY.replace(day=2, hour=8))
    [mail] = await post_office.deliver()

    assert ana.person.email in str(mail["to"])
    own = (await ana.http.get(f"/v1/portal/appointments/{asked['id']}")).json()
    assert (own["status"], own["cancelled_by"]) == ("declined", "system")
    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 0, "used": 0}


async def test_an_answered_one_stays(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True, reminders_minutes=[])
    ana = await enrolled_client(make, coach, offered)
    asked = await ana.booked(NINE)
    await coach.http.post(f"/v1/appointments/{asked['id']}/confirm")
    await post_office.deliver()

    calendar.move_to(TODAY.replace(day=2, hour=8))

    assert await post_office.deliver() == []
    own = (await ana.http.get(f"/v1/portal/appointments/{asked['id']}")).json()
    assert own["status"] == "confirmed"


async def test_a_moved_request_lapses_at_its_new_start(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    coach = await make.coach()
    offered = await offer(coach, requires_confirmation=True, reminders_minutes=[])
    ana = await enrolled_client(make, coach, offered)
    asked = await ana.booked(NINE)
    url = f"/v1/portal/appointments/{asked['id']}"
    await ana.http.post(f"{url}/reschedule", json={"starts_at": TEN})
    await post_office.deliver()

    calendar.move_to(TODAY.replace(day=2, hour=8))
    assert await post_office.deliver() == []
    calendar.move_to(TODAY.replace(day=2, hour=9))
    await post_office.deliver()

    assert (await ana.http.get(url)).json()["status"] == "declined"


async def test_a_coach_who_left_is_not_booked(make: Make):
    owner = await make.coach()
    gone = await make.coach(role="coach", workspace_id=owner.workspace_id)
    offered = await offer(gone)
    ana = await enrolled_client(make, gone, offered)
    assert (await owner.http.delete(f"/v1/members/{gone.member_id}")).is_success

    [listed] = (await ana.http.get("/v1/portal/appointment-types")).json()["data"]

    assert listed["why_not"] == "appointment_type_archived"
    assert (await ana.book(NINE)).json()["code"] == "appointment_type_archived"
