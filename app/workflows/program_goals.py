"""The goals that clients begin a program with."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import SYSTEM, publish
from app.core.ids import new_id
from app.features.goals.events import GoalCreated, about
from app.features.goals.reminders import watch
from app.models import Goal, GoalMilestone
from app.repositories.newcomers import Newcomer, add_all, add_once
from app.repositories.program_templates import GoalTemplateCard, TemplateRepository
from app.workflows.program_days import due_day

SAME = ("title", "description", "description_html", "unit", "start_value", "target_value")
"""What a goal takes from its template as it is."""


async def bring_goals(
    session: AsyncSession,
    workspace_id: UUID,
    program_id: UUID,
    newcomers: Sequence[Newcomer],
    *,
    at: datetime,
) -> Sequence[Goal]:
    """Set the program's goals for enrollments that begin `at` this instant, each once.

    The number of statements doesn't grow with enrollments or goals.
    """
    templates = await TemplateRepository(session, workspace_id).goals(program_id)
    made = [
        (_columns(template, one, at=at), template, one)
        for one in newcomers
        for template in templates
    ]
    added = await add_once(session, Goal, [columns for columns, _, _ in made])
    new = [
        (Goal(**columns), template, one)
        for columns, template, one in made
        if columns["id"] in added
    ]
    await add_all(session, GoalMilestone, _milestones(new, at=at))
    await watch(session, ((goal, one.zone) for goal, _, one in new))
    goals = [goal for goal, _, _ in new]
    await publish(session, *(_created(goal) for goal in goals))
    return goals


def _columns(template: GoalTemplateCard, newcomer: Newcomer, *, at: datetime) -> dict[str, Any]:
    return {
        **{name: getattr(template, name) for name in SAME},
        "workspace_id": template.workspace_id,
        "id": new_id(),
        "contact_id": newcomer.contact_id,
        "enrollment_id": newcomer.enrollment_id,
        "template_id": template.id,
        "side": "member",
        "status": "active",
        "due_on": due_day(at, template.due_after_days, newcomer.zone),
    }


def _milestones(
    new: Sequence[tuple[Goal, GoalTemplateCard, Newcomer]], *, at: datetime
) -> Iterator[dict[str, Any]]:
    for goal, template, newcomer in new:
        for position, milestone in enumerate(template.milestones):
            yield {
                "workspace_id": goal.workspace_id,
                "id": new_id(),
                "goal_id": goal.id,
                "position": position,
                "title": milestone["title"],
                "due_on": due_day(at, milestone["due_after_days"], newcomer.zone),
            }


def _created(goal: Goal) -> GoalCreated:
    return GoalCreated(**about(goal, SYSTEM, "member"), due_on=goal.due_on, by_program=True)
