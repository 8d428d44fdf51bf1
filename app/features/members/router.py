"""The practice's team."""

from typing import Annotated
from uuid import UUID

from fastapi import Query

from app.access.runtime import RuntimeInApp
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.members import team
from app.features.members.callers import Members, Owner, Reader
from app.features.members.schemas import MemberChanges, MemberOut, MemberQuery
from app.features.members.team import LastOwner

router = api_router("/v1/members", "members")


@router.get("")
async def list_members(query: Annotated[MemberQuery, Query()], members: Members) -> Page[MemberOut]:
    """Who is on the team, oldest first, or who has left it."""
    return await team.list_members(members, query)


@router.get("/{member_id}")
async def get_member(member_id: UUID, members: Members) -> MemberOut:
    """Somebody on the team, or who was."""
    return team.member_out(await members.card(member_id))


@router.patch("/{member_id}", responses=problems(LastOwner))
async def change_member(
    member_id: UUID,
    body: MemberChanges,
    owner: Owner,
    members: Members,
    runtime: RuntimeInApp,
) -> MemberOut:
    """Give a member another role; they carry on with it at once, and not with the old one."""
    return await team.change_role(members, member_id, body, owner, runtime.doorkeeper)


@router.delete("/{member_id}", status_code=204, responses=problems(LastOwner))
async def remove_member(
    member_id: UUID, reader: Reader, members: Members, runtime: RuntimeInApp
) -> None:
    """Let a member go, or leave oneself; their contacts go to the oldest owner."""
    await team.remove_member(members, member_id, reader, runtime.doorkeeper)
