"""The steps of onboarding that need no other feature: having an account, booking a session."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import StepName
from app.repositories.enrollment_cards import EnrollmentCard
from app.repositories.enrollments import EnrollmentRepository


class AccountStep:
    """The client needs an account in the portal; the invitation asks them to make one."""

    name: StepName = "account"
    required = True

    async def begin(
        self, session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        """Nothing: the invitation went out with the enrollment."""

    async def outstanding(
        self, _session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> frozenset[UUID]:
        """Those whose contact can't come into the portal."""
        return frozenset(card.id for card in cards if card.contact_portal_status != "active")


class ScheduleStep:
    """Where clients book themselves, the first session waits to be booked; nothing waits for it."""

    name: StepName = "schedule"
    required = False

    async def begin(
        self, session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        """Nothing: the calendar is open."""

    async def outstanding(
        self, session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> frozenset[UUID]:
        """Those with sessions to book and none booked."""
        own = frozenset(card.id for card in cards if _books_itself(card))
        if not own:
            return own
        return own - await EnrollmentRepository(session, cards[0].workspace_id).with_bookings(own)


def _books_itself(card: EnrollmentCard) -> bool:
    return bool(card.program_self_scheduling_enabled and card.program_grants_sessions)
