"""An owner gives a member another role."""

import pytest

from app.access.principal import Role
from app.core.ids import new_id
from tests.features.members.journey import MEMBERS, change_role, events, team_of
from tests.make import Make

WORKSPACE = "/v1/workspace"


async def test_the_role_is_another(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)

    answer = await change_role(owner, coach.member_id, "assistant")

    assert answer.status_code == 200, answer.text
    assert answer.json()["role"] == "assistant"
    assert (await team_of(owner))[str(coach.member_id)] == answer.json()


async def test_tokens_with_the_old_role_stop_working_at_once(make: Make) -> None:
    owner = await make.coach()
    second = await make.coach(workspace_id=owner.workspace_id)
    assert (await second.http.get(WORKSPACE)).status_code == 200

    await change_role(owner, second.member_id, "assistant")

    refused = await second.http.get(WORKSPACE)
    assert (refused.status_code, refused.json()["code"]) == (401, "invalid_access_token")


async def test_an_event_tells_both_roles(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)

    await change_role(owner, coach.member_id, "owner")

    [event] = await events(make, owner.workspace_id, "member.role_changed")
    assert event.subject_id == coach.member_id
    assert event.actor_id == owner.user_id
    assert (event.data["old_role"], event.data["role"]) == ("coach", "owner")


async def test_the_same_role_again_changes_nothing(make: Make) -> None:
    owner = await make.coach()

    answer = await change_role(owner, owner.member_id, "owner")

    assert answer.status_code == 200
    assert await events(make, owner.workspace_id, "member.role_changed") == []
    assert (await owner.http.get(WORKSPACE)).status_code == 200


async def test_the_last_owner_stays_one(make: Make) -> None:
    owner = await make.coach()
    await make.coach(role="coach", workspace_id=owner.workspace_id)

    refused = await change_role(owner, owner.member_id, "coach")

    assert (refused.status_code, refused.json()["code"]) == (409, "last_owner")
    assert (await team_of(owner))[str(owner.member_id)]["role"] == "owner"


async def test_with_another_owner_one_may_step_back(make: Make) -> None:
    owner = await make.coach()
    await make.coach(workspace_id=owner.workspace_id)

    answer = await change_role(owner, owner.member_id, "coach")

    assert answer.json()["role"] == "coach"


@pytest.mark.parametrize("role", ["coach", "assistant"])
async def test_only_owners_change_roles(make: Make, role: Role) -> None:
    owner = await make.coach()
    member = await make.coach(role=role, workspace_id=owner.workspace_id)
    client = await make.client(workspace_id=owner.workspace_id)

    refused = await change_role(member, member.member_id, "owner")

    assert (refused.status_code, refused.json()["code"]) == (403, "missing_permission")
    assert (await change_role(client, owner.member_id, "coach")).status_code == 403
    assert (await team_of(owner))[str(member.member_id)]["role"] == role


async def test_another_practices_member_is_not_there(make: Make) -> None:
    owner, stranger = await make.coach(), await make.coach()

    for wrong in (owner.member_id, new_id(), "x"):
        answer = await change_role(stranger, wrong, "coach")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


async def test_who_has_left_gets_no_role(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    await owner.http.delete(f"{MEMBERS}/{coach.member_id}")

    assert (await change_role(owner, coach.member_id, "owner")).status_code == 404


@pytest.mark.parametrize("body", [{}, {"role": None}, {"role": "client"}, {"role": "Owner"}])
async def test_other_roles_there_are_not(make: Make, body: dict[str, object]) -> None:
    owner = await make.coach()

    answer = await owner.http.patch(f"{MEMBERS}/{owner.member_id}", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/role"
