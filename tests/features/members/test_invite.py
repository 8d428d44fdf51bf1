"""An owner invites somebody to the team."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from app.access.principal import Role
from app.core.clock import now
from app.models import Suppression
from tests.features.members.journey import (
    INVITES,
    KIM,
    accept,
    events,
    invite,
    invited,
    key,
    mailed_token,
    pending,
    text_of,
)
from tests.make import Make
from tests.post_office import PostOffice


async def test_the_invitation_is_pending_for_seven_days(make: Make) -> None:
    owner = await make.coach()

    answer = await invite(owner, "Kim@Example.test", "assistant", name="Kim")

    assert answer.status_code == 201, answer.text
    invitation = answer.json()
    assert (invitation["email"], invitation["name"]) == ("Kim@example.test", "Kim")
    assert invitation["role"] == "assistant"
    assert invitation["invited_by"].startswith("Person ")
    assert not invitation["expired"]
    days = datetime.fromisoformat(invitation["expires_at"]) - now()
    assert timedelta(days=6, hours=23) < days <= timedelta(days=7)
    assert await pending(owner) == [invitation]


async def test_the_mails_button_carries_the_token(make: Make, post_office: PostOffice) -> None:
    owner = await make.coach()
    invite_id, token = await invited(make, owner)

    mail = await post_office.deliver_to(KIM)

    assert f"#token={token}" in text_of(mail)
    [event] = await events(make, owner.workspace_id, "member.invited")
    assert str(event.subject_id) == invite_id
    assert event.actor_id == owner.user_id
    assert event.data.keys() == {"email", "name", "role", "generation", "expires_at"}
    assert token not in str(event.data)


async def test_a_key_is_required_and_sends_once(make: Make, post_office: PostOffice) -> None:
    owner = await make.coach()
    body, headers = {"email": KIM, "role": "coach"}, key()

    refused = await owner.http.post(INVITES, json=body)
    first = await owner.http.post(INVITES, json=body, headers=headers)
    again = await owner.http.post(INVITES, json=body, headers=headers)

    assert (refused.status_code, refused.json()["code"]) == (400, "idempotency_key_required")
    assert again.json() == first.json()
    assert len(await post_office.deliver()) == 1


async def test_an_address_is_invited_once_at_a_time(make: Make) -> None:
    owner = await make.coach()
    await invited(make, owner)

    refused = await invite(owner, "KIM@example.test", "assistant")

    assert (refused.status_code, refused.json()["code"]) == (409, "member_invite_pending")
    assert len(await pending(owner)) == 1


async def test_who_is_on_the_team_is_not_invited(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)

    refused = await invite(owner, coach.email.upper())

    assert (refused.status_code, refused.json()["code"]) == (409, "already_member")


async def test_a_client_of_the_practice_may_be_invited_to_the_team(make: Make) -> None:
    owner = await make.coach()
    client = await make.client(workspace_id=owner.workspace_id)
    _, token = await invited(make, owner, client.email)

    answer = await accept(client.http, token)

    assert answer.status_code == 200, answer.text
    roles = {space["role"] for space in answer.json()["spaces"]}
    assert roles == {"client", "coach"}


@pytest.mark.parametrize("reason", ["unsubscribed", "complained"])
async def test_who_wants_no_mail_gets_none(make: Make, reason: str) -> None:
    owner = await make.coach()
    await _suppress(make, owner.workspace_id, reason)

    refused = await invite(owner)

    assert (refused.status_code, refused.json()["code"]) == (409, "unsubscribed")
    assert await pending(owner) == []


async def test_an_address_that_bounced_gets_another_chance(
    make: Make, post_office: PostOffice
) -> None:
    owner = await make.coach()
    await _suppress(make, owner.workspace_id, "bounced")

    await invited(make, owner)

    assert (await post_office.deliver_to(KIM))["to"]


@pytest.mark.parametrize("role", ["coach", "assistant"])
async def test_only_owners_invite(make: Make, role: Role) -> None:
    owner = await make.coach()
    member = await make.coach(role=role, workspace_id=owner.workspace_id)
    client = await make.client(workspace_id=owner.workspace_id)

    refused = await invite(member)

    assert (refused.status_code, refused.json()["code"]) == (403, "missing_permission")
    assert (await invite(client)).json()["code"] == "coaches_only"
    assert await pending(member) == []
    assert (await client.http.get(INVITES)).status_code == 403


@pytest.mark.parametrize(
    ("pointer", "body"),
    [
        ("/email", {"role": "coach"}),
        ("/email", {"email": "kim", "role": "coach"}),
        ("/email", {"email": f"{KIM}\nBcc: all@example.test", "role": "coach"}),
        ("/role", {"email": KIM}),
        ("/role", {"email": KIM, "role": "client"}),
        ("/role", {"email": KIM, "role": "admin"}),
        ("/name", {"email": KIM, "role": "coach", "name": "Kim\r\nBcc: all@example.test"}),
        ("/name", {"email": KIM, "role": "coach", "name": ""}),
        ("/state", {"email": KIM, "role": "coach", "state": "accepted"}),
    ],
)
async def test_bad_invitations_are_refused_at_their_place(
    make: Make, pointer: str, body: dict[str, Any]
) -> None:
    owner = await make.coach()

    answer = await owner.http.post(INVITES, json=body, headers=key())

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await pending(owner) == []


async def test_other_practices_invite_for_themselves(make: Make) -> None:
    owner, other = await make.coach(), await make.coach()
    invite_id, _ = await invited(make, owner)

    assert await pending(other) == []
    assert (await invite(other)).status_code == 201
    assert await mailed_token(make, owner.workspace_id, invite_id)


async def _suppress(make: Make, workspace_id: Any, reason: str) -> None:
    async with make.runtime.database.writing(workspace_id) as session:
        session.add(Suppression(workspace_id=workspace_id, email_norm=KIM, reason=reason))
