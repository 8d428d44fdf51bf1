"""A coach invites one contact."""

from tests.features.invites.journey import invite, key, mailed_token
from tests.make import Make


async def test_the_contact_is_pending_and_the_mail_is_on_its_way(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)

    answer = await invite(coach, contact.id, message="See you in there!")

    assert answer.status_code == 201, answer.text
    portal = (await coach.http.get(f"/v1/contacts/{contact.id}")).json()["portal"]
    assert portal["status"] == "pending"
    assert portal["invited_at"] == answer.json()["invited_at"]
    assert not portal["invite_expired"]
    assert portal["last_invite_delivery"] == {"status": "queued", "smtp_reply": None}


async def test_an_invite_needs_an_idempotency_key(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)

    answer = await coach.http.post(f"/v1/contacts/{contact.id}/portal-invite", json={})

    assert answer.status_code == 400
    assert answer.json()["code"] == "idempotency_key_required"


async def test_the_same_key_sends_once(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    url, headers = f"/v1/contacts/{contact.id}/portal-invite", key()

    first = await coach.http.post(url, json={}, headers=headers)
    token = await mailed_token(make, coach.workspace_id, contact.id)
    again = await coach.http.post(url, json={}, headers=headers)

    assert again.json() == first.json()
    assert again.headers["Idempotency-Replayed"] == "true"
    assert await mailed_token(make, coach.workspace_id, contact.id) == token


async def test_the_create_forms_checkbox_invites_in_the_same_step(make: Make):
    coach = await make.coach()

    created = await coach.http.post(
        "/v1/contacts",
        json={"first_name": "Ada", "email": "ada@example.test", "send_portal_invite": True},
    )

    assert created.status_code == 201, created.text
    assert created.json()["portal"]["status"] == "pending"
    assert created.json()["portal"]["last_invite_delivery"]["status"] == "queued"


async def test_the_checkbox_without_an_address_adds_nobody(make: Make):
    coach = await make.coach()

    refused = await coach.http.post(
        "/v1/contacts", json={"first_name": "Ada", "send_portal_invite": True}
    )

    assert refused.status_code == 422
    assert (await coach.http.get("/v1/contacts")).json()["data"] == []
