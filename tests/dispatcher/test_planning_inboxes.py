"""Letters whose readers may choose, and what they are told in the app: still in few statements."""

from uuid import UUID

from sqlalchemy import func, select

from app.core.db import Database
from app.core.events import FANOUT, Actor
from app.core.ids import new_id
from app.features.goals.events import GoalCreated
from app.models import Notification
from app.settings import Settings
from tests.dispatcher.sorting_office import counted_statements, sorting_office
from tests.make import Make, Person


def set_for(coach: Person, contact_id: UUID) -> GoalCreated:
    """A goal the coach sets for this contact."""
    return GoalCreated(
        workspace_id=coach.workspace_id,
        actor=Actor("member", coach.user_id),
        contact_id=contact_id,
        subject_id=new_id(),
        side="member",
        title="Speak in public",
        due_on=None,
    )


async def test_the_statements_do_not_grow_with_the_readers(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contacts = [await make.contact(workspace_id=coach.workspace_id) for _ in range(60)]
    counts = []
    async with sorting_office(database, settings) as office:
        for some in (contacts[:1], contacts[1:]):
            await office.publish(*(set_for(coach, contact.id) for contact in some))
            with counted_statements(database) as statements:
                await office.engine.drain([FANOUT])
            counts.append(sum("SAVEPOINT" not in statement for statement in statements))

        assert len(await office.outbox(coach.workspace_id)) == 60
        async with database.reading(coach.workspace_id) as session:
            told = select(func.count()).select_from(Notification)
            assert await session.scalar(told) == 60
    assert counts[0] == counts[1]
