"""What free times and appointments cost on the wire, whatever stands in the diary."""

from datetime import timedelta
from typing import Any

import pytest

from app.core.clock import now
from tests.contracts.full_diaries import FIRST, fill
from tests.contracts.wired import Wired
from tests.features.appointments.enrolling import Enrolled, enrolled_client
from tests.features.appointments.offering import offer

TERMS: list[dict[str, Any]] = [{}, {"capacity": 5}, {"max_per_day": 4, "client_max_per_week": 9}]
"""The diary's statement has several forms; each is one."""


def quarter() -> dict[str, str]:
    """From tomorrow for ninety days."""
    first = now().date() + timedelta(days=1)
    return {"from": str(first), "to": str(first + timedelta(days=90))}


@pytest.mark.parametrize("terms", TERMS)
async def test_a_coachs_slots_are_two_round_trips(wired: Wired, terms: dict[str, Any]):
    coach = await wired.make.coach()
    offered = await offer(coach, **terms)
    query = {"appointment_type_id": offered["id"], **quarter()}
    url = f"/v1/slots?{_encoded(query)}"

    traffic = await wired.traffic(coach.http, "GET", url)

    assert (traffic.round_trips, traffic.commands, traffic.parsed) == (2, [], []), traffic


async def test_an_explanation_is_two(wired: Wired):
    coach = await wired.make.coach()
    offered = await offer(coach)
    query = {"appointment_type_id": offered["id"], "starts_at": "2190-01-04T09:00:00Z"}

    traffic = await wired.traffic(coach.http, "GET", f"/v1/slots/explain?{_encoded(query)}")

    assert traffic.round_trips == 2, traffic


@pytest.mark.parametrize("path", ["slots", "slots/next"])
async def test_a_client_costs_a_look_at_their_enrollment_more(wired: Wired, path: str):
    ana = await _client(wired)
    query = ana.wish | (quarter() if path == "slots" else {})

    traffic = await wired.traffic(ana.http, "GET", f"/v1/portal/{path}?{_encoded(query)}")

    assert (traffic.round_trips, traffic.commands, traffic.parsed) == (3, [], []), traffic


async def test_a_full_diary_costs_no_more(wired: Wired):
    coach = await wired.make.coach()
    offered = await offer(coach, "00:00-24:00", time_zone="UTC")
    await fill(wired.make.runtime.database, coach, offered, 1000)
    query = {"appointment_type_id": offered["id"], "from": str(FIRST), "to": "2189-04-01"}
    url = f"/v1/slots?{_encoded(query)}"

    traffic = await wired.traffic(coach.http, "GET", url)

    assert traffic.round_trips == 2, traffic
    starts = [len(day["slots"]) for day in (await coach.http.get(url)).json()["days"]]
    assert starts[0] == 6  # a quarter of the hours' appointments were cancelled
    assert starts[-1] == 24


@pytest.mark.parametrize("path", ["/v1/appointments/{}", "/v1/portal/appointments/{}"])
async def test_an_appointment_is_one(wired: Wired, path: str):
    coach = await wired.make.coach()
    ana = await enrolled_client(wired.make, coach, await offer(coach, "00:00-24:00"))
    start = (now() + timedelta(days=2)).replace(minute=0, second=0, microsecond=0)
    booked = await ana.booked(start.isoformat())
    http = ana.http if "portal" in path else coach.http

    traffic = await wired.traffic(http, "GET", path.format(booked["id"]))

    assert traffic.round_trips == 1, traffic


async def _client(wired: Wired) -> Enrolled:
    coach = await wired.make.coach()
    return await enrolled_client(wired.make, coach, await offer(coach))


def _encoded(query: dict[str, str]) -> str:
    return "&".join(f"{name}={value}" for name, value in query.items())
