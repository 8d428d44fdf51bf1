"""A coach who hears of bookings once a day hears of those that still stand."""

import time_machine

from tests.features.appointments.conftest import TODAY
from tests.features.appointments.enrolling import enrolled_client
from tests.features.appointments.offering import offer
from tests.features.notes.writing import text_of
from tests.features.preferences.choosing import PREFERENCES, choose
from tests.make import Make
from tests.post_office import PostOffice

NINE, TEN = "2027-03-02T08:00:00Z", "2027-03-02T09:00:00Z"


async def test_given_up_bookings_are_left_out_and_others_of_the_session_are_not(
    make: Make, post_office: PostOffice, calendar: time_machine.Traveller
):
    coach = await make.coach()
    await choose(coach, appointment__booked="daily_digest")
    await coach.http.patch(PREFERENCES, json={"digest_hour": 18})
    offered = await offer(coach, capacity=3)
    ana, ben, cleo = [
        await enrolled_client(make, coach, offered, first_name=name)
        for name in ("Ana", "Ben", "Cleo")
    ]
    session = await ana.booked(NINE)
    await ben.booked(NINE)
    alone = await cleo.booked(TEN)
    await post_office.deliver()
    for client, booked in ((ana, session), (cleo, alone)):
        await client.http.post(f"/v1/portal/appointments/{booked['id']}/cancel", json={})
    cancelled = [m["subject"] for m in await post_office.deliver() if coach.email in m["to"]]
    assert len(cancelled) == 2

    calendar.move_to(TODAY.replace(hour=18))
    [digest] = [m for m in await post_office.deliver() if "happened at" in m["subject"]]

    text = text_of(digest)
    assert "One thing happened" in digest["subject"]
    assert "Ben" in text
    assert "Ana" not in text
    assert "Cleo" not in text
