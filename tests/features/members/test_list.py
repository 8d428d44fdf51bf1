"""Who is on the team."""

import pytest

from app.access.principal import Role
from app.core.ids import new_id
from tests.features.members.journey import MEMBERS, remove, team_of
from tests.make import Make


async def test_the_whole_team_is_listed_oldest_first(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    assistant = await make.coach(role="assistant", workspace_id=owner.workspace_id)

    team = await team_of(assistant)

    assert list(team) == [str(m.member_id) for m in (owner, coach, assistant)]
    assert [m["role"] for m in team.values()] == ["owner", "coach", "assistant"]
    member = team[str(coach.member_id)]
    assert member["email"] == coach.email
    assert member["user_id"] == str(coach.user_id)
    assert member["name"].startswith("Person ")
    assert member["status"] == "active"
    assert member["joined_at"]
    assert member["removed_at"] is None


async def test_pages_follow_one_another(make: Make) -> None:
    owner = await make.coach()
    for _ in range(4):
        await make.coach(role="coach", workspace_id=owner.workspace_id)

    seen, cursor = [], None
    while True:
        query = {"limit": "2", **({"cursor": cursor} if cursor else {})}
        page = (await owner.http.get(MEMBERS, params=query)).json()
        seen += [member["id"] for member in page["data"]]
        cursor = page["next_cursor"]
        if not page["has_more"]:
            break

    assert seen == list(await team_of(owner))
    assert len(seen) == 5


async def test_who_has_left_is_listed_apart_and_keeps_their_address(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    await remove(owner, coach.member_id)

    present, left = await team_of(owner), await team_of(owner, status="removed")

    assert list(present) == [str(owner.member_id)]
    assert list(left) == [str(coach.member_id)]
    member = left[str(coach.member_id)]
    assert (member["status"], member["email"]) == ("removed", None)
    assert member["removed_at"]


async def test_one_member(make: Make) -> None:
    owner = await make.coach()

    answer = await owner.http.get(f"{MEMBERS}/{owner.member_id}")

    assert answer.json() == (await team_of(owner))[str(owner.member_id)]


async def test_other_practices_have_teams_of_their_own(make: Make) -> None:
    owner, stranger = await make.coach(), await make.coach()

    assert list(await team_of(stranger)) == [str(stranger.member_id)]
    for member_id in (owner.member_id, new_id(), "x"):
        answer = await stranger.http.get(f"{MEMBERS}/{member_id}")
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")


@pytest.mark.parametrize(
    "query", [{"limit": "0"}, {"limit": "101"}, {"status": "all"}, {"cursor": "x"}, {"role": "x"}]
)
async def test_wrong_questions_are_refused(make: Make, query: dict[str, str]) -> None:
    owner = await make.coach()

    assert (await owner.http.get(MEMBERS, params=query)).status_code == 422


@pytest.mark.parametrize("role", ["client", None])
async def test_clients_and_strangers_see_no_team(make: Make, role: Role | None) -> None:
    owner = await make.coach()
    if role is None:
        async with make.anonymous() as nobody:
            assert (await nobody.get(MEMBERS)).status_code == 401
        return
    client = await make.client(workspace_id=owner.workspace_id)

    refused = await client.http.get(MEMBERS)

    assert (refused.status_code, refused.json()["code"]) == (403, "coaches_only")
