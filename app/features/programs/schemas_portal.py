"""Enrollments as clients see their own."""

from datetime import datetime
from uuid import UUID

from app.access.onboarding import StepName
from app.core.fields import Out
from app.features.programs.schemas import PaymentPlan, PriceOut
from app.features.programs.schemas_enrollments import (
    CreditOut,
    EnrollmentProgressOut,
    EnrollmentStatus,
)


class PortalProgramOut(Out):
    """The program a client is in, or invited to. `description_html` is safe to show."""

    id: UUID
    name: str
    description_html: str
    cover_url: str | None
    duration_weeks: int | None
    price: PriceOut
    payment_plan: PaymentPlan
    installment_count: int
    self_scheduling_enabled: bool


class PortalEnrollmentOut(Out):
    """A client's run through a program. `outstanding_steps` are what they have yet to do."""

    id: UUID
    program: PortalProgramOut
    status: EnrollmentStatus
    outstanding_steps: list[StepName]
    progress: EnrollmentProgressOut
    credits: list[CreditOut]
    accepted_at: datetime | None
    activated_at: datetime | None
    paused_at: datetime | None
    ended_at: datetime | None
    created_at: datetime
