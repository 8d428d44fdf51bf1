"""The step of onboarding that asks a client to pay: the program's invoice, or its first part."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import StepName
from app.core.clock import now
from app.core.ids import new_id
from app.core.jobs import enqueue
from app.features.invoices.finalizing import today_in
from app.features.invoices.generating import make_due, run_at
from app.features.invoices.plans import plan_of
from app.models import InvoiceSchedule
from app.repositories.enrollment_cards import EnrollmentCard
from app.repositories.invoice_schedules import ScheduleRepository, prices_of, unpaid_among
from app.repositories.workspaces import WorkspaceRepository


class PaymentStep:
    """The client pays what the program costs; of installments, the first.

    Who takes the invoice back lets nobody in: that is said by activating the enrollment.
    """

    name: StepName = "payment"
    required = True

    async def begin(
        self, session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        """Make each enrollment's invoice, or the first of them; for many, by the dispatcher."""
        prices = await prices_of(session, workspace_id, enrollment_ids)
        if not prices:
            return
        today = today_in(await WorkspaceRepository(session, workspace_id).require())
        schedules = ScheduleRepository(session, workspace_id)
        made = [
            schedules.add(
                InvoiceSchedule(
                    id=new_id(),
                    contact_id=price.contact_id,
                    enrollment_id=price.enrollment_id,
                    unit="month",
                    starts_on=today,
                    next_on=today,
                    periods_total=len(plan_of(price)["amounts"]),
                    template=plan_of(price),
                )
            )
            for price in prices
        ]
        await session.flush()
        if len(made) == 1:
            await make_due(session, workspace_id, made[0].id)
        else:
            await enqueue(session, *(run_at(schedule, now()) for schedule in made))

    async def outstanding(
        self, session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> frozenset[UUID]:
        """Those who have not signed up to what has a price, or have yet to pay."""
        coming = frozenset(card.id for card in cards if _has_yet_to_sign_up(card))
        come = frozenset(card.id for card in cards if card.program_price_minor) - coming
        if not come:
            return coming
        invited = frozenset(card.id for card in cards if card.status == "invited")
        workspace_id = cards[0].workspace_id
        return coming | await unpaid_among(session, workspace_id, come, invited_ids=invited & come)


def _has_yet_to_sign_up(card: EnrollmentCard) -> bool:
    return bool(card.program_price_minor and card.status == "invited" and card.accepted_at is None)
