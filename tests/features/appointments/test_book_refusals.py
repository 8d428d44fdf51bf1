"""Starts that can't be had: each has its code, and nothing is changed."""

from typing import Any

import pytest

from tests.features.appointments.enrolling import enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.make import Make


@pytest.mark.parametrize(
    ("terms", "starts_at", "status", "code"),
    [
        ({}, "2027-03-02T06:00:00Z", 422, "outside_availability"),
        ({}, "2027-03-02T08:30:00Z", 422, "outside_availability"),
        ({}, "2027-03-02T11:00:00Z", 422, "outside_availability"),
        ({}, "2027-02-26T08:00:00Z", 422, "notice_too_short"),
        ({"min_notice_minutes": 1501}, "2027-03-02T09:00:00Z", 422, "notice_too_short"),
        ({"max_advance_days": 1}, "2027-03-03T08:00:00Z", 422, "beyond_horizon"),
    ],
    ids=["closed", "off the grid", "would end too late", "past", "too soon", "too far"],
)
async def test_what_the_terms_refuse(
    make: Make, terms: dict[str, Any], starts_at: str, status: int, code: str
):
    coach = await make.coach()
    offered = await offer(coach, "09:00-12:00", **terms)
    ana = await enrolled_client(make, coach, offered)

    refused = await ana.book(starts_at)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert (await ana.http.get("/v1/portal/appointments")).json()["data"] == []
    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 0, "used": 0}


@pytest.mark.parametrize(
    ("terms", "second", "other_day"),
    [
        ({"max_per_day": 1}, "2027-03-02T09:00:00Z", "2027-03-03T09:00:00Z"),
        ({"max_per_week": 1}, "2027-03-07T09:00:00Z", "2027-03-08T09:00:00Z"),
    ],
)
async def test_the_coachs_caps_count_everybody(
    make: Make, terms: dict[str, Any], second: str, other_day: str
):
    coach = await make.coach()
    offered = await offer(coach, **terms)
    ana = await enrolled_client(make, coach, offered)
    ben = await enrolled_client(make, coach, offered)
    await ana.booked("2027-03-02T08:00:00Z")

    refused = await ben.book(second)

    assert (refused.status_code, refused.json()["code"]) == (409, "cap_reached")
    assert (await ben.book(other_day)).status_code == 201


@pytest.mark.parametrize(
    ("terms", "second", "other_day"),
    [
        ({"client_max_per_day": 1}, "2027-03-02T09:00:00Z", "2027-03-03T09:00:00Z"),
        ({"client_max_per_week": 1}, "2027-03-07T09:00:00Z", "2027-03-08T09:00:00Z"),
    ],
)
async def test_a_clients_caps_count_only_theirs(
    make: Make, terms: dict[str, Any], second: str, other_day: str
):
    coach = await make.coach()
    offered = await offer(coach, **terms)
    ana = await enrolled_client(make, coach, offered)
    ben = await enrolled_client(make, coach, offered)
    await ana.booked("2027-03-02T08:00:00Z")

    refused = await ana.book(second)

    assert (refused.status_code, refused.json()["code"]) == (409, "cap_reached")
    assert (await ben.book(second)).status_code == 201
    assert (await ana.book(other_day)).status_code == 201


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"starts_at": "2027-03-02T09:00:00"}, "/starts_at"),
        ({"starts_at": "2027-03-02T09:00:30Z"}, "/starts_at"),
        ({"starts_at": "2027-03-02T09:00:00.5Z"}, "/starts_at"),
        ({"starts_at": "2027-03-02"}, "/starts_at"),
        ({"starts_at": "2027-03-02T25:00:00Z"}, "/starts_at"),
        ({"starts_at": "0001-01-01T00:00:00Z"}, "/starts_at"),
        ({"starts_at": 1804000000}, "/starts_at"),
        ({"appointment_type_id": "x"}, "/appointment_type_id"),
        ({"enrollment_id": None}, "/enrollment_id"),
        ({"hold_id": "x"}, "/hold_id"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"note": "x" * 2001}, "/note"),
        ({"note": "a\x00b"}, "/note"),
        ({"series": {"count": 1}}, "/series/count"),
        ({"series": {"count": 53}}, "/series/count"),
        ({"series": {"count": 4, "every_weeks": 0}}, "/series/every_weeks"),
        ({"series": {"count": 52, "every_weeks": 3}}, "/series"),
        ({"series": {"count": True}}, "/series/count"),
        ({"status": "confirmed"}, "/status"),
    ],
)
async def test_what_is_no_booking_is_refused_with_its_place(
    make: Make, change: dict[str, Any], pointer: str
):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    body = {**ana.wish, "starts_at": "2027-03-02T09:00:00Z", **change}

    answer = await ana.http.post("/v1/portal/appointments", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert (await ana.http.get("/v1/portal/appointments")).json()["data"] == []
