"""A client looks up what they can book, and when."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from app.models import CreditAccount
from tests.features.appointments.enrolling import alter, enrol, enrolled_client
from tests.features.appointments.offering import by_day, offer
from tests.features.availability.working import add_type
from tests.make import Make

TUESDAY_TEN = "2027-03-02T09:00:00Z"


async def test_slots_by_the_clients_own_dates(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "17:00-19:00", time_zone="America/New_York")
    ana = await enrolled_client(make, coach, offered)
    query = {"from": "2027-03-03", "to": "2027-03-04", "time_zone": "Asia/Kathmandu"}

    answer = await ana.http.get("/v1/portal/slots", params=ana.wish | query)

    assert by_day(answer.json()) == {"2027-03-03": ["03:45", "04:45"]}
    assert answer.json()["coach_time_zone"] == "America/New_York"
    known = {"If-None-Match": answer.headers["ETag"]}
    again = await ana.http.get("/v1/portal/slots", params=ana.wish | query, headers=known)
    assert again.status_code == 304


async def test_own_caps_hide_what_others_may_still_book(make: Make):
    coach = await make.coach()
    offered = await offer(coach, client_max_per_day=1)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    await ana.booked(TUESDAY_TEN)
    query = {"from": "2027-03-02", "to": "2027-03-03"}

    hers = await ana.http.get("/v1/portal/slots", params=ana.wish | query)
    his = await ben.http.get("/v1/portal/slots", params=ben.wish | query)
    as_ana = await coach.http.get(
        "/v1/slots",
        params={
            **query,
            "appointment_type_id": offered["id"],
            "contact_id": str(ana.person.contact_id),
        },
    )

    assert by_day(hers.json()) == {}
    assert by_day(his.json()) == {"2027-03-02": ["09:00", "11:00"]}
    assert by_day(as_ana.json()) == {}


async def test_the_next_free_times(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "09:00-11:00", min_notice_minutes=24 * 60)
    ana = await enrolled_client(make, coach, offered)
    await ana.booked(TUESDAY_TEN)

    answer = await ana.http.get("/v1/portal/slots/next", params=ana.wish)
    two = await ana.http.get("/v1/portal/slots/next", params={**ana.wish, "count": 2})

    assert [slot["starts_at"] for slot in answer.json()["slots"]] == [
        "2027-03-02T08:00:00Z",
        "2027-03-03T08:00:00Z",
        "2027-03-03T09:00:00Z",
    ]
    assert answer.json()["coach_time_zone"] == "Europe/Berlin"
    assert len(two.json()["slots"]) == 2


async def test_types_tell_what_may_be_booked(make: Make):
    coach = await make.coach()
    offered = await offer(coach, name="Deep dive", credit_cost=2)
    ana = await enrolled_client(make, coach, offered, sessions=5)

    [listed] = (await ana.http.get("/v1/portal/appointment-types")).json()["data"]

    assert listed["id"] == offered["id"]
    assert listed["enrollment_id"] == str(ana.enrollment_id)
    assert listed["program_name"] == "Flight"
    assert (listed["credits_left"], listed["credit_cost"]) == (5, 2)
    assert (listed["bookable"], listed["why_not"]) == (True, None)


@pytest.mark.parametrize(
    "why",
    ["self_scheduling_disabled", "no_credits", "credits_expired", "appointment_type_archived"],
)
async def test_each_type_tells_why_not(make: Make, why: str):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered, sessions=1)
    if why == "self_scheduling_disabled":
        await alter(make.runtime, ana, self_scheduling_enabled=False)
    if why == "no_credits":
        await ana.booked(TUESDAY_TEN)
    if why == "credits_expired":
        async with make.runtime.database.writing(coach.workspace_id) as session:
            yesterday = datetime(2027, 2, 28, tzinfo=UTC)
            await session.execute(update(CreditAccount).values(expires_at=yesterday))
    if why == "appointment_type_archived":
        await coach.http.post(f"/v1/appointment-types/{offered['id']}/archive")

    [listed] = (await ana.http.get("/v1/portal/appointment-types")).json()["data"]

    assert (listed["bookable"], listed["why_not"]) == (False, why)


async def test_without_hours_or_enrollment_nothing_is_bookable(make: Make):
    coach = await make.coach()
    offered = await add_type(coach)
    ana = await enrolled_client(make, coach, offered)
    invited = await make.client(workspace_id=coach.workspace_id)
    await enrol(make.runtime, invited, offered["id"], status="invited")

    [listed] = (await ana.http.get("/v1/portal/appointment-types")).json()["data"]

    assert listed["why_not"] == "no_working_hours"
    assert (await invited.http.get("/v1/portal/appointment-types")).json()["data"] == []
