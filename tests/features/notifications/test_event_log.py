from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from app.core.db import Database
from app.core.events import Actor, publish
from app.features.contacts.events import ContactUnarchived
from app.main import create_app
from app.settings import Settings
from tests.make import Make, Person


async def events(coach: Person, **filters: Any) -> list[dict[str, Any]]:
    answer = await coach.http.get("/v1/events", params=filters)
    assert answer.status_code == 200, answer.text
    data: list[dict[str, Any]] = answer.json()["data"]
    return data


async def add_contacts(coach: Person, count: int) -> list[str]:
    names = [f"Contact {number}" for number in range(count)]
    answers = [await coach.http.post("/v1/contacts", json={"first_name": name}) for name in names]
    return [answer.json()["id"] for answer in answers]


async def test_an_event_tells_who_did_what_to_whom(make: Make) -> None:
    coach = await make.coach()
    [contact_id] = await add_contacts(coach, 1)

    [event] = await events(coach)

    assert event["type"] == "contact.created"
    assert event["actor"] == {"kind": "member", "id": str(coach.user_id)}
    assert (event["contact_id"], event["subject_id"]) == (contact_id, contact_id)
    assert event["created_at"].endswith("Z")
    assert sorted(event) == [
        "actor",
        "contact_id",
        "created_at",
        "data",
        "id",
        "subject_id",
        "type",
    ]


@pytest.mark.parametrize("sort", ["created_at", "-created_at"])
async def test_pages_follow_each_other_in_either_order(make: Make, sort: str) -> None:
    coach = await make.coach()
    contact_ids = await add_contacts(coach, 5)

    first = (await coach.http.get("/v1/events", params={"sort": sort, "limit": 3})).json()
    parameters = {"sort": sort, "limit": 3, "cursor": first["next_cursor"]}
    second = (await coach.http.get("/v1/events", params=parameters)).json()

    seen = [event["contact_id"] for event in first["data"] + second["data"]]
    assert seen == (contact_ids if sort == "created_at" else contact_ids[::-1])
    assert (first["has_more"], second["has_more"]) == (True, False)


async def test_a_cursor_belongs_to_its_order(make: Make) -> None:
    coach = await make.coach()
    await add_contacts(coach, 2)
    page = (await coach.http.get("/v1/events?sort=created_at&limit=1")).json()

    answer = await coach.http.get(f"/v1/events?sort=-created_at&cursor={page['next_cursor']}")

    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")


async def test_the_log_is_followed_from_the_last_event_seen(make: Make) -> None:
    coach = await make.coach()
    await add_contacts(coach, 2)
    seen = await events(coach, sort="created_at")
    [newest] = await add_contacts(coach, 1)

    fresh = await events(coach, sort="created_at", after=seen[-1]["id"])

    assert [event["contact_id"] for event in fresh] == [newest]
    assert await events(coach, sort="created_at", after=fresh[-1]["id"]) == []


async def test_filters_narrow_the_log(make: Make) -> None:
    coach = await make.coach()
    one, other = await add_contacts(coach, 2)
    await coach.http.post(f"/v1/contacts/{one}/archive")

    assert [event["type"] for event in await events(coach, contact_id=one)] == [
        "contact.archived",
        "contact.created",
    ]
    created = await events(coach, type="contact.created")
    assert [event["contact_id"] for event in created] == [other, one]
    assert await events(coach, type="contact.unheard_of") == []


async def test_another_practices_events_are_not_there(make: Make) -> None:
    coach, stranger = await make.coach(), await make.coach()
    await add_contacts(coach, 1)

    assert await events(stranger) == []


async def test_nothing_slips_in_front_of_an_event_already_given_out(
    fresh_database: Database, settings: Settings
) -> None:
    make = Make(create_app(settings, database=fresh_database))
    coach = await make.coach()
    before = await add_contacts(coach, 1)
    actor = Actor("member", coach.user_id)
    contact_id = UUID(before[0])
    slow = ContactUnarchived(workspace_id=coach.workspace_id, actor=actor, contact_id=contact_id)
    async with fresh_database.writing(coach.workspace_id) as session:
        await session.execute(text("UPDATE contacts SET company = 'slow'"))
        quick = await add_contacts(coach, 1)
        meanwhile = await events(coach, sort="created_at")
        newest = await events(coach)
        await publish(session, slow)
    after = await events(coach, sort="created_at")

    assert quick[0] not in {event["contact_id"] for event in meanwhile}
    assert newest[0]["contact_id"] == quick[0]
    assert [event["type"] for event in after] == [
        "contact.created",
        "contact.unarchived",
        "contact.created",
    ]
