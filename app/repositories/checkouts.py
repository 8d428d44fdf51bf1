"""The pages on which invoices are paid, and what providers told of them."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from app.core.ids import new_id
from app.models import Checkout, ProviderEvent
from app.repositories.base import Repository


class CheckoutRepository(Repository[Checkout]):
    """The checkouts of one practice; who changes them has locked the invoice, or asks for one."""

    model = Checkout

    async def open_for(self, invoice_id: UUID) -> Checkout | None:
        """The one on which the invoice can be paid now."""
        statement = self.query().where(Checkout.invoice_id == invoice_id, Checkout.status == "open")
        return await self.session.scalar(statement)

    async def of_invoice(self, invoice_id: UUID) -> Sequence[Checkout]:
        """All there have been, as they were at one moment: the open one, and how many."""
        statement = self.query().where(Checkout.invoice_id == invoice_id)
        return (await self.session.scalars(statement.order_by(Checkout.id))).all()

    async def open_at(self, provider: str) -> Sequence[Checkout]:
        """All on which somebody could pay there now."""
        statement = self.query().where(Checkout.provider == provider, Checkout.status == "open")
        return (await self.session.scalars(statement.order_by(Checkout.id))).all()

    async def called(self, provider: str, session_id: str) -> Checkout | None:
        """The one that the provider calls so."""
        statement = self.query().where(
            Checkout.provider == provider, Checkout.session_id == session_id
        )
        return await self.session.scalar(statement)

    async def end(self, provider: str, session_id: str, status: str) -> Checkout | None:
        """Say how it ended, unless it was paid before; None where nothing changed."""
        statement = (
            update(Checkout)
            .where(
                Checkout.workspace_id == self.workspace_id,
                Checkout.provider == provider,
                Checkout.session_id == session_id,
                Checkout.status.not_in(("completed", status)),
            )
            .values(status=status)
            .returning(Checkout)
            .execution_options(populate_existing=True)
        )
        return await self.session.scalar(statement)

    async def hears(self, provider: str, event_id: str) -> bool:
        """Whether this is news; of the same event at once, one waits for the other to commit."""
        row = {"workspace_id": self.workspace_id, "provider": provider, "event_id": event_id}
        heard = await self.session.execute(
            insert(ProviderEvent)
            .values(id=new_id(), **row)
            .on_conflict_do_nothing(index_elements=["workspace_id", "provider", "event_id"])
            .returning(ProviderEvent.id)
        )
        return heard.scalar() is not None
