"""All that the dispatcher does for invoices."""

from datetime import datetime
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.documents.print_shop import PrintShop
from app.core.storage import Storage
from app.dispatcher.invoice_papers import CreditNoteIssues, InvoiceSendings, Press
from app.dispatcher.practice_jobs import named, practice_of
from app.dispatcher.work import ClaimedJob, Effect, Handler
from app.features.invoices import generating, reminders
from app.features.invoices.jobs import ISSUE, SEND


def invoice_handlers(database: Database) -> dict[str, Handler]:
    """The engine's handlers for invoices, by kind."""

    async def remind(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id = practice_of(job)
        await database.enter(session, workspace_id)
        await reminders.remind(
            session,
            workspace_id,
            named(job, "invoice_id"),
            meant_for=datetime.fromisoformat(job.payload["meant_for"]),
        )

    async def make_due(session: AsyncSession, job: ClaimedJob) -> None:
        workspace_id = practice_of(job)
        await database.enter(session, workspace_id)
        await generating.make_due(session, workspace_id, named(job, "schedule_id"))

    return {reminders.KIND: remind, generating.KIND: make_due}


def invoice_effects(
    database: Database, *, storage: Storage, shop: PrintShop, portal_url: str
) -> dict[str, Effect[Any, Any]]:
    """The effects behind invoices' jobs, by kind; `portal_url` is the installation's."""
    press = Press(storage, shop, portal_url)
    return {SEND: InvoiceSendings(database, press), ISSUE: CreditNoteIssues(database, press)}
