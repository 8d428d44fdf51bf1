"""A coach changes a contact: what is left out stays, null empties (RFC 7396)."""

from typing import Any

import pytest

from tests.features.contacts.adding import add_contact
from tests.features.invites.journey import accept, invited_contact
from tests.make import Make, Person

FULL = {
    "last_name": "Lindgren",
    "email": "maya@example.test",
    "phone": "+4930123456",
    "company": "Larks",
    "job_title": "CEO",
    "time_zone": "Europe/Berlin",
    "type": "lead",
    "tags": ["VIP"],
    "external_id": "crm-17",
    "source": "newsletter",
}


async def change(coach: Person, contact: dict[str, Any], **fields: Any) -> dict[str, Any]:
    answer = await coach.http.patch(f"/v1/contacts/{contact['id']}", json=fields)
    assert answer.status_code == 200, answer.text
    changed: dict[str, Any] = answer.json()
    return changed


async def latest(coach: Person, contact: dict[str, Any]) -> dict[str, Any]:
    story = (await coach.http.get(f"/v1/contacts/{contact['id']}/timeline")).json()
    entry: dict[str, Any] = story["data"][0]
    return entry


async def test_one_field_changes_and_the_others_stay(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, **FULL)
    changed = await change(coach, contact, company="Owls")
    assert changed == (await coach.http.get(f"/v1/contacts/{contact['id']}")).json()
    assert changed.pop("updated_at") >= contact.pop("updated_at")
    assert changed == {**contact, "company": "Owls", "version": 2}


async def test_null_empties_what_may_be_empty(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, **FULL)
    nullable = ["email", "phone", "company", "job_title", "time_zone", "external_id", "source"]
    nothing = dict.fromkeys([*nullable, "coach_id"])
    changed = await change(coach, contact, **nothing)
    assert {name: changed[name] for name in nothing} == nothing
    assert changed["last_name"] == "Lindgren"


@pytest.mark.parametrize(
    "field",
    ["first_name", "last_name", "type", "tags", "custom_fields", "send_portal_invite", "id"],
)
async def test_null_is_refused_for_what_is_always_there(make: Make, field: str):
    coach = await make.coach()
    contact = await add_contact(coach, **FULL)
    answer = await coach.http.patch(f"/v1/contacts/{contact['id']}", json={field: None})
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == f"/{field}"


async def test_the_timeline_names_the_fields_that_changed(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, **FULL)
    await change(coach, contact, company="Owls", job_title="COO", type="lead")
    entry = await latest(coach, contact)
    assert entry["type"] == "contact.updated"
    assert entry["data"] == {"changed": ["company", "job_title"], "invite_revoked": False}
    assert entry["summary"] == "Changed: company, job title"


@pytest.mark.parametrize("fields", [{}, {"company": "Larks", "tags": ["VIP"], "type": "lead"}])
async def test_the_same_values_again_change_nothing(make: Make, fields: dict[str, Any]):
    coach = await make.coach()
    contact = await add_contact(coach, **FULL)
    assert await change(coach, contact, **fields) == contact
    assert (await latest(coach, contact))["type"] == "contact.created"


async def test_a_new_name_is_found_and_sorted_at_once(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, first_name="Maya", last_name="Aalto")
    await add_contact(coach, first_name="Noah", last_name="Moss")
    await change(coach, contact, last_name="Zander")
    found = (await coach.http.get("/v1/contacts", params={"sort": "name"})).json()["data"]
    assert [each["last_name"] for each in found] == ["Moss", "Zander"]


async def test_a_coach_must_be_of_the_team(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    contact = await add_contact(coach)
    answer = await coach.http.patch(
        f"/v1/contacts/{contact['id']}", json={"coach_id": str(stranger.member_id)}
    )
    assert (answer.status_code, answer.json()["code"]) == (422, "unknown_coach")


async def test_another_address_takes_a_pending_invite_back(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach)
    changed = await change(coach, {"id": contact_id}, email="new@example.test")
    assert changed["portal"]["status"] == "not_invited"
    assert changed["portal"]["invited_at"] is changed["portal"]["invite_expires_at"] is None
    assert changed["portal"]["last_invite_delivery"] is None
    entry = await latest(coach, {"id": contact_id})
    assert entry["data"] == {"changed": ["email"], "invite_revoked": True}
    assert (await accept(make.anonymous(), token)).is_client_error


async def test_the_same_address_in_capitals_leaves_the_invite_alone(make: Make):
    coach = await make.coach()
    contact_id, _ = await invited_contact(make, coach, email="maya@example.test")
    changed = await change(coach, {"id": contact_id}, email="Maya@example.test")
    assert changed["email"] == "Maya@example.test"
    assert changed["portal"]["status"] == "pending"


async def test_a_clients_account_keeps_its_own_address(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    changed = await change(coach, {"id": client.contact_id}, email="new@example.test")
    assert changed["portal"]["status"] == "active"
    assert (await client.http.get("/v1/me")).json()["email"] == client.email
