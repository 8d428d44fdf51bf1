"""The goals a caller works on, and the one a path names."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from app.access.audience import audience_of
from app.access.callers import CurrentClient, requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.models import Goal
from app.repositories.goals import GoalRepository

GoalId = Annotated[UUID, Path()]
MilestoneId = Annotated[UUID, Path()]
CheckInId = Annotated[UUID, Path()]
Reader = Annotated[Principal, Depends(requires(Permission.GOALS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.GOALS_WRITE))]


@dataclass(frozen=True, slots=True)
class Desk:
    """Whoever works on goals, and the goals they see."""

    goals: GoalRepository
    principal: Principal


@dataclass(frozen=True, slots=True)
class Work(Desk):
    """The same with the goal the path names, its row locked."""

    goal: Goal


async def team_goals(reader: Reader, session: TenantSession) -> GoalRepository:
    """The goals the team sees."""
    return GoalRepository(session, audience_of(reader))


async def team_desk(writer: Writer, session: TenantSession) -> Desk:
    """A member of the team at work."""
    return Desk(GoalRepository(session, audience_of(writer)), writer)


async def client_desk(client: CurrentClient, session: TenantSession) -> Desk:
    """A client at work."""
    return Desk(GoalRepository(session, audience_of(client)), client)


TeamGoals = Annotated[GoalRepository, Depends(team_goals)]
TeamDesk = Annotated[Desk, Depends(team_desk)]
ClientDesk = Annotated[Desk, Depends(client_desk)]


async def team_work(desk: TeamDesk, goal_id: GoalId) -> Work:
    """The goal of the practice the path names."""
    return await work_on(desk, goal_id)


async def client_work(desk: ClientDesk, goal_id: GoalId) -> Work:
    """The client's goal the path names."""
    return await work_on(desk, goal_id)


async def work_on(desk: Desk, goal_id: UUID) -> Work:
    """One goal, to be worked on. Raises NotFound."""
    goal = await desk.goals.require(goal_id, lock=True)
    return Work(desk.goals, desk.principal, goal)


TeamWork = Annotated[Work, Depends(team_work)]
ClientWork = Annotated[Work, Depends(client_work)]
