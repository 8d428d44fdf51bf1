"""Enrollments' rows as answers, for the clients they belong to."""

from uuid import UUID

from app.access.images import image_url
from app.access.onboarding import StepName
from app.access.runtime import Runtime
from app.core.newest_first import last_seen, newest_first
from app.core.paging import Page, PageQuery
from app.features.programs.enrollment_answers import credits_out, progress
from app.features.programs.schemas import PriceOut
from app.features.programs.schemas_portal import PortalEnrollmentOut, PortalProgramOut
from app.repositories.enrollment_cards import EnrollmentCard
from app.repositories.enrollments import EnrollmentFilter, EnrollmentRepository

PLAIN = (
    "id",
    "status",
    "accepted_at",
    "activated_at",
    "paused_at",
    "ended_at",
    "created_at",
)
OF_PROGRAM = (
    "name",
    "description_html",
    "duration_weeks",
    "payment_plan",
    "installment_count",
    "self_scheduling_enabled",
)


async def own_enrollment(
    enrollments: EnrollmentRepository, enrollment_id: UUID, runtime: Runtime
) -> PortalEnrollmentOut:
    """One of the client's enrollments."""
    card = await enrollments.card(enrollment_id)
    steps = await runtime.onboarding.outstanding(enrollments.session, [card])
    return _out(card, steps[card.id], runtime)


async def own_enrollments(
    enrollments: EnrollmentRepository, query: PageQuery, runtime: Runtime
) -> Page[PortalEnrollmentOut]:
    """A page of the client's enrollments, newest first."""
    rows = await enrollments.page(EnrollmentFilter(), before=last_seen(query), limit=query.limit)
    steps = await runtime.onboarding.outstanding(enrollments.session, rows)
    return newest_first(
        Page[PortalEnrollmentOut], rows, query, lambda card: _out(card, steps[card.id], runtime)
    )


def _out(card: EnrollmentCard, steps: list[StepName], runtime: Runtime) -> PortalEnrollmentOut:
    return PortalEnrollmentOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        program=_program(card, runtime),
        outstanding_steps=steps,
        progress=progress(card),
        credits=credits_out(card),
    )


def _program(card: EnrollmentCard, runtime: Runtime) -> PortalProgramOut:
    price = PriceOut.model_construct(
        amount_minor=card.program_price_minor, currency=card.program_currency
    )
    return PortalProgramOut.model_construct(
        id=card.program_id,
        **{name: getattr(card, f"program_{name}") for name in OF_PROGRAM},
        cover_url=image_url(runtime, card.workspace_id, card.program_cover_file_id),
        price=price,
    )
