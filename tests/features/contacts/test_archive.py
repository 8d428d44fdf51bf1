"""A coach puts a contact aside, and takes it up again."""

from tests.features.contacts.adding import add_contact, listed
from tests.features.invites.journey import accept, invite, invited_contact
from tests.make import Make, Person


async def types(coach: Person, contact_id: str) -> list[str]:
    story = (await coach.http.get(f"/v1/contacts/{contact_id}/timeline")).json()
    return [entry["type"] for entry in story["data"]]


async def test_an_archived_contact_leaves_the_list_and_the_counts(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach)
    answer = await coach.http.post(f"/v1/contacts/{contact['id']}/archive")
    assert answer.status_code == 200
    assert answer.json()["archived_at"] is not None
    assert answer.json()["version"] == 2
    assert await listed(coach) == []
    assert await listed(coach, archived="true") == ["Maya"]
    assert (await coach.http.get("/v1/contacts/counts")).json()["total"] == 0


async def test_archiving_can_be_undone(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach)
    await coach.http.post(f"/v1/contacts/{contact['id']}/archive")
    answer = await coach.http.post(f"/v1/contacts/{contact['id']}/unarchive")
    assert answer.json()["archived_at"] is None
    assert await listed(coach) == ["Maya"]
    told = ["contact.unarchived", "contact.archived", "contact.created"]
    assert await types(coach, contact["id"]) == told


async def test_doing_it_twice_changes_and_tells_nothing(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach)
    unarchived = await coach.http.post(f"/v1/contacts/{contact['id']}/unarchive")
    assert unarchived.json() == contact
    first = await coach.http.post(f"/v1/contacts/{contact['id']}/archive")
    second = await coach.http.post(f"/v1/contacts/{contact['id']}/archive")
    assert first.json() == second.json()
    assert await types(coach, contact["id"]) == ["contact.archived", "contact.created"]


async def test_a_pending_invite_is_taken_back(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach)
    answer = await coach.http.post(f"/v1/contacts/{contact_id}/archive")
    assert answer.json()["portal"]["status"] == "not_invited"
    assert (await accept(make.anonymous(), token)).is_client_error
    assert (await invite(coach, contact_id)).json()["code"] == "contact_archived"


async def test_a_client_stays_in_the_portal(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    answer = await coach.http.post(f"/v1/contacts/{client.contact_id}/archive")
    assert answer.json()["portal"]["status"] == "active"
    assert (await client.http.get("/v1/me")).status_code == 200
