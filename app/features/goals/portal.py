"""The client's goals, whoever set them."""

from typing import Annotated
from uuid import UUID

from fastapi import Query, Request, Response

from app.access.contacts import UnknownEnrollment
from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.goals import answers, outcomes, writing
from app.features.goals.failures import GoalClosed, TargetIsStart
from app.features.goals.paths import ClientDesk, ClientWork, GoalId
from app.features.goals.schemas import GoalChanges, GoalOut, PortalGoalIn, PortalGoalQuery

NOBODY = UUID(int=0)

router = api_router("/v1/portal/goals", "goals")


@router.post("", status_code=201, responses=problems(UnknownEnrollment, TargetIsStart))
async def create_portal_goal(desk: ClientDesk, body: PortalGoalIn, response: Response) -> GoalOut:
    """Set oneself a goal; the coach is told by e-mail."""
    card = await writing.set_goal(desk, desk.principal.contact_id or NOBODY, body)
    response.headers["Location"] = f"/v1/portal/goals/{card.id}"
    return answers.tagged(response, card)


@router.get("")
async def list_portal_goals(
    query: Annotated[PortalGoalQuery, Query()], desk: ClientDesk
) -> Page[GoalOut]:
    """The goals one has, whoever set them; newest first."""
    return await answers.list_goals(desk.goals, query)


@router.get("/{goal_id}", response_model=GoalOut)
async def get_portal_goal(
    goal_id: GoalId, desk: ClientDesk, request: Request, response: Response
) -> GoalOut | Response:
    """One goal, with its milestones and progress."""
    return answers.tagged_or_known(request, response, await desk.goals.card(goal_id))


@router.patch(
    "/{goal_id}",
    responses=problems(GoalClosed, UnknownEnrollment, TargetIsStart, VersionRequired),
)
async def change_portal_goal(
    work: ClientWork, body: GoalChanges, response: Response, if_match: IfMatch = None
) -> GoalOut:
    """Change a goal; both sides may, so `If-Match` is required. The coach is told soon after."""
    check_version(work.goal.version, if_match, required=True)
    return answers.tagged(response, await writing.change_goal(work, body))


@router.post("/{goal_id}/complete", responses=problems(GoalClosed))
async def complete_portal_goal(work: ClientWork, response: Response) -> GoalOut:
    """Call a goal reached; the coach is told by e-mail."""
    return answers.tagged(response, await outcomes.complete_goal(work))


@router.post("/{goal_id}/abandon", responses=problems(GoalClosed))
async def abandon_portal_goal(work: ClientWork, response: Response) -> GoalOut:
    """Give a goal up; the coach is told soon after."""
    return answers.tagged(response, await outcomes.abandon_goal(work))


@router.post("/{goal_id}/reopen")
async def reopen_portal_goal(work: ClientWork, response: Response) -> GoalOut:
    """Take up a goal again; the coach is told soon after."""
    return answers.tagged(response, await outcomes.reopen_goal(work))
