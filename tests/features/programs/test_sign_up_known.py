"""Somebody the practice, or Atrium, knows already signs up on a public page."""

from typing import Any

from app.access.principal import Caller
from app.core.clock import now
from tests.features.invites.journey import invited_contact
from tests.features.programs.enrolling import enrolled, events
from tests.features.programs.offers import program
from tests.features.programs.visiting import CONFIRM, confirm, page_of, sign_up, token_for
from tests.make import Make, Person


async def asked(make: Make, coach: Person, made: dict[str, Any], email: str) -> str:
    """The token that was mailed to this address after it was entered on the page."""
    async with make.anonymous() as browser:
        answer = await sign_up(browser, await page_of(make, coach, made), email=email)
    assert answer.status_code == 202, answer.text
    return await token_for(make, coach.workspace_id, email)


async def test_a_contact_without_account_comes_in_as_themselves(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id, archived_at=now())
    token = await asked(make, coach, await program(coach), str(contact.email))

    async with make.anonymous() as browser:
        answer = await confirm(browser, token)

    assert answer.json()["space"]["contact_id"] == str(contact.id)
    shown = (await coach.http.get(f"/v1/contacts/{contact.id}")).json()
    assert shown["portal"]["status"] == "active"
    assert shown["archived_at"] is None
    assert shown["last_name"] == contact.last_name
    [event] = await events(make, coach, "contact.self_registered")
    assert event["known"] is True


async def test_a_pending_invite_is_over_then(make: Make):
    coach = await make.coach()
    contact_id, invite = await invited_contact(make, coach, email="bea@example.test")
    token = await asked(make, coach, await program(coach), "bea@example.test")

    async with make.anonymous() as browser:
        assert (await confirm(browser, token)).status_code == 200
        old = await browser.post("/v1/public/portal-invites/lookup", json={"token": invite})

    assert old.json()["code"] == "invite_already_accepted"
    shown = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()
    assert shown["portal"]["status"] == "active"


async def test_whoever_has_an_account_signs_in_first(make: Make):
    coach, elsewhere = await make.coach(), await make.coach()
    ana = await make.client(workspace_id=elsewhere.workspace_id)
    token = await asked(make, coach, await program(coach), ana.email)

    async with make.anonymous() as browser:
        refused = await confirm(browser, token)
    answer = await ana.http.post(CONFIRM, json={"token": token})

    assert (refused.status_code, refused.json()["code"]) == (409, "account_exists")
    assert answer.status_code == 200, answer.text
    spaces = {space["workspace_id"] for space in answer.json()["spaces"]}
    assert spaces == {str(coach.workspace_id), str(elsewhere.workspace_id)}


async def test_a_client_of_the_practice_just_gets_the_program(make: Make):
    coach = await make.coach()
    ana = await make.client(workspace_id=coach.workspace_id)
    token = await asked(make, coach, await program(coach), ana.email)

    answer = await ana.http.post(CONFIRM, json={"token": token})

    assert answer.json()["space"]["contact_id"] == str(ana.contact_id)
    assert await events(make, coach, "contact.self_registered") == []
    assert len(await events(make, coach, "enrollment.signed_up")) == 1


async def test_an_invitation_that_waits_is_accepted_so(make: Make):
    coach = await make.coach()
    ana = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach)
    waiting = await enrolled(coach, made, ana.contact_id)
    token = await asked(make, coach, made, ana.email)

    answer = await ana.http.post(CONFIRM, json={"token": token})

    assert answer.json()["enrollment_id"] == waiting["id"]
    kept = (await coach.http.get(f"/v1/enrollments/{waiting['id']}")).json()
    assert (kept["status"], kept["origin"]) == ("active", "invited")


async def test_nobody_is_enrolled_twice(make: Make):
    coach = await make.coach()
    ana = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach)
    token = await asked(make, coach, made, ana.email)
    waiting = await enrolled(coach, made, ana.contact_id)
    await ana.http.post(f"/v1/portal/enrollments/{waiting['id']}/accept")

    answer = await ana.http.post(CONFIRM, json={"token": token})

    assert (answer.status_code, answer.json()["code"]) == (409, "already_enrolled")


async def test_somebody_else_s_link_is_of_no_use(make: Make):
    coach = await make.coach()
    ana = await make.client(workspace_id=coach.workspace_id)
    token = await asked(make, coach, await program(coach), "other@example.test")

    answer = await ana.http.post(CONFIRM, json={"token": token})

    assert (answer.status_code, answer.json()["code"]) == (409, "invite_email_mismatch")


async def test_whoever_was_shut_out_stays_out(make: Make):
    coach = await make.coach()
    ana = await make.client(workspace_id=coach.workspace_id)
    made = await program(coach)
    await coach.http.put(f"/v1/contacts/{ana.contact_id}/portal-access", json={"enabled": False})
    token = await asked(make, coach, made, ana.email)
    nowhere = Caller(user_id=ana.user_id, session_id=ana.session_id, space=None)
    async with make.anonymous() as browser:
        bearer = make.runtime.access_tokens.issue(nowhere)
        browser.headers["Authorization"] = f"Bearer {bearer}"
        refused = await browser.post(CONFIRM, json={"token": token})

    assert (refused.status_code, refused.json()["code"]) == (409, "portal_access_disabled")
    assert await events(make, coach, "enrollment.signed_up") == []
