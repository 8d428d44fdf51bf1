"""Invoices of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Select, delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.models import Invoice, InvoiceLine
from app.repositories.audiences import Audience
from app.repositories.base import Repository
from app.repositories.belongings import ENROLLED
from app.repositories.invoice_cards import (
    InvoiceCard,
    InvoiceFilter,
    seen_by,
    summaries_with,
    wholes_with,
)
from app.repositories.kept_papers import keep_pdf


class InvoiceRepository(Repository[Invoice]):
    """The invoices an audience sees: the team all of its practice's, a client their own.

    Drafts are the team's alone.
    """

    model = Invoice

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, about what this audience may see only."""
        super().__init__(session, audience.workspace_id)
        self.audience = audience

    def query(self) -> Select[Invoice]:
        """A select that starts with what the audience sees."""
        statement = super().query()
        if self.audience.side == "client":
            own = Invoice.contact_id == self.audience.contact_id
            statement = statement.where(own, Invoice.status != "draft")
        return statement

    async def card(self, invoice_id: UUID) -> InvoiceCard:
        """One invoice; NotFound for what the audience does not see."""
        values = {**seen_by(self.audience), "invoice_id": invoice_id}
        statement = wholes_with(frozenset(values))
        result = await self.session.execute(statement, {**values, "at": now()})
        card: InvoiceCard | None = result.one_or_none()
        if card is None:
            raise NotFound
        return card

    async def page(
        self, chosen: InvoiceFilter, *, before: UUID | None, limit: int
    ) -> Sequence[InvoiceCard]:
        """Invoices, newest first, before the invoice `before`; one more than `limit`."""
        values: dict[str, Any] = {**seen_by(self.audience), **chosen.values}
        if before is not None:
            values["before"] = before
        result = await self.session.execute(
            summaries_with(frozenset(values)), {**values, "row_limit": limit + 1, "at": now()}
        )
        cards: Sequence[InvoiceCard] = result.all()
        return cards

    async def is_enrolled(self, contact_id: UUID, enrollment_id: UUID) -> bool:
        """Whether this is an enrollment of the contact's."""
        scope = {"workspace_id": self.workspace_id, "contact_id": contact_id}
        found = await self.session.scalar(ENROLLED, {**scope, "enrollment_id": enrollment_id})
        return bool(found)

    async def last_buyer(self, contact_id: UUID) -> dict[str, Any] | None:
        """How the contact's latest finalized invoice names its buyer."""
        statement = (
            select(Invoice.buyer)
            .where(
                Invoice.workspace_id == self.workspace_id,
                Invoice.contact_id == contact_id,
                Invoice.buyer.is_not(None),
            )
            .order_by(Invoice.id.desc())
            .limit(1)
        )
        return await self.session.scalar(statement)

    async def lines(self, invoice_id: UUID) -> Sequence[InvoiceLine]:
        """What an invoice charges for, in order."""
        statement = select(InvoiceLine).where(
            InvoiceLine.workspace_id == self.workspace_id, InvoiceLine.invoice_id == invoice_id
        )
        return (await self.session.scalars(statement.order_by(InvoiceLine.position))).all()

    async def replace_lines(self, invoice: Invoice, lines: Sequence[InvoiceLine]) -> None:
        """Let a draft charge for these instead."""
        await self.session.execute(
            delete(InvoiceLine).where(
                InvoiceLine.workspace_id == self.workspace_id,
                InvoiceLine.invoice_id == invoice.id,
            )
        )
        for line in lines:
            line.workspace_id, line.invoice_id = self.workspace_id, invoice.id
        self.session.add_all(lines)
        await self.session.flush()

    async def keep_pdf(self, invoice_id: UUID, key: str) -> str:
        """Note where the printed invoice is kept, if nobody has; where it is kept now.

        No edit of the invoice: its version stays.
        """
        return await keep_pdf(self.session, Invoice, self.workspace_id, invoice_id, key)
