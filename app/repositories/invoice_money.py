"""What came in for invoices, went back, and was taken back by credit notes."""

from collections.abc import Mapping, Sequence
from typing import Generic, TypeVar
from uuid import UUID

from sqlalchemy import and_, func, select

from app.core.errors import NotFound
from app.models import CreditNote, CreditNoteLine, Payment, Refund
from app.repositories.base import Repository
from app.repositories.kept_papers import keep_pdf

Row = TypeVar("Row", Payment, Refund, CreditNote)


class OfInvoices(Repository[Row], Generic[Row]):
    """Rows that each belong to an invoice; whoever changes them holds that one's row lock."""

    async def of_invoice(self, invoice_id: UUID) -> Sequence[Row]:
        """All of an invoice's, the earliest first."""
        statement = self.query().where(self.model.invoice_id == invoice_id)
        return (await self.session.scalars(statement.order_by(self.model.id))).all()

    async def one_of(self, invoice_id: UUID, row_id: UUID) -> Row:
        """One of an invoice's. Raises NotFound."""
        row = await self.require(row_id)
        if row.invoice_id != invoice_id:
            raise NotFound
        return row


class PaymentRepository(OfInvoices[Payment]):
    """What came in."""

    model = Payment

    async def of_provider(self, provider: str, provider_payment_id: str) -> Payment | None:
        """The payment that this provider calls so, if it was recorded."""
        return await self.session.scalar(
            self.query().where(
                Payment.provider == provider, Payment.provider_payment_id == provider_payment_id
            )
        )


class RefundRepository(OfInvoices[Refund]):
    """What went back, or is on its way."""

    model = Refund

    async def of_provider(self, provider: str, provider_refund_id: str) -> Refund | None:
        """The refund that this provider calls so, if it was recorded."""
        return await self.session.scalar(
            self.query().where(
                Refund.provider == provider, Refund.provider_refund_id == provider_refund_id
            )
        )


class CreditNoteRepository(OfInvoices[CreditNote]):
    """What was taken back."""

    model = CreditNote

    async def lines(self, *credit_note_ids: UUID) -> Sequence[CreditNoteLine]:
        """What these take back, in order."""
        statement = select(CreditNoteLine).where(
            CreditNoteLine.workspace_id == self.workspace_id,
            CreditNoteLine.credit_note_id.in_(credit_note_ids),
        )
        ordered = statement.order_by(CreditNoteLine.credit_note_id, CreditNoteLine.position)
        return (await self.session.scalars(ordered)).all()

    async def keep_pdf(self, credit_note_id: UUID, key: str) -> str:
        """Note where the printed credit note is kept, if nobody has; where it is kept now."""
        return await keep_pdf(self.session, CreditNote, self.workspace_id, credit_note_id, key)

    async def credited(self, invoice_id: UUID) -> Mapping[UUID, int]:
        """What was taken back of an invoice's lines so far, net of discounts, by line."""
        statement = (
            select(CreditNoteLine.invoice_line_id, func.sum(CreditNoteLine.net_minor))
            .join(
                CreditNote,
                and_(
                    CreditNote.workspace_id == CreditNoteLine.workspace_id,
                    CreditNote.id == CreditNoteLine.credit_note_id,
                ),
            )
            .where(
                CreditNote.workspace_id == self.workspace_id,
                CreditNote.invoice_id == invoice_id,
            )
            .group_by(CreditNoteLine.invoice_line_id)
        )
        found = await self.session.execute(statement)
        return {line_id: int(net) for line_id, net in found}
