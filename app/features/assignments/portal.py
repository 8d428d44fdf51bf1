"""What a client has to do, and hands in."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.attachments import UnknownFile
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.assignments import answers, handing_in
from app.features.assignments.failures import WrongState
from app.features.assignments.paths import AssignmentId, ClientDesk, ClientWork
from app.features.assignments.schemas import (
    AssignmentOut,
    PortalAssignmentQuery,
    SubmissionIn,
    SubmissionsOut,
)

router = api_router("/v1/portal/assignments", "assignments")


@router.get("")
async def list_portal_assignments(
    query: Annotated[PortalAssignmentQuery, Query()], desk: ClientDesk
) -> Page[AssignmentOut]:
    """What one has, or had, to do; newest first."""
    return await answers.list_assignments(desk.assignments, query)


@router.get("/{assignment_id}", response_model=AssignmentOut)
async def get_portal_assignment(
    assignment_id: AssignmentId, desk: ClientDesk, request: Request, response: Response
) -> AssignmentOut | Response:
    """One assignment."""
    card = await desk.assignments.card(assignment_id)
    return answers.tagged_or_known(request, response, card)


@router.get("/{assignment_id}/submissions")
async def get_portal_submissions(assignment_id: AssignmentId, desk: ClientDesk) -> SubmissionsOut:
    """All that one handed in, the latest first."""
    assignment = await desk.assignments.require(assignment_id)
    return answers.submissions_out(await desk.assignments.submissions(assignment.id))


@router.post(
    "/{assignment_id}/submissions",
    status_code=201,
    responses=problems(WrongState, UnknownFile),
)
async def submit_assignment(
    work: ClientWork, body: SubmissionIn, response: Response
) -> AssignmentOut:
    """Hand something in; the coach is told by e-mail. The same twice is once."""
    return answers.tagged(response, await handing_in.submit(work, body))
