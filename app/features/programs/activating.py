"""The moment an enrollment begins: its credits are granted, and its program's things given."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Onboarding
from app.core.clock import now
from app.core.events import Actor, publish
from app.core.ids import new_id
from app.features.programs.enrollment_events import EnrollmentActivated, about
from app.models import Enrollment
from app.repositories.credits import CreditLedger, Grant
from app.repositories.programs import Granted, ProgramRepository


async def activate(
    session: AsyncSession,
    enrollment: Enrollment,
    *,
    program_name: str,
    actor: Actor,
    onboarding: Onboarding,
    at_sign_up: bool = False,
) -> None:
    """Begin an enrollment whose row is locked, and which is invited so far.

    `at_sign_up`: the client has said yes just now, and is told so by another letter.
    """
    enrollment.status, enrollment.activated_at = "active", now()
    await session.flush()
    await grant_credits(
        session,
        enrollment.workspace_id,
        program_id=enrollment.program_id,
        enrollment_ids=[enrollment.id],
        at=enrollment.activated_at,
    )
    brought = await onboarding.bring_along(
        session,
        enrollment.workspace_id,
        enrollment.program_id,
        [enrollment.id],
        at=enrollment.activated_at,
    )
    facts = about(enrollment, actor, program_name=program_name)
    event = EnrollmentActivated(**facts, brought=brought.get(enrollment.id), at_sign_up=at_sign_up)
    await publish(session, event)


async def grant_credits(
    session: AsyncSession,
    workspace_id: UUID,
    *,
    program_id: UUID,
    enrollment_ids: Sequence[UUID],
    at: datetime,
) -> None:
    """Give enrollments that begin `at` this instant what their program grants now.

    Two statements for any number of them.
    """
    granted = await ProgramRepository(session, workspace_id).grants(program_id)
    await CreditLedger(session, workspace_id).grant(
        [
            _grant(enrollment_id, one, position=position, at=at)
            for enrollment_id in enrollment_ids
            for position, one in enumerate(granted)
        ]
    )


def _grant(enrollment_id: UUID, granted: Granted, *, position: int, at: datetime) -> Grant:
    days = granted.expires_after_days
    return Grant(
        account_id=new_id(),
        entry_id=new_id(),
        enrollment_id=enrollment_id,
        appointment_type_id=granted.appointment_type_id,
        unit=granted.unit,
        amount=granted.amount,
        expires_at=at + timedelta(days=days) if days else None,
        position=position,
    )
