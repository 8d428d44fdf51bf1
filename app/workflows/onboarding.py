"""How clients come into programs: the steps of all features, in the order they are taken.

A capability that adds a step writes a class like those in `features/programs/steps.py`, puts it
into STEPS, and calls `runtime.onboarding.advance` in the transaction in which its step is done.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Brought, Step, StepName
from app.access.principal import Principal
from app.core.events import Actor
from app.features.contracts.steps import ContractStep
from app.features.forms.calling_off import call_off_forms
from app.features.forms.steps import FormsStep
from app.features.invoices.steps import PaymentStep
from app.features.programs.activating import activate
from app.features.programs.steps import AccountStep, ScheduleStep
from app.models import Enrollment
from app.repositories.enrollment_cards import EnrollmentCard
from app.repositories.enrollments import EnrollmentRepository
from app.workflows.program_content import bring_along

STEPS: tuple[Step, ...] = (
    AccountStep(),
    ContractStep(),
    FormsStep(required=True),
    FormsStep(required=False),
    PaymentStep(),
    ScheduleStep(),
)

ENDED = frozenset({"completed", "declined", "cancelled"})


class ProgramOnboarding:
    """Asks each step, and activates enrollments that wait for none."""

    def __init__(self, steps: Sequence[Step] = STEPS) -> None:
        """Take these steps, in this order."""
        self._steps = steps

    async def begin(
        self, session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        """Prepare every step for clients who have just come in."""
        for step in self._steps:
            await step.begin(session, workspace_id, enrollment_ids)

    async def bring_along(
        self,
        session: AsyncSession,
        workspace_id: UUID,
        program_id: UUID,
        enrollment_ids: Sequence[UUID],
        *,
        at: datetime,
    ) -> Mapping[UUID, Brought]:
        """Give enrollments that begin their program's goals and assignments."""
        return await bring_along(session, workspace_id, program_id, enrollment_ids, at=at)

    async def outstanding(
        self, session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> Mapping[UUID, list[StepName]]:
        """What each of these enrollments' clients has yet to do."""
        names: dict[UUID, list[StepName]] = {card.id: [] for card in cards}
        live = [card for card in cards if card.status not in ENDED]
        for step in self._steps if live else ():
            for enrollment_id in await step.outstanding(session, live):
                names[enrollment_id].append(step.name)
        return names

    async def call_off(
        self, session: AsyncSession, enrollment: Enrollment, principal: Principal
    ) -> None:
        """Take back the forms that a cancelled enrollment still asks for."""
        await call_off_forms(session, enrollment, principal, onboarding=self)

    async def advance(
        self,
        session: AsyncSession,
        enrollment: Enrollment,
        *,
        actor: Actor,
        at_sign_up: bool = False,
    ) -> None:
        """Activate an accepted enrollment, whose row is locked, once no required step is left."""
        if enrollment.status != "invited" or enrollment.accepted_at is None:
            return
        card = await EnrollmentRepository(session, enrollment.workspace_id).card(enrollment.id)
        for step in self._steps:
            if step.required and await step.outstanding(session, [card]):
                return
        name = card.program_name
        await activate(
            session,
            enrollment,
            program_name=name,
            actor=actor,
            onboarding=self,
            at_sign_up=at_sign_up,
        )
