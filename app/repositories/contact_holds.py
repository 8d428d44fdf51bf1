"""What the law, or the books, keep a contact for: nobody deletes it while there is any."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, true, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Attendee, Contact, Contract, Enrollment, Invoice


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Rows that keep their contact; `label` is what a coach calls them (`invoices`).

    `rows` is a tenant table with a `contact_id`; `which` narrows it down, say to what was signed.
    """

    label: str
    rows: type[Any]
    which: ColumnElement[bool] = field(default_factory=true)


HOLDS: tuple[Hold, ...] = (
    Hold(
        label="appointments",
        rows=Attendee,
        which=Attendee.status.in_(("pending", "confirmed", "completed", "no_show")),
    ),
    Hold(
        label="contracts",
        rows=Contract,
        which=Contract.status.in_(("sent", "completing", "completed")),
    ),
    Hold(
        label="enrollments",
        rows=Enrollment,
        which=Enrollment.status.in_(("active", "paused", "completed")),
    ),
    Hold(label="invoices", rows=Invoice, which=Invoice.status != "draft"),
)
"""Features that keep legal papers add theirs."""


async def holds_on(session: AsyncSession, contact: Contact) -> dict[str, int]:
    """How many rows of each hold keep this contact; empty when it may be deleted."""
    counts = union_all(*(_count(hold, contact) for hold in HOLDS)).subquery()
    found = await session.execute(select(counts).where(counts.c.found > 0))
    return {row.label: row.found for row in found}


def _count(hold: Hold, contact: Contact) -> Select[str, int]:
    return select(literal(hold.label).label("label"), func.count().label("found")).where(
        hold.rows.workspace_id == contact.workspace_id,
        hold.rows.contact_id == contact.id,
        hold.which,
    )
