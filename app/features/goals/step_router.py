"""The steps towards goals, and how far they have come; coach side."""

from typing import Annotated

from fastapi import Query, Response

from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.goals import check_ins, milestones
from app.features.goals.answers import tagged
from app.features.goals.failures import (
    GoalClosed,
    NotAPercentage,
    NotYourCheckIn,
    ProgressFollowsMilestones,
    TooManyMilestones,
    UnknownMilestones,
)
from app.features.goals.paths import CheckInId, GoalId, MilestoneId, TeamGoals, TeamWork
from app.features.goals.schemas import GoalOut
from app.features.goals.schemas_steps import (
    CheckInIn,
    CheckInOut,
    CheckInQuery,
    MilestoneChanges,
    MilestoneIn,
    MilestoneOrder,
    SeriesOut,
    SeriesQuery,
)

router = api_router("/v1/goals/{goal_id}", "goals")


@router.post("/milestones", status_code=201, responses=problems(GoalClosed, TooManyMilestones))
async def add_milestone(work: TeamWork, body: MilestoneIn, response: Response) -> GoalOut:
    """Add a step behind the others; the client is told soon after."""
    return tagged(response, await milestones.add_milestone(work, body))


@router.post("/milestones/reorder", responses=problems(GoalClosed, UnknownMilestones))
async def order_milestones(work: TeamWork, body: MilestoneOrder, response: Response) -> GoalOut:
    """Put the steps in another order."""
    return tagged(response, await milestones.order_milestones(work, body.milestone_ids))


@router.patch("/milestones/{milestone_id}", responses=problems(GoalClosed))
async def change_milestone(
    work: TeamWork, milestone_id: MilestoneId, body: MilestoneChanges, response: Response
) -> GoalOut:
    """Change a step."""
    return tagged(response, await milestones.change_milestone(work, milestone_id, body))


@router.delete("/milestones/{milestone_id}", responses=problems(GoalClosed))
async def remove_milestone(
    work: TeamWork, milestone_id: MilestoneId, response: Response
) -> GoalOut:
    """Take a step away."""
    return tagged(response, await milestones.remove_milestone(work, milestone_id))


@router.post("/milestones/{milestone_id}/complete", responses=problems(GoalClosed))
async def complete_milestone(
    work: TeamWork, milestone_id: MilestoneId, response: Response
) -> GoalOut:
    """Call a step made; the client is told by e-mail."""
    return tagged(response, await milestones.complete_milestone(work, milestone_id))


@router.post("/milestones/{milestone_id}/reopen", responses=problems(GoalClosed))
async def reopen_milestone(
    work: TeamWork, milestone_id: MilestoneId, response: Response
) -> GoalOut:
    """Say that a step is still to be made."""
    return tagged(response, await milestones.reopen_milestone(work, milestone_id))


@router.post(
    "/check-ins",
    status_code=201,
    responses=problems(GoalClosed, NotAPercentage, ProgressFollowsMilestones),
)
async def check_in(work: TeamWork, body: CheckInIn) -> CheckInOut:
    """Say how far the goal has come; the client is told soon after."""
    return await check_ins.check_in(work, body)


@router.get("/check-ins")
async def list_check_ins(
    goal_id: GoalId, query: Annotated[CheckInQuery, Query()], goals: TeamGoals
) -> Page[CheckInOut]:
    """What both sides said on the way, the latest first."""
    return await check_ins.list_check_ins(goals, goal_id, query)


@router.delete(
    "/check-ins/{check_in_id}", status_code=204, responses=problems(GoalClosed, NotYourCheckIn)
)
async def remove_check_in(work: TeamWork, check_in_id: CheckInId) -> None:
    """Take back what the team said; progress is then what was said before."""
    await check_ins.remove_check_in(work, check_in_id)


@router.get("/series")
async def get_goal_series(
    goal_id: GoalId, query: Annotated[SeriesQuery, Query()], goals: TeamGoals
) -> SeriesOut:
    """The goal's values over time, for a chart."""
    return await check_ins.series_of(goals, goal_id, query)
