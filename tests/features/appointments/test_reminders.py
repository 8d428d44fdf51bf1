"""Reminders come in time, and follow when an appointment moves or falls."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import time_machine

from app.core.jobs import cancel
from app.features.appointments.reminders import remind
from tests.features.appointments.conftest import TODAY
from tests.features.appointments.enrolling import Enrolled, enrolled_client
from tests.features.appointments.offering import offer
from tests.make import Make
from tests.post_office import PostOffice

START = datetime.fromisoformat("2027-03-04T08:00:00Z")
NINE, ELEVEN = "2027-03-04T08:00:00Z", "2027-03-04T10:00:00Z"
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


async def reminded(post_office: PostOffice) -> list[str]:
    """Who gets a reminder now."""
    return sorted(
        str(mail["to"].addresses[0].addr_spec)
        for mail in await post_office.deliver()
        if str(mail["subject"]).startswith("Reminder")
    )


async def booked_client(
    make: Make, post_office: PostOffice, **terms: Any
) -> tuple[Enrolled, str, str]:
    """A client with an appointment on Thursday at nine, its address and the coach's e-mail."""
    coach = await make.coach()
    offered = await offer(coach, **terms)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)
    await post_office.deliver()
    return ana, f"/v1/portal/appointments/{booked['id']}", coach.email


async def test_a_day_and_an_hour_before(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    ana, _, _ = await booked_client(make, post_office)

    calendar.move_to(START - DAY - timedelta(minutes=1))
    assert await reminded(post_office) == []
    calendar.move_to(START - DAY)
    assert await reminded(post_office) == [ana.person.email]
    calendar.move_to(START - HOUR)
    assert await reminded(post_office) == [ana.person.email]
    calendar.move_to(START + DAY)
    assert await reminded(post_office) == []


async def test_the_type_says_when_and_whether_the_coach_too(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    ana, _, coach = await booked_client(
        make, post_office, reminders_minutes=[90], remind_coach=True
    )

    calendar.move_to(START - HOUR)

    assert await reminded(post_office) == sorted([ana.person.email, coach])


async def test_they_move_with_the_appointment(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    ana, url, _ = await booked_client(make, post_office)
    await ana.http.post(f"{url}/reschedule", json={"starts_at": ELEVEN})
    await post_office.deliver()

    calendar.move_to(START - DAY)
    assert await reminded(post_office) == []
    calendar.move_to(START - DAY + 2 * HOUR)
    assert await reminded(post_office) == [ana.person.email]


async def test_they_come_again_after_a_later_move(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    ana, url, _ = await booked_client(make, post_office, reminders_minutes=[1440])
    calendar.move_to(START - DAY)
    assert await reminded(post_office) == [ana.person.email]

    await ana.http.post(f"{url}/reschedule", json={"starts_at": "2027-03-06T08:00:00Z"})
    await post_office.deliver()
    calendar.move_to(START + DAY)

    assert await reminded(post_office) == [ana.person.email]


async def test_what_is_cancelled_reminds_nobody(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    ana, url, _ = await booked_client(make, post_office)
    await ana.http.post(f"{url}/cancel")
    await post_office.deliver()

    calendar.move_to(START - HOUR)

    assert await reminded(post_office) == []


async def test_a_request_reminds_nobody_until_it_is_confirmed(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    ana, url, _ = await booked_client(make, post_office, requires_confirmation=True)
    calendar.move_to(START - DAY)
    assert await reminded(post_office) == []

    other = await make.coach(workspace_id=ana.person.workspace_id)
    await other.http.post(f"{url.replace('/portal', '')}/confirm")
    await post_office.deliver()
    calendar.move_to(START - HOUR)

    assert await reminded(post_office) == [ana.person.email]


async def test_who_books_at_the_last_minute_needs_none(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    calendar.move_to(START - HOUR / 2)
    await booked_client(make, post_office)

    calendar.move_to(START - timedelta(minutes=1))

    assert await reminded(post_office) == []


async def test_everyone_in_a_session_is_reminded_who_is_still_in_it(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    coach = await make.coach()
    offered = await offer(coach, capacity=3)
    ana, ben, cleo = [await enrolled_client(make, coach, offered) for _ in range(3)]
    session = await ana.booked(NINE)
    await ben.booked(NINE)
    await cleo.booked(NINE)
    await ben.http.post(f"/v1/portal/appointments/{session['id']}/cancel")
    await post_office.deliver()

    calendar.move_to(START - HOUR)

    assert await reminded(post_office) == sorted([ana.person.email, cleo.person.email] * 2)


async def test_a_late_worker_reminds_of_nothing_that_has_begun(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    await booked_client(make, post_office)
    calendar.move_to(TODAY.replace(day=4, hour=9))

    endings = await post_office.engine.drain()

    assert [ending.outcome for ending in endings] == ["expired", "expired"]


async def test_a_reminder_whose_job_ran_while_the_appointment_moved_comes_anyway(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    ana, url, _ = await booked_client(make, post_office, reminders_minutes=[60])
    workspace_id, appointment_id = ana.person.workspace_id, UUID(url.rpartition("/")[2])
    async with make.runtime.database.writing(workspace_id) as session:
        await cancel(session, f"appointment:{appointment_id}:60")  # as the running job's row was
        await remind(session, workspace_id, appointment_id, minutes=60)
    assert await reminded(post_office) == []

    calendar.move_to(START - HOUR)

    assert await reminded(post_office) == [ana.person.email]
