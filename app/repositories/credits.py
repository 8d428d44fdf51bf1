"""Session credits: an append-only ledger whose balances never fall below zero."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import pydantic_core
from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import Conflict
from app.core.ids import new_id
from app.models import CreditAccount
from app.repositories.credit_sql import END_RESERVATIONS, GRANT, RESERVE

Ending = Literal["consume", "release", "forfeit"]


class NoCredits(Conflict):
    """The enrollment has not enough sessions, or minutes, of this kind left, or they expired."""

    code, title = "no_credits", "Not enough credits left"


BALANCE = select(CreditAccount.balance).where(
    CreditAccount.workspace_id == bindparam("workspace_id"),
    CreditAccount.enrollment_id == bindparam("enrollment_id"),
    CreditAccount.appointment_type_id == bindparam("appointment_type_id"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """What an enrollment gets of an appointment type, until `expires_at` (None: for ever)."""

    account_id: UUID
    entry_id: UUID
    enrollment_id: UUID
    appointment_type_id: UUID
    unit: str
    amount: int
    expires_at: datetime | None
    position: int


class CreditLedger:
    """One practice's credits. Amounts are sessions or minutes, as the account's `unit` says.

    A reservation belongs to a seat: `seat_id` is the id of the attendee, so that each client of
    a group appointment has their own. Each method is one statement, safe under any concurrency.
    """

    def __init__(self, session: AsyncSession, workspace_id: UUID) -> None:
        """Speak through `session`, about this workspace only."""
        self.session = session
        self.workspace_id = workspace_id

    async def grant(self, grants: Sequence[Grant]) -> None:
        """Open the accounts of enrollments that have none yet, with what they are granted."""
        if grants:
            rows = pydantic_core.to_json(grants).decode()
            values = {"workspace_id": self.workspace_id, "grants": rows}
            await self.session.execute(GRANT, values)

    async def reserve(
        self, *, enrollment_id: UUID, appointment_type_id: UUID, seat_id: UUID, amount: int
    ) -> None:
        """Set credits aside for a booked seat; NoCredits (409) when there are too few.

        An `amount` of 0 reserves nothing.
        """
        await self.reserve_all(
            enrollment_id=enrollment_id,
            appointment_type_id=appointment_type_id,
            seat_ids=[seat_id],
            amount=amount,
        )

    async def reserve_all(
        self,
        *,
        enrollment_id: UUID,
        appointment_type_id: UUID,
        seat_ids: Sequence[UUID],
        amount: int,
    ) -> None:
        """The same for a series: `amount` for each seat, for all of them or for none."""
        if amount == 0 or not seat_ids:
            return
        result = await self.session.execute(
            RESERVE,
            {
                "workspace_id": self.workspace_id,
                "enrollment_id": enrollment_id,
                "appointment_type_id": appointment_type_id,
                "seat_ids": list(seat_ids),
                "entry_ids": [new_id() for _ in seat_ids],
                "amount": amount,
                "total": amount * len(seat_ids),
                "at": now(),
            },
        )
        if result.first() is None:
            raise NoCredits

    async def consume(self, *seat_ids: UUID) -> int:
        """The meeting took place: what was reserved for these seats is used up; how much it was.

        0 where nothing was reserved, or the reservation has ended already.
        """
        return await self._end(seat_ids, "consume")

    async def release(self, *seat_ids: UUID) -> int:
        """The meeting won't take place: what was reserved is free again; how much it was.

        Whatever has expired meanwhile is taken back by the next sweep.
        """
        return await self._end(seat_ids, "release")

    async def forfeit(self, *seat_ids: UUID) -> int:
        """Cancelled too late, or nobody came: what was reserved is lost; how much it was."""
        return await self._end(seat_ids, "forfeit")

    async def balance(self, *, enrollment_id: UUID, appointment_type_id: UUID) -> int:
        """What is neither reserved nor used; 0 where nothing was ever granted."""
        found = await self.session.scalar(
            BALANCE,
            {
                "workspace_id": self.workspace_id,
                "enrollment_id": enrollment_id,
                "appointment_type_id": appointment_type_id,
            },
        )
        return found or 0

    async def _end(self, seat_ids: Sequence[UUID], kind: Ending) -> int:
        if not seat_ids:
            return 0
        amounts = await self.session.scalars(
            END_RESERVATIONS,
            {
                "workspace_id": self.workspace_id,
                "seat_ids": list(seat_ids),
                "entry_ids": [new_id() for _ in seat_ids],
                "kind": kind,
                "at": now(),
            },
        )
        return sum(amounts)
