"""All contacts, page by page, in every order."""

import json
from base64 import urlsafe_b64encode
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.make import Make, Person

SORTS = ["name", "-name", "created_at", "-created_at", "last_active_at", "-last_active_at"]
AN_ID = "01890000-0000-7000-8000-000000000000"
START = datetime(2026, 1, 1, tzinfo=UTC)


async def seven_contacts(make: Make) -> Person:
    """With ties in everything they are sorted by."""
    coach = await make.coach()
    for n in range(7):
        await make.contact(
            workspace_id=coach.workspace_id,
            first_name="Ann" if n % 2 else "bea",
            last_name="Åberg" if n < 4 else "Zoll",
            last_active_at=START + timedelta(days=n % 2) if n > 2 else None,
        )
    return coach


async def all_pages(coach: Person, **query: Any) -> list[dict[str, Any]]:
    contacts, cursor = [], None
    while True:
        params = {**query, "cursor": cursor} if cursor else query
        page = (await coach.http.get("/v1/contacts", params=params)).json()
        assert len(page["data"]) <= query["limit"]
        assert page["has_more"] == (page["next_cursor"] is not None)
        contacts += page["data"]
        cursor = page["next_cursor"]
        if cursor is None:
            return contacts


def place(contact: dict[str, Any], sort: str) -> tuple[Any, ...]:
    """What a list in this order is sorted by."""
    return {
        "name": (f"{contact['last_name']} {contact['first_name']}".lower(), contact["id"]),
        "created_at": (contact["id"],),
        "last_active_at": (contact["portal"]["last_active_at"] or "", contact["id"]),
    }[sort.removeprefix("-")]


@pytest.mark.parametrize("sort", SORTS)
@pytest.mark.parametrize("limit", [1, 2, 3, 7, 100])
async def test_no_contact_is_skipped_or_repeated(make: Make, sort: str, limit: int):
    coach = await seven_contacts(make)
    contacts = await all_pages(coach, sort=sort, limit=limit)
    assert len({contact["id"] for contact in contacts}) == len(contacts) == 7
    in_order = sorted(contacts, key=lambda contact: place(contact, sort))
    assert contacts == (in_order[::-1] if sort.startswith("-") else in_order)


async def test_filters_hold_on_every_page(make: Make):
    coach = await seven_contacts(make)
    contacts = await all_pages(coach, limit=2, search="zoll", sort="name")
    assert [contact["last_name"] for contact in contacts] == ["Zoll"] * 3


async def test_a_contact_added_meanwhile_moves_nobody(make: Make):
    coach = await seven_contacts(make)
    first = (await coach.http.get("/v1/contacts", params={"limit": 3})).json()
    await make.contact(workspace_id=coach.workspace_id)
    rest = await coach.http.get("/v1/contacts", params={"cursor": first["next_cursor"]})
    seen = [contact["id"] for contact in first["data"] + rest.json()["data"]]
    assert len(set(seen)) == len(seen) == 7


def forged(*position: Any) -> str:
    return urlsafe_b64encode(json.dumps(position).encode()).decode().rstrip("=")


@pytest.mark.parametrize(
    "cursor",
    [
        "",
        "x",
        "ÿ",
        "%00",
        "eyJ9",
        forged(),
        forged("-created_at"),
        forged("-created_at", "x"),
        forged("-created_at", None),
        forged("-created_at", 7),
        forged("-created_at", AN_ID, "more"),
        forged("created_at", AN_ID),
        forged("name", "a", AN_ID),
        forged({"-created_at": 1}, AN_ID),
        urlsafe_b64encode(b'["-created_at","\\ud800"]').decode(),
        "A" * 1001,
    ],
)
async def test_a_cursor_of_ones_own_making_is_refused(make: Make, cursor: str):
    coach = await make.coach()
    answer = await coach.http.get("/v1/contacts", params={"cursor": cursor})
    assert answer.status_code == 422, answer.text
    assert answer.json()["code"] in {"invalid_cursor", "validation_failed"}


@pytest.mark.parametrize(
    "cursor",
    [
        forged("name", "a\u0000", AN_ID),
        forged("name", "a", "b"),
        forged("name", 1, AN_ID),
        forged("name", AN_ID),
        urlsafe_b64encode(b'["name","\xff","x"]').decode(),
    ],
)
async def test_so_is_one_for_names(make: Make, cursor: str):
    coach = await make.coach()
    answer = await coach.http.get("/v1/contacts", params={"cursor": cursor, "sort": "name"})
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")


async def test_a_cursor_carries_nobody_into_another_practice(make: Make):
    coach, other = await seven_contacts(make), await seven_contacts(make)
    page = (await coach.http.get("/v1/contacts", params={"limit": 3})).json()
    theirs = await other.http.get("/v1/contacts", params={"cursor": page["next_cursor"]})
    mine = {contact["id"] for contact in (await all_pages(coach, limit=100))}
    assert mine.isdisjoint(contact["id"] for contact in theirs.json()["data"])
