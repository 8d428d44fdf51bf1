"""Numbers without gaps, given out by a row of their own."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Text, bindparam, cast, func, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import Invoice, InvoiceCounter

LEAST_DIGITS = 4

NEXT = (
    insert(InvoiceCounter)
    .values(
        workspace_id=bindparam("workspace"),
        id=bindparam("counter_id"),
        series=bindparam("series_name"),
        year=bindparam("of_year"),
        n=1,
    )
    .on_conflict_do_update(
        index_elements=["workspace_id", "series", "year"], set_={"n": InvoiceCounter.n + 1}
    )
    .returning(InvoiceCounter.workspace_id, InvoiceCounter.n)
)

GIVEN = NEXT.cte("given")
IN_WORDS = cast(GIVEN.c.n, Text)

NUMBER_INVOICE = (
    update(Invoice)
    .values(
        status=bindparam("new_status"),
        sequence=GIVEN.c.n,
        number=bindparam("prefix", type_=Text)
        + func.lpad(IN_WORDS, func.greatest(func.length(IN_WORDS), LEAST_DIGITS), "0"),
    )
    .where(
        Invoice.workspace_id == GIVEN.c.workspace_id,
        Invoice.id == bindparam("invoice_id"),
    )
    .execution_options(synchronize_session=False)
)


async def number_invoice(
    session: AsyncSession, invoice: Invoice, *, series: str, issued_on: date, status: str
) -> None:
    """Give a draft, whose row is locked, the next number of its series and year, and a status.

    Whoever comes next waits for this transaction to end, so it should end at once; a number that
    is rolled back is given to them.
    """
    values = {
        **_counter(invoice.workspace_id, series, issued_on),
        "invoice_id": invoice.id,
        "prefix": f"{series}-{issued_on.year}-",
        "new_status": status,
    }
    await session.execute(NUMBER_INVOICE, values)
    await session.refresh(invoice, ["status", "sequence", "number"])


async def next_number(
    session: AsyncSession, workspace_id: UUID, *, series: str, issued_on: date
) -> tuple[int, str]:
    """The next number of a series, as a number and in words; what is said above holds."""
    given = await session.execute(NEXT, _counter(workspace_id, series, issued_on))
    n = given.one().n
    return n, f"{series}-{issued_on.year}-{n:0{LEAST_DIGITS}d}"


def _counter(workspace_id: UUID, series: str, issued_on: date) -> dict[str, Any]:
    return {
        "workspace": workspace_id,
        "counter_id": new_id(),
        "series_name": series,
        "of_year": issued_on.year,
    }
