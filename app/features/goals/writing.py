"""Setting goals, changing them, and letting them go."""

from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.access.contacts import UnknownContact, UnknownEnrollment
from app.core.database_errors import violated_constraint
from app.core.events import publish
from app.core.fields import changes
from app.core.ids import new_id
from app.core.markdown import rendered
from app.features.goals.events import GoalCreated, GoalDeleted, about
from app.features.goals.failures import GoalClosed, TargetIsStart
from app.features.goals.paths import Desk, Work
from app.features.goals.reminders import follow, forget
from app.features.goals.schemas import GoalChanges, PortalGoalIn
from app.features.goals.telling import tell_later
from app.models import Goal, GoalMilestone
from app.repositories.comments import CommentRepository
from app.repositories.goal_cards import GoalCard
from app.repositories.goals import MilestoneRepository


async def set_goal(desk: Desk, contact_id: UUID, body: PortalGoalIn) -> GoalCard:
    """Set a goal for a contact, and tell the other side.

    Raises UnknownContact, UnknownEnrollment and TargetIsStart (422).
    """
    goals = desk.goals
    await _check_enrollment(desk, contact_id, body.enrollment_id)
    values = body.model_dump(exclude={"contact_id", "target", "milestones"})
    goal = Goal(
        id=new_id(),
        contact_id=contact_id,
        side=goals.audience.side,
        author_id=desk.principal.member_id,
        description_html=await rendered(body.description),
        **values,
        **_target_columns(body.model_dump()["target"]),
    )
    await _add(desk, goal)
    steps = [GoalMilestone(**each.model_dump()) for each in body.milestones]
    MilestoneRepository(goals.session, goal).add_at_end(steps, after=0)
    await goals.session.flush()
    await follow(goals, goal)
    event = about(goal, desk.principal.actor, goals.audience.side)
    await publish(goals.session, GoalCreated(**event, due_on=goal.due_on))
    return await goals.card(goal.id)


async def _check_enrollment(desk: Desk, contact_id: UUID, enrollment_id: UUID | None) -> None:
    if enrollment_id and not await desk.goals.is_enrolled(contact_id, enrollment_id):
        raise UnknownEnrollment


def _target_columns(target: dict[str, Any] | None) -> dict[str, Any]:
    """A target as the goal's columns. Raises TargetIsStart (422)."""
    if target is None:
        return {"unit": None, "start_value": None, "target_value": None}
    if target["start"] == target["target"]:
        raise TargetIsStart
    return {
        "unit": target["unit"],
        "start_value": target["start"],
        "target_value": target["target"],
    }


async def _add(desk: Desk, goal: Goal) -> None:
    desk.goals.add(goal)
    try:
        await desk.goals.session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == "goals_workspace_id_contact_id_fkey":
            raise UnknownContact from None
        raise


async def change_goal(work: Work, body: GoalChanges) -> GoalCard:
    """Give a goal other values; the other side is told some minutes later.

    Raises GoalClosed (409), UnknownEnrollment and TargetIsStart (422).
    """
    goal, goals = work.goal, work.goals
    require_open(goal)
    values = _columns(body)
    changed = {name: new for name, new in values.items() if getattr(goal, name) != new}
    await _check_enrollment(work, goal.contact_id, changed.get("enrollment_id"))
    if "description" in changed:
        goal.description_html = await rendered(changed["description"])
    if "target_value" in changed and None in {goal.target_value, changed["target_value"]}:
        goal.current_value = goal.checked_in_at = None  # what was measured was something else
    for name, value in changed.items():
        setattr(goal, name, value)
    await goals.session.flush()
    if "due_on" in changed:
        await follow(goals, goal)
    await tell_later(work, *_in_words(changed))
    return await goals.card(goal.id)


def require_open(goal: Goal) -> None:
    """Raises GoalClosed (409) for a goal that was reached or given up."""
    if goal.status != "active":
        raise GoalClosed


def _columns(body: GoalChanges) -> dict[str, Any]:
    values = changes(body)
    if "target" in values:
        values |= _target_columns(values.pop("target"))
    return values


def _in_words(changed: dict[str, Any]) -> list[str]:
    """The members of the body that changed."""
    measures = {"unit", "start_value", "target_value"}
    return sorted({"target" if name in measures else name for name in changed})


async def delete_goal(work: Work) -> None:
    """Remove a goal with all that was said and done about it."""
    goal, goals = work.goal, work.goals
    await forget(goals.session, goal)
    await CommentRepository(goals.session, goals.audience).remove_all("goal", goal.id)
    await goals.delete(goal)
    event = about(goal, work.principal.actor, goals.audience.side)
    await publish(goals.session, GoalDeleted(**event))
