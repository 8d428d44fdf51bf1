"""What a client may book, and on which terms: their enrollments, seen from the calendar."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Conflict, Forbidden, NotFound
from app.models import CreditAccount, Enrollment, Program

Unit = Literal["sessions", "minutes"]


class SelfSchedulingDisabled(Forbidden):
    """The program's sessions are booked by the coach only."""

    code, title = "self_scheduling_disabled", "Your coach books the sessions of this program"


class EnrollmentNotActive(Conflict):
    """The enrollment has not begun yet, is paused, or is over."""

    code, title = "enrollment_not_active", "This enrollment is not active"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bookable:
    """An appointment type within an enrollment, as booking needs to know it.

    `schedule_id` is the program's own schedule; None leaves it to the appointment type.
    `balance` is in `unit`s and may be gone a moment later: only reserving settles it.
    """

    enrollment_id: UUID
    program_id: UUID
    program_name: str
    appointment_type_id: UUID
    status: str
    self_scheduling_enabled: bool
    schedule_id: UUID | None
    unit: Unit
    balance: int
    expires_at: datetime | None

    def cost(self, *, credit_cost: int, duration_minutes: int) -> int:
        """What one appointment takes from the balance: its credits, or its minutes.

        A type that costs no credits costs no minutes either.
        """
        if self.unit == "minutes":
            return duration_minutes if credit_cost else 0
        return credit_cost


BOOKABLES = (
    select(
        Enrollment.id.label("enrollment_id"),
        Enrollment.program_id,
        Program.name.label("program_name"),
        CreditAccount.appointment_type_id,
        Enrollment.status,
        Program.self_scheduling_enabled,
        Program.schedule_id,
        CreditAccount.unit,
        CreditAccount.balance,
        CreditAccount.expires_at,
    )
    .join(
        Program,
        and_(
            Program.workspace_id == Enrollment.workspace_id,
            Program.id == Enrollment.program_id,
        ),
    )
    .join(
        CreditAccount,
        and_(
            CreditAccount.workspace_id == Enrollment.workspace_id,
            CreditAccount.enrollment_id == Enrollment.id,
        ),
    )
    .where(
        Enrollment.workspace_id == bindparam("workspace_id"),
        Enrollment.contact_id == bindparam("contact_id"),
    )
)

ONE = BOOKABLES.where(
    Enrollment.id == bindparam("enrollment_id"),
    CreditAccount.appointment_type_id == bindparam("appointment_type_id"),
)

STATUS = select(Enrollment.status).where(
    Enrollment.workspace_id == bindparam("workspace_id"),
    Enrollment.contact_id == bindparam("contact_id"),
    Enrollment.id == bindparam("enrollment_id"),
)

CURRENT = BOOKABLES.where(Enrollment.status.in_(("active", "paused"))).order_by(
    Enrollment.id, CreditAccount.position, CreditAccount.id
)


async def bookable(
    session: AsyncSession,
    workspace_id: UUID,
    *,
    contact_id: UUID,
    enrollment_id: UUID,
    appointment_type_id: UUID,
    by_client: bool = True,
) -> Bookable:
    """The terms on which this contact books this type within this enrollment of theirs.

    Raises NotFound when the enrollment is another's, or doesn't grant the type;
    EnrollmentNotActive (409); and, for a booking `by_client`, SelfSchedulingDisabled (403).
    """
    values = {
        "workspace_id": workspace_id,
        "contact_id": contact_id,
        "enrollment_id": enrollment_id,
        "appointment_type_id": appointment_type_id,
    }
    row = (await session.execute(ONE, values)).mappings().one_or_none()
    if row is None:
        await _refuse_what_has_not_begun(session, values)
        raise NotFound
    found = Bookable(**row)
    if found.status != "active":
        raise EnrollmentNotActive
    if by_client and not found.self_scheduling_enabled:
        raise SelfSchedulingDisabled
    return found


async def _refuse_what_has_not_begun(session: AsyncSession, values: Mapping[str, UUID]) -> None:
    """An enrollment grants nothing before it begins: that is another thing than not to exist."""
    status = await session.scalar(STATUS, values)
    if status not in {None, "active"}:
        raise EnrollmentNotActive


async def bookables_of(
    session: AsyncSession, workspace_id: UUID, contact_id: UUID
) -> Sequence[Bookable]:
    """Every type that a contact's active and paused enrollments grant, oldest first."""
    rows = await session.execute(CURRENT, {"workspace_id": workspace_id, "contact_id": contact_id})
    return [Bookable(**row) for row in rows.mappings()]
