"""Both sides look through their appointments."""

from typing import Any

import httpx
import pytest
import time_machine

from tests.features.appointments.conftest import TODAY
from tests.features.appointments.enrolling import enrolled_client
from tests.features.appointments.offering import offer
from tests.make import Make

STARTS = ["2027-03-02T08:00:00Z", "2027-03-03T08:00:00Z", "2027-03-04T08:00:00Z"]


async def starts(http: httpx.AsyncClient, url: str, **query: Any) -> list[str]:
    answer = await http.get(url, params=query)
    assert answer.status_code == 200, answer.text
    return [one["starts_at"] for one in answer.json()["data"]]


async def test_a_coach_lists_by_time_client_and_type(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    for client, start in zip((ana, ben, ana), STARTS, strict=True):
        await client.booked(start)
    url = "/v1/appointments"

    assert await starts(coach.http, url) == STARTS
    assert await starts(coach.http, url, sort="-starts_at") == STARTS[::-1]
    assert await starts(coach.http, url, contact_id=str(ben.person.contact_id)) == [STARTS[1]]
    assert await starts(coach.http, url, enrollment_id=str(ana.enrollment_id)) == [
        STARTS[0],
        STARTS[2],
    ]
    assert await starts(coach.http, url, starts_after=STARTS[1]) == STARTS[1:]
    assert await starts(coach.http, url, starts_before=STARTS[1]) == STARTS[:1]
    assert (
        await starts(coach.http, url, status="confirmed", coach_id=str(coach.member_id)) == STARTS
    )
    assert await starts(coach.http, url, status="cancelled") == []
    assert await starts(coach.http, url, appointment_type_id=offered["id"]) == STARTS


@pytest.mark.parametrize("sort", ["starts_at", "-starts_at"])
async def test_pages_follow_each_other(make: Make, sort: str):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    for start in STARTS:
        await ana.booked(start)

    for http, url in ((coach.http, "/v1/appointments"), (ana.http, "/v1/portal/appointments")):
        first = (await http.get(url, params={"limit": 2, "sort": sort})).json()
        cursor = {"limit": 2, "sort": sort, "cursor": first["next_cursor"]}
        rest = (await http.get(url, params=cursor)).json()
        seen = [one["starts_at"] for one in [*first["data"], *rest["data"]]]
        assert seen == sorted(STARTS, reverse=sort.startswith("-"))
        assert not rest["has_more"]


async def test_a_client_sees_what_is_to_come_and_what_is_over(
    make: Make, calendar: time_machine.Traveller
):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    for start in STARTS:
        await ana.booked(start)
    url = "/v1/portal/appointments"
    calendar.move_to(TODAY.replace(day=3, hour=8, minute=30))

    assert await starts(ana.http, url, when="upcoming") == STARTS[1:]
    assert await starts(ana.http, url, when="past") == STARTS[:1]
    assert await starts(ana.http, url, enrollment_id=str(ana.enrollment_id)) == STARTS
    assert await starts(ana.http, url, status="pending") == []


@pytest.mark.parametrize(
    "query",
    [{"limit": 0}, {"limit": 101}, {"sort": "name"}, {"cursor": "x"}, {"status": "held"}],
)
async def test_bad_questions_are_refused(make: Make, query: dict[str, Any]):
    coach = await make.coach()
    ana = await make.client(workspace_id=coach.workspace_id)

    assert (await coach.http.get("/v1/appointments", params=query)).status_code == 422
    assert (await ana.http.get("/v1/portal/appointments", params=query)).status_code == 422


async def test_nobody_else_finds_them(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    booked = await ana.booked(STARTS[0])
    outsider = await make.client(workspace_id=stranger.workspace_id)

    assert (await stranger.http.get(f"/v1/appointments/{booked['id']}")).status_code == 404
    for other in (ben.http, outsider.http):
        url = f"/v1/portal/appointments/{booked['id']}"
        assert (await other.get(url)).status_code == 404
        assert await starts(other, "/v1/portal/appointments") == []
    assert await starts(stranger.http, "/v1/appointments") == []
    assert (await ana.http.get("/v1/appointments")).json()["code"] == "coaches_only"
    assert (await coach.http.get("/v1/portal/appointments")).json()["code"] == "clients_only"
