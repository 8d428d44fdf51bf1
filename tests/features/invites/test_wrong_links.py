"""Links that are not, or no longer, good for anything."""

from datetime import timedelta
from uuid import UUID

import pytest
import time_machine

from app.core.clock import now
from app.core.ids import new_id
from tests.features.invites.journey import accept, invite, invited_contact, look_up, mailed_token
from tests.make import Make


@pytest.mark.parametrize(
    "token",
    ["x", "inv_", "inv_AAAA", "inv_" + "A" * 64, "mem_" + "A" * 64, "inv_" + "é" * 64, "inv_ \t"],
)
async def test_what_never_was_a_link_is_not_found(token: str, make: Make):
    async with make.anonymous() as browser:
        for answer in (await look_up(browser, token), await accept(browser, token)):
            assert answer.status_code in {404, 422}


async def test_a_link_of_another_purpose_or_practice_is_not_found(make: Make):
    coach, other = await make.coach(), await make.coach()
    await invited_contact(make, coach)
    forged = make.runtime.mint.derive("inv", other.workspace_id, new_id())
    async with make.anonymous() as browser:
        answer = await look_up(browser, forged)

    assert answer.status_code == 404
    assert answer.json()["code"] == "invalid_token"


async def test_a_resent_invite_kills_the_old_link(make: Make):
    coach = await make.coach()
    contact_id, old = await invited_contact(make, coach)
    await invite(coach, contact_id)
    new = await mailed_token(make, coach.workspace_id, UUID(contact_id))
    async with make.anonymous() as browser:
        refused = await accept(browser, old)
        accepted = await accept(browser, new)

    assert (refused.status_code, refused.json()["code"]) == (410, "invite_replaced")
    assert accepted.status_code == 200


async def test_a_revoked_invite_is_dead(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach)
    revoked = await coach.http.delete(f"/v1/contacts/{contact_id}/portal-invite")
    async with make.anonymous() as browser:
        refused = await accept(browser, token)

    assert revoked.status_code == 204
    assert (refused.status_code, refused.json()["code"]) == (410, "invite_revoked")
    portal = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()["portal"]
    assert portal["status"] == "not_invited"


async def test_revoking_twice_says_that_nothing_is_pending(make: Make):
    coach = await make.coach()
    contact_id, _ = await invited_contact(make, coach)
    await coach.http.delete(f"/v1/contacts/{contact_id}/portal-invite")

    again = await coach.http.delete(f"/v1/contacts/{contact_id}/portal-invite")

    assert (again.status_code, again.json()["code"]) == (409, "no_pending_invite")


async def test_an_expired_invite_is_refused_and_can_be_sent_again(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach)
    with time_machine.travel(now() + timedelta(days=8), tick=False):
        async with make.anonymous() as browser:
            refused = await accept(browser, token)

    assert (refused.status_code, refused.json()["code"]) == (410, "invite_expired")
    assert (await coach.http.get(f"/v1/contacts/{contact_id}")).json()["portal"][
        "status"
    ] == "pending"
