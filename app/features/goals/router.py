"""The goals of the practice's clients, coach side."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.access.contacts import UnknownContact, UnknownEnrollment
from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.goals import answers, outcomes, writing
from app.features.goals.failures import GoalClosed, TargetIsStart
from app.features.goals.paths import GoalId, TeamDesk, TeamGoals, TeamWork
from app.features.goals.schemas import GoalChanges, GoalIn, GoalOut, GoalQuery

router = api_router("/v1/goals", "goals")


@router.post(
    "", status_code=201, responses=problems(UnknownContact, UnknownEnrollment, TargetIsStart)
)
async def create_goal(desk: TeamDesk, body: GoalIn, response: Response) -> GoalOut:
    """Set a goal for a contact, who is told by e-mail."""
    card = await writing.set_goal(desk, body.contact_id, body)
    response.headers["Location"] = f"/v1/goals/{card.id}"
    return answers.tagged(response, card)


@router.get("")
async def list_goals(query: Annotated[GoalQuery, Query()], goals: TeamGoals) -> Page[GoalOut]:
    """The goals of all clients, whoever set them; newest first."""
    return await answers.list_goals(goals, query)


@router.get("/{goal_id}", response_model=GoalOut)
async def get_goal(
    goal_id: GoalId, goals: TeamGoals, request: Request, response: Response
) -> GoalOut | Response:
    """One goal, with its milestones and progress."""
    return answers.tagged_or_known(request, response, await goals.card(goal_id))


@router.patch(
    "/{goal_id}",
    responses=problems(GoalClosed, UnknownEnrollment, TargetIsStart, VersionRequired),
)
async def change_goal(
    work: TeamWork, body: GoalChanges, response: Response, if_match: IfMatch = None
) -> GoalOut:
    """Change a goal; both sides may, so `If-Match` is required. The client is told soon after."""
    check_version(work.goal.version, if_match, required=True)
    return answers.tagged(response, await writing.change_goal(work, body))


@router.delete("/{goal_id}", status_code=204)
async def delete_goal(work: TeamWork) -> None:
    """Remove a goal for good, with all that was said and done about it; nobody is told."""
    await writing.delete_goal(work)


@router.post("/{goal_id}/complete", responses=problems(GoalClosed))
async def complete_goal(work: TeamWork, response: Response) -> GoalOut:
    """Call a goal reached; the client is told by e-mail."""
    return answers.tagged(response, await outcomes.complete_goal(work))


@router.post("/{goal_id}/abandon", responses=problems(GoalClosed))
async def abandon_goal(work: TeamWork, response: Response) -> GoalOut:
    """Give a goal up; the client is told soon after."""
    return answers.tagged(response, await outcomes.abandon_goal(work))


@router.post("/{goal_id}/reopen")
async def reopen_goal(work: TeamWork, response: Response) -> GoalOut:
    """Take up a goal again; the client is told soon after."""
    return answers.tagged(response, await outcomes.reopen_goal(work))
