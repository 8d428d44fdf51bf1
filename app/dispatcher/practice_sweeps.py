"""Periodic work in practices' own rows: practice by practice, for that is how they are kept."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import Database
from app.dispatcher.schedule import Sweep
from app.repositories.credit_expiry import expire_credits, practices_with_expired_credits
from app.repositories.directory import all_practices
from app.repositories.notification_upkeep import (
    forget_notifications,
    practices_with_old_notifications,
)
from app.repositories.provider_event_upkeep import (
    forget_provider_events,
    practices_with_old_provider_events,
)
from app.repositories.sign_ups import forget_sign_ups, practices_with_old_sign_ups

Due = Callable[[AsyncSession, datetime], Awaitable[Sequence[UUID]]]
Work = Callable[[AsyncSession, UUID, datetime], Awaitable[object]]


def credit_expiry(database: Database) -> Sweep:
    """Takes back the credits nobody used in time; until it comes, they can't be booked either."""
    return practice_sweep(
        "credit_expiry",
        database,
        every=timedelta(minutes=15),
        due=practices_with_expired_credits,
        work=expire_credits,
    )


def forgotten_sign_ups(database: Database) -> Sweep:
    """Forgets who signed up long ago; of those who never confirmed nothing is left."""
    return practice_sweep(
        "forgotten_sign_ups",
        database,
        every=timedelta(hours=6),
        due=practices_with_old_sign_ups,
        work=forget_sign_ups,
    )


def old_notifications(database: Database) -> Sweep:
    """Forgets what people were told in the app half a year ago."""
    return practice_sweep(
        "old_notifications",
        database,
        every=timedelta(hours=6),
        due=practices_with_old_notifications,
        work=forget_notifications,
    )


def old_provider_events(database: Database) -> Sweep:
    """Forgets what payment providers told a season ago."""
    return practice_sweep(
        "old_provider_events",
        database,
        every=timedelta(hours=6),
        due=practices_with_old_provider_events,
        work=forget_provider_events,
    )


def practice_sweep(
    name: str, database: Database, *, every: timedelta, due: Due, work: Work
) -> Sweep:
    """A sweep that does `work` in each practice that `due` finds, all in its transaction.

    Behind row-level security nobody sees over the fences, so there every practice is visited.
    """

    async def run(session: AsyncSession) -> None:
        at = now()
        found = await (all_practices(session) if database.row_level_security else due(session, at))
        for workspace_id in found:
            await database.enter(session, workspace_id)
            await work(session, workspace_id, at)

    return Sweep(name=name, every=every, run=run)
