"""What stands between a client and a program, as every feature that adds a step sees it.

`app/workflows/onboarding.py` puts the steps together; `runtime.onboarding` is the result.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal, Protocol
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Principal
from app.core.events import Actor
from app.models import Enrollment
from app.repositories.enrollment_cards import EnrollmentCard

StepName = Literal["account", "contract", "forms", "payment", "schedule"]


@dataclass(frozen=True, slots=True, kw_only=True)
class BroughtThing:
    """A goal or an assignment by its title; `due` is a goal's day, an assignment's instant."""

    title: str
    due: date | datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a program brought along for one enrollment, as the client's letter lists it."""

    goals: Sequence[BroughtThing] = ()
    assignments: Sequence[BroughtThing] = ()
    files: Sequence[str] = ()


class Step(Protocol):
    """Something a client does on the way into a program. The features that know it provide it."""

    @property
    def name(self) -> StepName:
        """What `outstanding_steps` calls it."""

    @property
    def required(self) -> bool:
        """Whether an enrollment waits for it before it becomes active."""

    async def begin(
        self, session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        """Prepare it for clients who have just come in, say their contract; asked once for each."""

    async def outstanding(
        self, session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> frozenset[UUID]:
        """Those of these enrollments, all of one practice, whose client has yet to do it.

        One statement at most, however many they are.
        """


class Onboarding(Protocol):
    """All steps together."""

    async def begin(
        self, session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
    ) -> None:
        """Prepare every step for clients who have just come in."""

    async def bring_along(
        self,
        session: AsyncSession,
        workspace_id: UUID,
        program_id: UUID,
        enrollment_ids: Sequence[UUID],
        *,
        at: datetime,
    ) -> Mapping[UUID, Brought]:
        """Give enrollments that begin `at` this instant their program's goals and assignments.

        Whoever activates them calls this, in the same transaction. What was brought, by enrollment.
        """

    async def outstanding(
        self, session: AsyncSession, cards: Sequence[EnrollmentCard]
    ) -> Mapping[UUID, list[StepName]]:
        """What each of these enrollments' clients has yet to do, in order; nothing once it ended.

        The number of statements does not grow with the enrollments.
        """

    async def call_off(
        self, session: AsyncSession, enrollment: Enrollment, principal: Principal
    ) -> None:
        """Take back what a cancelled enrollment, whose row is locked, still asks of its client.

        Papers, bookings and money stay until the coach says what is to become of them.
        """

    async def advance(
        self,
        session: AsyncSession,
        enrollment: Enrollment,
        *,
        actor: Actor,
        at_sign_up: bool = False,
    ) -> None:
        """Activate an accepted enrollment, whose row is locked, once no required step is left.

        Whoever sees a step done calls this, in the transaction in which it was done;
        `at_sign_up`, whoever takes the client's yes.
        """
