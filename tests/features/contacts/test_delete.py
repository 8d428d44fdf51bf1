"""A coach removes a contact for good."""

import pytest
from sqlalchemy import select

from app.models import Email, Event, PortalInvite
from app.repositories import contact_holds
from app.repositories.contact_holds import Hold
from tests.features.contacts.adding import add_contact, listed
from tests.features.invites.journey import accept, invited_contact
from tests.make import Make


async def test_a_deleted_contact_is_nowhere(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach)
    url = f"/v1/contacts/{contact['id']}"
    answer = await coach.http.delete(url)
    assert (answer.status_code, answer.content) == (204, b"")
    assert (await coach.http.get(url)).status_code == 404
    assert (await coach.http.get(f"{url}/timeline")).status_code == 404
    assert (await coach.http.delete(url)).status_code == 404
    assert await listed(coach, archived="all") == []


async def test_the_address_is_free_again(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, email="maya@example.test")
    await coach.http.delete(f"/v1/contacts/{contact['id']}")
    await add_contact(coach, email="maya@example.test")


async def test_the_log_remembers_who_was_deleted(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, last_name="Lindgren")
    await coach.http.delete(f"/v1/contacts/{contact['id']}")
    async with make.runtime.database.reading(coach.workspace_id) as session:
        event = await session.scalar(select(Event).where(Event.type == "contact.deleted"))
    assert event is not None
    assert str(event.contact_id) == contact["id"]
    assert event.data == {"name": "Maya Lindgren"}


async def test_the_invite_of_a_deleted_contact_opens_nothing(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach)
    assert (await coach.http.delete(f"/v1/contacts/{contact_id}")).status_code == 204
    assert (await accept(make.anonymous(), token)).is_client_error


async def test_an_invite_that_is_not_sent_yet_is_never_sent(make: Make):
    coach = await make.coach()
    contact_id, _ = await invited_contact(make, coach)
    async with make.runtime.database.writing(coach.workspace_id) as session:
        event = await session.scalar(select(Event).where(Event.type == "portal.invited"))
        assert event is not None
        mail = Email(
            workspace_id=coach.workspace_id,
            event_id=event.id,
            template="invites/portal_invited",
            recipient="maya@example.test",
            recipient_name="Maya",
        )
        session.add(mail)
    await coach.http.delete(f"/v1/contacts/{contact_id}")
    async with make.runtime.database.reading(coach.workspace_id) as session:
        assert await session.scalar(select(Email.status)) == "cancelled"


async def test_a_clients_way_into_this_practice_ends(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    assert (await client.http.get("/v1/me")).status_code == 200
    assert (await coach.http.delete(f"/v1/contacts/{client.contact_id}")).status_code == 204
    assert (await client.http.get("/v1/me")).status_code == 401


async def test_what_must_be_kept_keeps_the_contact(make: Make, monkeypatch: pytest.MonkeyPatch):
    hold = Hold(label="invites", rows=PortalInvite, which=PortalInvite.state == "pending")
    empty = Hold(label="revoked invites", rows=PortalInvite, which=PortalInvite.state == "revoked")
    monkeypatch.setattr(contact_holds, "HOLDS", (hold, empty))
    coach = await make.coach()
    held, _ = await invited_contact(make, coach)
    await invited_contact(make, coach)
    free = await add_contact(coach)
    refused = await coach.http.delete(f"/v1/contacts/{held}")
    assert (refused.status_code, refused.json()["code"]) == (409, "contact_in_use")
    assert refused.json()["held_by"] == {"invites": 1}
    assert (await coach.http.get(f"/v1/contacts/{held}")).status_code == 200
    assert (await coach.http.delete(f"/v1/contacts/{free['id']}")).status_code == 204


async def test_an_assistant_may_not_delete(make: Make):
    coach = await make.coach()
    assistant = await make.coach(role="assistant", workspace_id=coach.workspace_id)
    contact = await add_contact(assistant)
    answer = await assistant.http.delete(f"/v1/contacts/{contact['id']}")
    assert (answer.status_code, answer.json()["code"]) == (403, "missing_permission")
