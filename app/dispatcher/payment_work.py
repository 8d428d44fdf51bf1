"""All that the dispatcher does about payments online."""

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.dispatcher.checkout_closings import CheckoutClosings
from app.dispatcher.practice_jobs import named, practice_of
from app.dispatcher.refunds import Refunds
from app.dispatcher.work import ClaimedJob, Effect, Handler
from app.features.invoices.jobs import DUE_CHANGED, REFUND
from app.features.payments.cashiers import Cashiers
from app.features.payments.checkout import follow_due
from app.features.payments.jobs import CLOSE


def payment_handlers(database: Database) -> dict[str, Handler]:
    """The engine's handlers for payments, by kind."""

    async def follow(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id = practice_of(job)
        await database.enter(session, workspace_id)
        await follow_due(session, workspace_id, named(job, "invoice_id"))

    return {DUE_CHANGED: follow}


def payment_effects(database: Database, cashiers: Cashiers) -> dict[str, Effect[Any, Any]]:
    """The effects behind payments' jobs, by kind."""
    return {
        CLOSE: CheckoutClosings(database, cashiers),
        REFUND: Refunds(database, cashiers),
    }
