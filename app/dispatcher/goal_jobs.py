"""What is done about goals when its time has come: telling of changes, and reminding."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.events import Actor
from app.dispatcher.work import ClaimedJob, Handler
from app.features.goals import reminders, telling


def goal_handlers(database: Database) -> dict[str, Handler]:
    """The engine's handlers for goals, by kind."""

    async def tell_updates(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id = UUID(job.payload["workspace_id"])
        await database.enter(session, workspace_id)
        await telling.tell_updates(
            session,
            workspace_id,
            UUID(job.payload["goal_id"]),
            side=job.payload["side"],
            actor=_actor(job),
        )

    async def remind(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id = UUID(job.payload["workspace_id"])
        await database.enter(session, workspace_id)
        await reminders.remind(session, workspace_id, UUID(job.payload["goal_id"]))

    return {telling.KIND: tell_updates, reminders.KIND: remind}


def _actor(job: ClaimedJob) -> Actor:
    actor = job.payload["actor"]
    return Actor(actor["kind"], UUID(actor["id"]) if actor["id"] else None)
