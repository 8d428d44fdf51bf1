"""A client's answer to a program they are invited to: yes or no, once."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Onboarding
from app.core.clock import now
from app.core.errors import Conflict
from app.core.events import Actor, publish
from app.features.programs.enrollment_events import (
    EnrollmentDeclined,
    EnrollmentSignedUp,
    about,
)
from app.features.programs.steering import name_of_program, require_status
from app.models import Enrollment
from app.repositories.enrollments import EnrollmentRepository


class AlreadyAccepted(Conflict):
    """The client has signed up already."""

    code, title = "already_accepted", "You have signed up to this program already"


async def accept(
    session: AsyncSession, enrollment: Enrollment, *, actor: Actor, onboarding: Onboarding
) -> None:
    """Sign up: the steps are prepared, and the enrollment begins unless a required one is left.

    The enrollment's row is locked: of many at once, one is the first and the others are refused.
    Raises AlreadyAccepted and WrongEnrollmentStatus (409).
    """
    if enrollment.accepted_at is not None:
        raise AlreadyAccepted
    require_status(enrollment, "invited")
    enrollment.accepted_at = now()
    await session.flush()
    await onboarding.begin(session, enrollment.workspace_id, [enrollment.id])
    card = await EnrollmentRepository(session, enrollment.workspace_id).card(enrollment.id)
    steps = await onboarding.outstanding(session, [card])
    facts = about(enrollment, actor, program_name=card.program_name)
    event = EnrollmentSignedUp(**facts, outstanding_steps=tuple(steps[enrollment.id]))
    await publish(session, event)
    await onboarding.advance(session, enrollment, actor=actor, at_sign_up=True)


async def decline(
    session: AsyncSession, enrollment: Enrollment, *, actor: Actor, reason: str | None
) -> None:
    """Say no. Raises AlreadyAccepted and WrongEnrollmentStatus (409)."""
    if enrollment.accepted_at is not None:
        raise AlreadyAccepted
    require_status(enrollment, "invited")
    enrollment.status, enrollment.ended_at = "declined", now()
    enrollment.end_reason = reason
    await session.flush()
    name = await name_of_program(session, enrollment)
    facts = about(enrollment, actor, program_name=name)
    await publish(session, EnrollmentDeclined(**facts, reason=reason))
