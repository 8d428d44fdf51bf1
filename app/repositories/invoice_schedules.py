"""Schedules that make invoices, and what programs cost whoever comes into them."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Uuid, and_, any_, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, Enrollment, Invoice, InvoiceSchedule, Program
from app.repositories.base import Repository

IDS = bindparam("ids", type_=ARRAY(Uuid()))

Price = Row[*tuple[Any, ...]]
"""`enrollment_id, contact_id, name, price_minor, currency, payment_plan, installment_count`."""

PRICES = (
    select(
        Enrollment.id.label("enrollment_id"),
        Enrollment.contact_id,
        Program.name,
        Program.price_minor,
        Program.currency,
        Program.payment_plan,
        Program.installment_count,
    )
    .join(
        Program,
        and_(
            Program.workspace_id == Enrollment.workspace_id,
            Program.id == Enrollment.program_id,
        ),
    )
    .where(
        Enrollment.workspace_id == bindparam("workspace_id"),
        Enrollment.id == any_(IDS),
        Program.price_minor > 0,
    )
)

ITS_INVOICE = exists().where(
    Invoice.workspace_id == InvoiceSchedule.workspace_id,
    Invoice.enrollment_id == InvoiceSchedule.enrollment_id,
)
DUE = ITS_INVOICE.where(
    Invoice.installment == 1, Invoice.status.in_(("draft", "open", "uncollectible"))
)
PAID = ITS_INVOICE.where(
    Invoice.status == "paid", or_(Invoice.amount_paid_minor > 0, Invoice.total_minor == 0)
)
UNPAID = select(InvoiceSchedule.enrollment_id).where(
    InvoiceSchedule.workspace_id == bindparam("workspace_id"),
    InvoiceSchedule.enrollment_id == any_(IDS),
    or_(
        DUE,
        and_(
            InvoiceSchedule.enrollment_id == any_(bindparam("invited_ids", type_=ARRAY(Uuid()))),
            ~PAID,
        ),
    ),
)


class ScheduleRepository(Repository[InvoiceSchedule]):
    """A practice's schedules."""

    model = InvoiceSchedule

    async def page(
        self, *, contact_id: UUID | None, status: str | None, before: UUID | None, limit: int
    ) -> Sequence[InvoiceSchedule]:
        """Schedules, newest first, before `before`; one more than `limit`, if there are.

        Those of enrollments are there as well.
        """
        statement = self.query().order_by(InvoiceSchedule.id.desc()).limit(limit + 1)
        if contact_id is not None:
            statement = statement.where(InvoiceSchedule.contact_id == contact_id)
        if status is not None:
            statement = statement.where(InvoiceSchedule.status == status)
        if before is not None:
            statement = statement.where(InvoiceSchedule.id < before)
        return (await self.session.scalars(statement)).all()

    async def has_contact(self, contact_id: UUID) -> bool:
        """Whether this is a contact of the practice's."""
        found = await self.session.scalar(
            select(Contact.id).where(
                Contact.workspace_id == self.workspace_id, Contact.id == contact_id
            )
        )
        return found is not None

    async def enrollment_status(self, enrollment_id: UUID) -> str | None:
        """How the enrollment stands that a schedule is for."""
        return await self.session.scalar(
            select(Enrollment.status).where(
                Enrollment.workspace_id == self.workspace_id, Enrollment.id == enrollment_id
            )
        )


async def prices_of(
    session: AsyncSession, workspace_id: UUID, enrollment_ids: Collection[UUID]
) -> Sequence[Price]:
    """What the programs of these enrollments cost; nothing of those that are free."""
    values = {"workspace_id": workspace_id, "ids": list(enrollment_ids)}
    found: Sequence[Price] = (await session.execute(PRICES, values)).all()
    return found


async def unpaid_among(
    session: AsyncSession,
    workspace_id: UUID,
    enrollment_ids: Collection[UUID],
    *,
    invited_ids: Collection[UUID],
) -> frozenset[UUID]:
    """Those of these enrollments whose first invoice is not paid; one statement.

    For those invited still, an invoice that was taken back unpaid (void, credited, deleted)
    is no payment either, until another one for the same enrollment is paid.
    """
    ids, invited = list(enrollment_ids), list(invited_ids)
    values = {"workspace_id": workspace_id, "ids": ids, "invited_ids": invited}
    found = await session.scalars(UNPAID, values)
    return frozenset(one for one in found if one is not None)
