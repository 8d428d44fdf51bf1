"""What the practice's clients have to do, coach side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.attachments import UnknownFile
from app.access.contacts import UnknownContact, UnknownEnrollment
from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.assignments import answers, giving, handing_in
from app.features.assignments.failures import WrongState
from app.features.assignments.paths import AssignmentId, TeamAssignments, TeamDesk, TeamWork
from app.features.assignments.schemas import (
    AssignedOut,
    AssignmentChanges,
    AssignmentIn,
    AssignmentOut,
    AssignmentQuery,
    ReturnIn,
    SubmissionsOut,
)

router = api_router("/v1/assignments", "assignments")


@router.post(
    "",
    status_code=201,
    dependencies=[IdempotencyRequired],
    responses=problems(UnknownContact, UnknownEnrollment, UnknownFile),
)
async def assign(desk: TeamDesk, body: AssignmentIn) -> AssignedOut:
    """Give each of these contacts something to do; they are told by e-mail. All or nothing."""
    return answers.assigned_out(await giving.assign(desk, body))


@router.get("")
async def list_assignments(
    query: Annotated[AssignmentQuery, Query()], assignments: TeamAssignments
) -> Page[AssignmentOut]:
    """What all clients have, or had, to do; newest first."""
    return await answers.list_assignments(assignments, query)


@router.get("/{assignment_id}", response_model=AssignmentOut)
async def get_assignment(
    assignment_id: AssignmentId, assignments: TeamAssignments, request: Request, response: Response
) -> AssignmentOut | Response:
    """One assignment."""
    card = await assignments.card(assignment_id)
    return answers.tagged_or_known(request, response, card)


@router.get("/{assignment_id}/submissions")
async def get_submissions(
    assignment_id: AssignmentId, assignments: TeamAssignments
) -> SubmissionsOut:
    """All that was handed in, the latest first."""
    assignment = await assignments.require(assignment_id)
    return answers.submissions_out(await assignments.submissions(assignment.id))


@router.patch(
    "/{assignment_id}",
    responses=problems(WrongState, VersionRequired, UnknownEnrollment, UnknownFile),
)
async def change_assignment(
    work: TeamWork, body: AssignmentChanges, response: Response, if_match: IfMatch = None
) -> AssignmentOut:
    """Change it; reminders follow. `If-Match` is required, so that nobody's words get lost."""
    check_version(work.assignment.version, if_match, required=True)
    return answers.tagged(response, await giving.change_assignment(work, body))


@router.post("/{assignment_id}/return", responses=problems(WrongState))
async def return_assignment(work: TeamWork, body: ReturnIn, response: Response) -> AssignmentOut:
    """Ask for another try; the client is told by e-mail."""
    return answers.tagged(response, await handing_in.give_back(work, body.comment))


@router.post("/{assignment_id}/complete", responses=problems(WrongState))
async def complete_assignment(work: TeamWork, response: Response) -> AssignmentOut:
    """Be content with it; the client is told by e-mail."""
    return answers.tagged(response, await handing_in.complete(work))


@router.post("/{assignment_id}/cancel", responses=problems(WrongState))
async def cancel_assignment(work: TeamWork, response: Response) -> AssignmentOut:
    """Take it back; nobody is reminded of it any longer."""
    return answers.tagged(response, await giving.cancel_assignment(work))
