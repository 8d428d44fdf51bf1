"""A contact's story."""

from datetime import UTC, datetime
from typing import Any

import pytest

from tests.features.contacts.adding import add_contact
from tests.features.invites.journey import accept, invited_contact
from tests.make import Make, Person


async def story(coach: Person, contact_id: object, **query: Any) -> dict[str, Any]:
    answer = await coach.http.get(f"/v1/contacts/{contact_id}/timeline", params=query)
    assert answer.status_code == 200, answer.text
    page: dict[str, Any] = answer.json()
    return page


async def test_the_newest_comes_first_with_who_did_it(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach)
    await accept(make.anonymous(), token)
    accepted, invited = (await story(coach, contact_id))["data"]
    assert (accepted["type"], invited["type"]) == ("portal.activated", "portal.invited")
    assert accepted["summary"] == "Accepted the portal invite"
    assert accepted["actor"]["kind"] == "client"
    me = (await coach.http.get("/v1/me")).json()
    assert invited["actor"] == {"kind": "member", "id": me["id"], "name": me["name"]}
    assert datetime.fromisoformat(invited["at"]).tzinfo == UTC


async def test_it_is_read_page_by_page(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach)
    for n in range(5):
        url = f"/v1/contacts/{contact['id']}"
        await coach.http.patch(url, json={"company": f"Number {n}"})
    whole = (await story(coach, contact["id"]))["data"]
    first = await story(coach, contact["id"], limit=4)
    second = await story(coach, contact["id"], limit=4, cursor=first["next_cursor"])
    assert len(whole) == 6
    assert first["has_more"]
    assert not second["has_more"]
    assert first["data"] + second["data"] == whole


async def test_each_contact_has_their_own(make: Make):
    coach = await make.coach()
    await add_contact(coach)
    other = await make.contact(workspace_id=coach.workspace_id)
    assert (await story(coach, other.id))["data"] == []


@pytest.mark.parametrize("cursor", ["x", "WyJuYW1lIl0", ""])
async def test_a_cursor_of_ones_own_making_is_refused(make: Make, cursor: str):
    coach = await make.coach()
    contact = await add_contact(coach)
    answer = await coach.http.get(
        f"/v1/contacts/{contact['id']}/timeline", params={"cursor": cursor}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "invalid_cursor")
