"""A coach narrows the list down; the tabs' counts follow."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.features.contacts.adding import listed
from tests.make import Make, Person

LONG_AGO = datetime(2020, 5, 1, 12, tzinfo=UTC)


async def three_contacts(make: Make) -> Person:
    coach = await make.coach()
    colleague = await make.coach(role="coach", workspace_id=coach.workspace_id)
    for fields in (
        {"first_name": "Lea", "type": "lead", "tags": ["VIP", "spring"]},
        {"first_name": "Mia", "coach_id": colleague.member_id, "portal_status": "disabled"},
        {"first_name": "Old", "created_at": LONG_AGO, "archived_at": LONG_AGO, "tags": ["vip"]},
    ):
        await make.contact(workspace_id=coach.workspace_id, **fields)
    return coach


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({}, ["Lea", "Mia"]),
        ({"archived": "true"}, ["Old"]),
        ({"archived": "all"}, ["Lea", "Mia", "Old"]),
        ({"type": "lead"}, ["Lea"]),
        ({"type": "client"}, ["Mia"]),
        ({"tag": "spring"}, ["Lea"]),
        ({"tag": "vip"}, ["Lea"]),
        ({"tag": "Vip", "archived": "all"}, ["Lea", "Old"]),
        ({"tag": "vi"}, []),
        ({"portal_status": "disabled"}, ["Mia"]),
        ({"portal_status": "active"}, []),
        ({"created_after": "2020-05-02T00:00:00Z", "archived": "all"}, ["Lea", "Mia"]),
        ({"created_before": "2020-05-01T14:00:00+02:00", "archived": "all"}, []),
        ({"created_before": "2020-05-01T14:00:01+02:00", "archived": "all"}, ["Old"]),
        ({"type": "lead", "tag": "vip", "search": "lea"}, ["Lea"]),
        ({"type": "client", "tag": "vip"}, []),
    ],
)
async def test_each_filter_keeps_what_fits(make: Make, query: dict[str, Any], found: list[str]):
    coach = await three_contacts(make)
    assert sorted(await listed(coach, **query)) == found


async def test_the_list_of_one_coach(make: Make):
    coach = await three_contacts(make)
    everyone = (await coach.http.get("/v1/contacts")).json()["data"]
    colleague = next(contact["coach_id"] for contact in everyone if contact["coach_id"])
    assert await listed(coach, coach_id=colleague) == ["Mia"]
    assert await listed(coach, coach_id=str(coach.member_id)) == []


@pytest.mark.parametrize(
    "query",
    [
        {"archived": "maybe"},
        {"type": "friend"},
        {"portal_status": "invited"},
        {"coach_id": "me"},
        {"created_after": "yesterday"},
        {"created_after": "2020-05-01T12:00:00"},
        {"created_before": "0001-01-01T00:00:00Z"},
        {"sort": "email"},
        {"limit": "101"},
        {"limit": "ten"},
        {"page": "2"},
    ],
)
async def test_an_unknown_filter_or_value_is_refused(make: Make, query: dict[str, str]):
    coach = await make.coach()
    answer = await coach.http.get("/v1/contacts", params=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{next(iter(query))}"


async def test_counts_tell_each_status_and_the_total(make: Make):
    coach = await three_contacts(make)
    await make.client(workspace_id=coach.workspace_id)
    await make.coach()
    counts = (await coach.http.get("/v1/contacts/counts")).json()
    assert counts == {"not_invited": 1, "pending": 0, "active": 1, "disabled": 1, "total": 3}


async def test_counts_follow_the_filters(make: Make):
    coach = await three_contacts(make)
    counts = await coach.http.get("/v1/contacts/counts", params={"archived": "all", "tag": "vip"})
    assert counts.json()["total"] == 2
    refused = await coach.http.get("/v1/contacts/counts", params={"portal_status": "active"})
    assert refused.status_code == 422
