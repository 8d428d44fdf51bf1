"""The assignments a caller works on, and the one a path names."""

from dataclasses import dataclass
from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path

from app.access.audience import audience_of
from app.access.callers import CurrentClient, requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.models import Assignment
from app.repositories.assignments import AssignmentRepository

AssignmentId = Annotated[UUID, Path()]
Reader = Annotated[Principal, Depends(requires(Permission.ASSIGNMENTS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.ASSIGNMENTS_WRITE))]


@dataclass(frozen=True, slots=True)
class Desk:
    """Whoever works on assignments, and those they see."""

    assignments: AssignmentRepository
    principal: Principal


@dataclass(frozen=True, slots=True)
class Work(Desk):
    """The same with the assignment the path names, its row locked."""

    assignment: Assignment


async def team_assignments(reader: Reader, session: TenantSession) -> AssignmentRepository:
    """The assignments the team sees."""
    return AssignmentRepository(session, audience_of(reader))


async def team_desk(writer: Writer, session: TenantSession) -> Desk:
    """A member of the team at work."""
    return Desk(AssignmentRepository(session, audience_of(writer)), writer)


async def client_desk(client: CurrentClient, session: TenantSession) -> Desk:
    """A client at work."""
    return Desk(AssignmentRepository(session, audience_of(client)), client)


TeamAssignments = Annotated[AssignmentRepository, Depends(team_assignments)]
TeamDesk = Annotated[Desk, Depends(team_desk)]
ClientDesk = Annotated[Desk, Depends(client_desk)]


async def team_work(desk: TeamDesk, assignment_id: AssignmentId) -> Work:
    """The assignment of the practice the path names."""
    return await _work_on(desk, assignment_id)


async def client_work(desk: ClientDesk, assignment_id: AssignmentId) -> Work:
    """The client's assignment the path names."""
    return await _work_on(desk, assignment_id)


async def _work_on(desk: Desk, assignment_id: UUID) -> Work:
    assignment = await desk.assignments.require(assignment_id, lock=True)
    return Work(desk.assignments, desk.principal, assignment)


TeamWork = Annotated[Work, Depends(team_work)]
ClientWork = Annotated[Work, Depends(client_work)]
