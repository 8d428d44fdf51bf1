"""A member is let go, or leaves."""

import pytest

from app.access.principal import Role
from app.core.ids import new_id
from tests.features.members.journey import accept, events, invited, remove, team_of
from tests.make import Make


async def test_they_are_off_the_team_and_out_at_once(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    assert (await coach.http.get("/v1/contacts")).status_code == 200

    answer = await remove(owner, coach.member_id)

    assert answer.status_code == 204
    assert list(await team_of(owner)) == [str(owner.member_id)]
    refused = await coach.http.get("/v1/contacts")
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_access_token")
    assert (await remove(owner, coach.member_id)).status_code == 404


async def test_their_contacts_go_to_the_oldest_owner(make: Make) -> None:
    owner = await make.coach()
    newer = await make.coach(workspace_id=owner.workspace_id)
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    theirs = [
        await make.contact(workspace_id=owner.workspace_id, coach_id=coach.member_id)
        for _ in range(3)
    ]
    others = await make.contact(workspace_id=owner.workspace_id, coach_id=newer.member_id)
    before = (await owner.http.get(f"/v1/contacts/{theirs[0].id}")).json()

    await remove(newer, coach.member_id)

    for contact in theirs:
        moved = (await owner.http.get(f"/v1/contacts/{contact.id}")).json()
        assert moved["coach_id"] == str(owner.member_id)
    assert moved["version"] == before["version"] + 1
    kept = (await owner.http.get(f"/v1/contacts/{others.id}")).json()
    assert kept["coach_id"] == str(newer.member_id)
    [event] = await events(make, owner.workspace_id, "member.removed")
    assert event.subject_id == coach.member_id
    assert event.data["contacts"] == 3
    assert event.data["new_coach_id"] == str(owner.member_id)


async def test_when_the_oldest_owner_leaves_the_next_gets_the_contacts(make: Make) -> None:
    owner = await make.coach()
    newer = await make.coach(workspace_id=owner.workspace_id)
    contact = await make.contact(workspace_id=owner.workspace_id, coach_id=owner.member_id)

    answer = await remove(owner, owner.member_id)

    assert answer.status_code == 204
    moved = (await newer.http.get(f"/v1/contacts/{contact.id}")).json()
    assert moved["coach_id"] == str(newer.member_id)


@pytest.mark.parametrize("role", ["coach", "assistant"])
async def test_anybody_may_leave(make: Make, role: Role) -> None:
    owner = await make.coach()
    member = await make.coach(role=role, workspace_id=owner.workspace_id)

    answer = await remove(member, member.member_id)

    assert answer.status_code == 204
    assert list(await team_of(owner)) == [str(owner.member_id)]


async def test_the_last_owner_can_not_leave(make: Make) -> None:
    owner = await make.coach()
    await make.coach(role="coach", workspace_id=owner.workspace_id)

    refused = await remove(owner, owner.member_id)

    assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    assert (await owner.http.get("/v1/contacts")).status_code == 200


@pytest.mark.parametrize("role", ["coach", "assistant"])
async def test_only_owners_let_others_go(make: Make, role: Role) -> None:
    owner = await make.coach()
    member = await make.coach(role=role, workspace_id=owner.workspace_id)
    client = await make.client(workspace_id=owner.workspace_id)

    refused = await remove(member, owner.member_id)

    assert (refused.status_code, refused.json()["code"]) == (403, "missing_permission")
    assert (await remove(client, owner.member_id)).json()["code"] == "coaches_only"
    assert len(await team_of(owner)) == 2


async def test_another_practices_member_is_not_there(make: Make) -> None:
    owner, stranger = await make.coach(), await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)

    for wrong in (coach.member_id, new_id(), "x"):
        answer = await remove(stranger, wrong)
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert len(await team_of(owner)) == 2


async def test_their_other_practices_and_their_portals_stay_open(make: Make) -> None:
    owner, elsewhere = await make.coach(), await make.coach()
    client = await make.client(workspace_id=elsewhere.workspace_id)
    _, token = await invited(make, owner, client.email)
    await accept(client.http, token)
    [member_id] = set(await team_of(owner)) - {str(owner.member_id)}

    await remove(owner, member_id)

    assert (await client.http.get("/v1/portal/coach")).status_code == 200
