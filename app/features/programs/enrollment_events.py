"""What happens to enrollments."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from app.access.onboarding import Brought
from app.core.events import Actor, DomainEvent
from app.core.jobs import URGENT
from app.models import Enrollment


def about(enrollment: Enrollment, actor: Actor, *, program_name: str) -> dict[str, Any]:
    """What an event says of the enrollment it is about and of who did it."""
    return {
        "workspace_id": enrollment.workspace_id,
        "actor": actor,
        "contact_id": enrollment.contact_id,
        "subject_id": enrollment.id,
        "program_id": enrollment.program_id,
        "program_name": program_name,
    }


@dataclass(frozen=True, kw_only=True)
class EnrollmentEvent(DomainEvent):
    """Something happened to an enrollment in a program, which was called so at that time."""

    program_id: UUID
    program_name: str


@dataclass(frozen=True, kw_only=True)
class EnrollmentInvited(EnrollmentEvent):
    """A contact was asked to sign up to a program.

    `invite_id` is set where they have no account: the letter's button carries that invitation,
    which works until `expires_at`. `message` is the inviter's own words.
    """

    type = "enrollment.invited"
    lane: ClassVar[int] = URGENT

    invite_id: UUID | None = None
    expires_at: datetime | None = None
    message: str | None = None


@dataclass(frozen=True, kw_only=True)
class EnrollmentActivated(EnrollmentEvent):
    """An enrollment has begun. `invite_id` and the others as in EnrollmentInvited.

    `brought` is what the program brought along for it; `at_sign_up`: nothing was left to do when
    the client said yes.
    """

    type = "enrollment.activated"

    invite_id: UUID | None = None
    expires_at: datetime | None = None
    message: str | None = None
    brought: Brought | None = None
    at_sign_up: bool = False


@dataclass(frozen=True, kw_only=True)
class EnrollmentSignedUp(EnrollmentEvent):
    """A client said yes to a program; `outstanding_steps` are what they have yet to do."""

    type = "enrollment.signed_up"

    outstanding_steps: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class EnrollmentDeclined(EnrollmentEvent):
    """A client said no to a program."""

    type = "enrollment.declined"

    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class EnrollmentPaused(EnrollmentEvent):
    """An enrollment stands still; its credits don't run out meanwhile."""

    type = "enrollment.paused"


@dataclass(frozen=True, kw_only=True)
class EnrollmentResumed(EnrollmentEvent):
    """A paused enrollment goes on."""

    type = "enrollment.resumed"


@dataclass(frozen=True, kw_only=True)
class EnrollmentCompleted(EnrollmentEvent):
    """A client is through with a program."""

    type = "enrollment.completed"


@dataclass(frozen=True, kw_only=True)
class EnrollmentCancelled(EnrollmentEvent):
    """An enrollment was ended by the practice."""

    type = "enrollment.cancelled"

    reason: str | None = None


@dataclass(frozen=True, kw_only=True)
class CreditsAdjusted(EnrollmentEvent):
    """A coach added credits to an enrollment, or took some; `amount` says how many."""

    type = "enrollment.credits_adjusted"

    appointment_type_id: UUID
    amount: int
