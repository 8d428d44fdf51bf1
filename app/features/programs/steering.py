"""An enrollment's life in the coach's hands: begin it, pause it, end it."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Onboarding
from app.access.principal import Principal
from app.core.clock import now
from app.core.errors import Conflict
from app.core.events import publish
from app.features.programs.activating import activate
from app.features.programs.enrollment_events import (
    EnrollmentCancelled,
    EnrollmentCompleted,
    EnrollmentPaused,
    EnrollmentResumed,
    about,
)
from app.models import Enrollment
from app.repositories.credit_adjustments import postpone_expiry
from app.repositories.programs import ProgramRepository


class WrongEnrollmentStatus(Conflict):
    """The enrollment is in a status that doesn't allow this."""

    code, title = "wrong_enrollment_status", "Not possible in this enrollment's status"

    def __init__(self, enrollment: Enrollment) -> None:
        """Name the status."""
        super().__init__(f"The enrollment is {enrollment.status}.")
        self.extra = {"enrollment_status": enrollment.status}


def require_status(enrollment: Enrollment, *allowed: str) -> None:
    """Refuse an enrollment, whose row is locked, in any other status (409)."""
    if enrollment.status not in allowed:
        raise WrongEnrollmentStatus(enrollment)


async def name_of_program(session: AsyncSession, enrollment: Enrollment) -> str:
    """What the program is called now."""
    programs = ProgramRepository(session, enrollment.workspace_id)
    return (await programs.require(enrollment.program_id)).name


async def activate_enrollment(
    session: AsyncSession,
    enrollment: Enrollment,
    principal: Principal,
    *,
    onboarding: Onboarding,
) -> None:
    """Begin it, whatever steps the client has yet to take."""
    require_status(enrollment, "invited")
    name = await name_of_program(session, enrollment)
    await activate(
        session, enrollment, program_name=name, actor=principal.actor, onboarding=onboarding
    )


async def pause_enrollment(
    session: AsyncSession, enrollment: Enrollment, principal: Principal
) -> None:
    """Let it stand still: nothing can be booked, and no credits expire."""
    require_status(enrollment, "active")
    enrollment.status, enrollment.paused_at = "paused", now()
    await session.flush()
    name = await name_of_program(session, enrollment)
    await publish(
        session, EnrollmentPaused(**about(enrollment, principal.actor, program_name=name))
    )


async def resume_enrollment(
    session: AsyncSession, enrollment: Enrollment, principal: Principal
) -> None:
    """Go on; credits expire later by the time it stood still."""
    require_status(enrollment, "paused")
    at = now()
    stood_still = at - (enrollment.paused_at or at)
    enrollment.status, enrollment.paused_at = "active", None
    await session.flush()
    await postpone_expiry(session, enrollment.workspace_id, enrollment.id, by=stood_still)
    name = await name_of_program(session, enrollment)
    await publish(
        session, EnrollmentResumed(**about(enrollment, principal.actor, program_name=name))
    )


async def complete_enrollment(
    session: AsyncSession, enrollment: Enrollment, principal: Principal
) -> None:
    """The client is through; they may take the program again."""
    require_status(enrollment, "active", "paused")
    _end(enrollment, "completed", None)
    await session.flush()
    name = await name_of_program(session, enrollment)
    await publish(
        session, EnrollmentCompleted(**about(enrollment, principal.actor, program_name=name))
    )


async def cancel_enrollment(
    session: AsyncSession,
    enrollment: Enrollment,
    principal: Principal,
    *,
    reason: str | None,
    onboarding: Onboarding,
) -> None:
    """End it before its time, and ask for its forms no longer.

    What is booked stays booked until the coach cancels that too.
    """
    require_status(enrollment, "invited", "active", "paused")
    _end(enrollment, "cancelled", reason)
    await session.flush()
    name = await name_of_program(session, enrollment)
    facts = about(enrollment, principal.actor, program_name=name)
    await publish(session, EnrollmentCancelled(**facts, reason=reason))
    await onboarding.call_off(session, enrollment, principal)


def _end(enrollment: Enrollment, status: str, reason: str | None) -> None:
    enrollment.status, enrollment.end_reason = status, reason
    enrollment.ended_at, enrollment.paused_at = now(), None
