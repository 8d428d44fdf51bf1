"""An invitation is sent again, or taken back."""

import pytest

from app.access.principal import Role
from app.core.events import FANOUT
from app.core.ids import new_id
from tests.features.members.journey import (
    INVITES,
    KIM,
    accept,
    events,
    expired,
    invite,
    invited,
    look_up,
    mailed_token,
    pending,
    resend,
    text_of,
)
from tests.make import Make
from tests.post_office import PostOffice


async def test_the_newest_link_works_and_every_other_is_dead(make: Make) -> None:
    owner = await make.coach()
    invite_id, first = await invited(make, owner)

    answer = await resend(owner, invite_id)
    second = await mailed_token(make, owner.workspace_id, invite_id)

    assert answer.status_code == 200, answer.text
    assert answer.json()["id"] == invite_id
    async with make.anonymous() as browser:
        dead = await accept(browser, first)
        alive = await accept(browser, second)
    assert (dead.status_code, dead.json()["code"]) == (404, "invalid_token")
    assert alive.status_code == 200


async def test_a_fresh_mail_is_written(make: Make, post_office: PostOffice) -> None:
    owner = await make.coach()
    invite_id, _ = await invited(make, owner)
    await post_office.deliver()

    await resend(owner, invite_id)

    mail = await post_office.deliver_to(KIM)
    token = await mailed_token(make, owner.workspace_id, invite_id)
    assert f"#token={token}" in text_of(mail)
    sent = await events(make, owner.workspace_id, "member.invited")
    assert [event.data["generation"] for event in sent] == [1, 2]


async def test_an_expired_invitation_lives_again(make: Make) -> None:
    owner = await make.coach()
    invite_id, _ = await expired(make, owner)
    [old] = await pending(owner)

    renewed = (await resend(owner, invite_id)).json()

    assert old["expired"]
    assert not renewed["expired"]
    assert await pending(owner) == [renewed]


async def test_resending_needs_a_key(make: Make) -> None:
    owner = await make.coach()
    invite_id, token = await invited(make, owner)

    refused = await owner.http.post(f"{INVITES}/{invite_id}/resend")

    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_required")
    assert await mailed_token(make, owner.workspace_id, invite_id) == token


async def test_what_is_taken_back_can_not_be_accepted(make: Make, post_office: PostOffice) -> None:
    owner = await make.coach()
    invite_id, token = await invited(make, owner)
    await post_office.deliver()

    revoked = await owner.http.delete(f"{INVITES}/{invite_id}")

    assert revoked.status_code == 204
    assert await pending(owner) == []
    async with make.anonymous() as browser:
        for answer in (await look_up(browser, token), await accept(browser, token)):
            assert (answer.status_code, answer.json()["code"]) == (410, "invite_revoked")
    [event] = await events(make, owner.workspace_id, "member.invite_revoked")
    assert event.data == {"email": KIM}


async def test_an_address_may_be_invited_anew_afterwards(make: Make) -> None:
    owner = await make.coach()
    invite_id, _ = await invited(make, owner)
    await owner.http.delete(f"{INVITES}/{invite_id}")

    assert (await invite(owner, role="assistant")).status_code == 201


async def test_what_has_ended_can_be_neither_resent_nor_taken_back(make: Make) -> None:
    owner = await make.coach()
    revoked, _ = await invited(make, owner)
    await owner.http.delete(f"{INVITES}/{revoked}")
    accepted, token = await invited(make, owner)
    async with make.anonymous() as browser:
        await accept(browser, token)

    for invite_id in (revoked, accepted):
        assert (await resend(owner, invite_id)).status_code == 404
        assert (await owner.http.delete(f"{INVITES}/{invite_id}")).status_code == 404


async def test_another_practices_invitation_is_not_there(make: Make) -> None:
    owner, stranger = await make.coach(), await make.coach()
    invite_id, token = await invited(make, owner)

    for wrong in (invite_id, str(new_id()), "x"):
        assert (await resend(stranger, wrong)).status_code == 404
        assert (await stranger.http.delete(f"{INVITES}/{wrong}")).status_code == 404
    assert await mailed_token(make, owner.workspace_id, invite_id) == token
    assert len(await pending(owner)) == 1


@pytest.mark.parametrize("role", ["coach", "assistant"])
async def test_only_owners_do_either(make: Make, role: Role) -> None:
    owner = await make.coach()
    member = await make.coach(role=role, workspace_id=owner.workspace_id)
    client = await make.client(workspace_id=owner.workspace_id)
    invite_id, token = await invited(make, owner)

    for person in (member, client):
        assert (await resend(person, invite_id)).status_code == 403
        assert (await person.http.delete(f"{INVITES}/{invite_id}")).status_code == 403
    assert await mailed_token(make, owner.workspace_id, invite_id) == token


async def test_a_mail_that_was_not_sent_yet_is_held_back(
    make: Make, post_office: PostOffice
) -> None:
    owner = await make.coach()
    invite_id, _ = await invited(make, owner)
    await post_office.engine.drain({FANOUT})
    await owner.http.delete(f"{INVITES}/{invite_id}")

    assert await post_office.deliver() == []
    emails = (await owner.http.get("/v1/emails")).json()["data"]
    assert [email["status"] for email in emails] == ["cancelled"]
