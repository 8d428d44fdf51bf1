"""What a client may book within an enrollment, and the credits it costs."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.repositories.bookables import Bookable, bookable
from app.repositories.credits import CreditLedger
from app.repositories.terms import Terms

Ending = Literal["consume", "release", "forfeit"]


@dataclass(frozen=True, slots=True)
class Allowance:
    """An enrollment as a booking draws on it; `bookable` is None for one outside of programs."""

    session: AsyncSession
    workspace_id: UUID
    bookable: Bookable | None = None

    @property
    def schedule_id(self) -> UUID | None:
        """The program's own hours, if it has any."""
        return self.bookable.schedule_id if self.bookable else None

    async def reserve(self, terms: Terms, seat_ids: Sequence[UUID]) -> None:
        """Set aside what these seats cost, for all of them or none. Raises NoCredits (409)."""
        if self.bookable is None:
            return
        offered = terms.type
        await CreditLedger(self.session, self.workspace_id).reserve_all(
            enrollment_id=self.bookable.enrollment_id,
            appointment_type_id=offered.id,
            seat_ids=seat_ids,
            amount=self.bookable.cost(
                credit_cost=offered.credit_cost, duration_minutes=offered.duration_minutes
            ),
        )


async def allowance_of(
    session: AsyncSession,
    workspace_id: UUID,
    *,
    contact_id: UUID,
    enrollment_id: UUID | None,
    type_id: UUID,
    by_client: bool,
) -> Allowance:
    """What the contact may book within this enrollment of theirs.

    Raises NotFound, EnrollmentNotActive (409) and, for clients, SelfSchedulingDisabled (403).
    """
    if enrollment_id is None:
        return Allowance(session, workspace_id)
    found = await bookable(
        session,
        workspace_id,
        contact_id=contact_id,
        enrollment_id=enrollment_id,
        appointment_type_id=type_id,
        by_client=by_client,
    )
    return Allowance(session, workspace_id, found)


async def settle(
    session: AsyncSession, workspace_id: UUID, how: Ending, seat_ids: Sequence[UUID]
) -> int:
    """End what was reserved for these seats; how many credits that was."""
    ledger = CreditLedger(session, workspace_id)
    ways = {"consume": ledger.consume, "release": ledger.release, "forfeit": ledger.forfeit}
    return await ways[how](*seat_ids)
