"""Reading the ledger of an enrollment, line by line."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CreditAccount, CreditEntry

LINES = select(
    CreditEntry.id,
    CreditAccount.appointment_type_id,
    CreditAccount.unit,
    CreditEntry.kind,
    CreditEntry.amount,
    CreditEntry.change,
    CreditEntry.seat_id,
    CreditEntry.reason,
    CreditEntry.made_by,
    CreditEntry.created_at,
).join(
    CreditAccount,
    and_(
        CreditAccount.workspace_id == CreditEntry.workspace_id,
        CreditAccount.id == CreditEntry.account_id,
    ),
)


async def ledger_lines(
    session: AsyncSession,
    workspace_id: UUID,
    enrollment_id: UUID,
    *,
    appointment_type_id: UUID | None,
    kind: str | None,
    before: UUID | None,
    limit: int,
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The lines, newest first; one more than `limit`, if there are."""
    statement = LINES.where(
        CreditEntry.workspace_id == workspace_id, CreditAccount.enrollment_id == enrollment_id
    )
    if appointment_type_id is not None:
        statement = statement.where(CreditAccount.appointment_type_id == appointment_type_id)
    if kind is not None:
        statement = statement.where(CreditEntry.kind == kind)
    if before is not None:
        statement = statement.where(CreditEntry.id < before)
    newest_first = statement.order_by(CreditEntry.id.desc()).limit(limit + 1)
    lines: Sequence[Row[*tuple[Any, ...]]] = (await session.execute(newest_first)).all()
    return lines
