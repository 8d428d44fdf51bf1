"""Many goals, and many check-ins on one."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.models import Comment, Contact, Goal, GoalCheckIn, GoalMilestone
from tests.make import Person


async def goals(session: AsyncSession, reader: Person, _: UUID | None, numbers: range) -> None:
    """Of different contacts (the reader's own, for a client), with milestones."""
    for n in numbers:
        goal = Goal(
            workspace_id=reader.workspace_id,
            contact_id=reader.contact_id or await _contact(session, reader, n),
            side="client",
            title=f"Goal {n}",
        )
        session.add(goal)
        await session.flush()
        step = {"workspace_id": reader.workspace_id, "goal_id": goal.id}
        session.add(GoalMilestone(**step, position=n, title=f"Step {n}"))


async def check_ins(
    session: AsyncSession, reader: Person, goal_id: UUID | None, numbers: range
) -> None:
    goal = await session.get_one(Goal, (reader.workspace_id, goal_id))
    for n in numbers:
        made = {"workspace_id": reader.workspace_id, "goal_id": goal_id, "side": "client"}
        session.add(GoalCheckIn(**made, contact_id=goal.contact_id, at=now(), value=n))


async def own_check_ins(
    session: AsyncSession, client: Person, goal_id: UUID | None, numbers: range
) -> None:
    """The goal was another's: it becomes the client's."""
    goal = await session.get_one(Goal, (client.workspace_id, goal_id))
    goal.contact_id = client.contact_id or goal.contact_id
    await check_ins(session, client, goal_id, numbers)


async def comments(
    session: AsyncSession, reader: Person, goal_id: UUID | None, numbers: range
) -> None:
    """By the other side, unread; where a client reads them, the goal is theirs."""
    goal = await session.get_one(Goal, (reader.workspace_id, goal_id))
    goal.contact_id = reader.contact_id or goal.contact_id
    await session.flush()
    thread = {"contact_id": goal.contact_id, "subject_kind": "goal", "subject_id": goal.id}
    words = {"body": "Hear, hear", "body_html": "<p>Hear, hear</p>"}
    side = "member" if reader.contact_id else "client"
    for _number in numbers:
        session.add(Comment(workspace_id=reader.workspace_id, side=side, **thread, **words))


async def _contact(session: AsyncSession, owner: Person, number: int) -> UUID:
    contact = Contact(workspace_id=owner.workspace_id, first_name=f"Ada {number}")
    session.add(contact)
    await session.flush()
    return contact.id


GOAL_CROWDS = {
    "list_check_ins": check_ins,
    "list_goal_comments": comments,
    "list_goals": goals,
    "list_portal_goal_comments": comments,
    "list_portal_check_ins": own_check_ins,
    "list_portal_goals": goals,
}
