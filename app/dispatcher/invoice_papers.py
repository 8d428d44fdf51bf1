"""Printing what is sent to clients: the effects behind `invoice.send` and `credit_note.issue`."""

from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.documents.print_shop import PrintShop
from app.core.errors import NotFound
from app.core.events import Actor, publish
from app.core.storage import Storage
from app.dispatcher.practice_jobs import by_practice, endings_by_practice, named, practice_of
from app.dispatcher.work import ClaimedJob, Settled
from app.features.invoices.events import CreditNoteIssued, InvoiceSent, about
from app.features.invoices.papers import Paper
from app.features.invoices.shelf import Wanted, print_once, remember, wanted
from app.models import Invoice
from app.repositories.audiences import Audience
from app.repositories.invoice_money import CreditNoteRepository
from app.repositories.invoices import InvoiceRepository


@dataclass(frozen=True, slots=True)
class Press:
    """What prints papers and keeps them; `portal_url` is the installation's."""

    storage: Storage
    shop: PrintShop
    portal_url: str


@dataclass(frozen=True, slots=True)
class Printed:
    """A paper and where it is stored."""

    paper: Paper
    key: str


class Papers(ABC):
    """Prints a paper unless it was printed before, then lets the client be told of it."""

    def __init__(self, database: Database, press: Press) -> None:
        self._database = database
        self._press = press

    async def load(self, session: AsyncSession, jobs: Sequence[ClaimedJob]) -> Mapping[int, Wanted]:
        """What there is to print, by job; nothing for what is gone or was voided meanwhile."""
        loaded: dict[int, Wanted] = {}
        for practice, some in by_practice(jobs):
            await self._database.enter(session, practice)
            for job in some:
                found = await _wanted(session, job)
                if found:
                    loaded[job.id] = found
        return loaded

    async def perform(self, job: ClaimedJob, loaded: Wanted) -> Printed:  # noqa: ARG002 - Effect's
        """Print it, and store it."""
        key = loaded.pdf_key or await print_once(
            self._press.shop, self._press.storage, loaded, portal_url=self._press.portal_url
        )
        return Printed(loaded.paper, key)

    async def settle(self, session: AsyncSession, results: Sequence[Settled[Printed]]) -> None:
        """Note where the papers are, and record that they were sent."""
        for practice, endings in endings_by_practice(results):
            await self._database.enter(session, practice)
            for ending in endings:
                key = await _remembered(session, ending.result)
                if key or ending.outcome == "dead":
                    await self._tell(session, ending.job, key)

    async def _tell(self, session: AsyncSession, job: ClaimedJob, key: str | None) -> None:
        invoices = InvoiceRepository(session, Audience.team(practice_of(job)))
        try:
            invoice = await invoices.require(named(job, "invoice_id"))
        except NotFound:
            return
        await self.tell(session, invoice, job, key)

    @abstractmethod
    async def tell(
        self, session: AsyncSession, invoice: Invoice, job: ClaimedJob, key: str | None
    ) -> None:
        """Record the event that makes the client's letter; `key` is None for what has no paper."""


async def _wanted(session: AsyncSession, job: ClaimedJob) -> Wanted | None:
    note_id = job.payload.get("credit_note_id")
    try:
        return await wanted(
            session,
            Audience.team(practice_of(job)),
            named(job, "invoice_id"),
            UUID(note_id) if note_id else None,
        )
    except NotFound:
        return None


async def _remembered(session: AsyncSession, made: Printed | None) -> str | None:
    return await remember(session, made.paper, made.key) if made else None


def _actor(job: ClaimedJob) -> Actor:
    actor = job.payload["actor"]
    return Actor(actor["kind"], UUID(actor["id"]) if actor["id"] else None)


class InvoiceSendings(Papers):
    """Sends invoices to their clients."""

    async def tell(
        self, session: AsyncSession, invoice: Invoice, job: ClaimedJob, key: str | None
    ) -> None:
        """Record that it was sent, unless it was voided before that."""
        if invoice.status == "void":
            return
        event = InvoiceSent(
            **about(invoice, _actor(job)),
            again=job.payload["again"],
            message=job.payload["message"],
            pdf_key=key,
        )
        await publish(session, event)


class CreditNoteIssues(Papers):
    """Sends credit notes to their clients."""

    async def tell(
        self, session: AsyncSession, invoice: Invoice, job: ClaimedJob, key: str | None
    ) -> None:
        """Record that it was sent."""
        notes = CreditNoteRepository(session, invoice.workspace_id)
        note = await notes.one_of(invoice.id, named(job, "credit_note_id"))
        event = CreditNoteIssued(
            **about(invoice, _actor(job)),
            credit_note_id=note.id,
            credit_note_number=note.number,
            amount_minor=note.total_minor,
            pdf_key=key,
        )
        await publish(session, event)
