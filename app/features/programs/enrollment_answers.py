"""Enrollments' rows as answers, for coaches."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.access.onboarding import Onboarding, StepName
from app.core.newest_first import last_seen, newest_first
from app.core.paging import Page
from app.features.programs.schemas_enrollments import (
    CreditOut,
    DoneOut,
    EnrolledContact,
    EnrolledProgram,
    EnrollmentOut,
    EnrollmentProgressOut,
    EnrollmentQuery,
    UsageOut,
)
from app.repositories.enrollment_cards import EnrollmentCard
from app.repositories.enrollments import EnrollmentRepository

PLAIN = (
    "id",
    "status",
    "origin",
    "accepted_at",
    "activated_at",
    "paused_at",
    "ended_at",
    "end_reason",
    "version",
    "created_at",
    "updated_at",
)


def enrollment_out(card: EnrollmentCard, steps: list[StepName]) -> EnrollmentOut:
    """An enrollment as the API gives it to coaches."""
    return EnrollmentOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        program=EnrolledProgram.model_construct(
            id=card.program_id, name=card.program_name, slug=card.program_slug
        ),
        contact=EnrolledContact.model_construct(
            id=card.contact_id,
            first_name=card.contact_first_name,
            last_name=card.contact_last_name,
            email=card.contact_email,
        ),
        outstanding_steps=steps,
        progress=progress(card),
        credits=credits_out(card),
    )


def credits_out(card: EnrollmentCard) -> list[CreditOut]:
    """What is left of everything that was granted."""
    accounts = sorted(card.credits or (), key=lambda one: (one["position"], one["id"]))
    return [CreditOut(**account, left=account["balance"]) for account in accounts]


def progress(card: EnrollmentCard) -> EnrollmentProgressOut:
    """The sums over all appointment types, and what is done of all that is to be done."""
    return EnrollmentProgressOut.model_construct(
        sessions=_usage(card, "sessions"),
        minutes=_usage(card, "minutes"),
        goals=_done(card.goals_done, card.goals_total),
        assignments=_done(card.assignments_done, card.assignments_total),
    )


def _done(done: int, total: int) -> DoneOut | None:
    return DoneOut.model_construct(done=done, total=total) if total else None


def _usage(card: EnrollmentCard, unit: str) -> UsageOut | None:
    accounts = [account for account in card.credits or () if account["unit"] == unit]
    if not accounts:
        return None
    return UsageOut.model_construct(
        granted=_sum(accounts, "granted"),
        used=_sum(accounts, "used"),
        reserved=_sum(accounts, "reserved"),
        left=_sum(accounts, "balance"),
    )


def _sum(accounts: Sequence[dict[str, Any]], name: str) -> int:
    return sum(account[name] for account in accounts)


async def one_out(
    enrollments: EnrollmentRepository,
    enrollment_id: UUID,
    *,
    onboarding: Onboarding,
) -> EnrollmentOut:
    """One enrollment."""
    card = await enrollments.card(enrollment_id)
    steps = await onboarding.outstanding(enrollments.session, [card])
    return enrollment_out(card, steps[card.id])


async def all_out(
    enrollments: EnrollmentRepository, ids: Sequence[UUID], *, onboarding: Onboarding
) -> dict[UUID, EnrollmentOut]:
    """These enrollments, by the id of their contact."""
    if not ids:
        return {}
    cards = await enrollments.cards(ids)
    steps = await onboarding.outstanding(enrollments.session, cards)
    return {card.contact_id: enrollment_out(card, steps[card.id]) for card in cards}


async def list_enrollments(
    enrollments: EnrollmentRepository, query: EnrollmentQuery, *, onboarding: Onboarding
) -> Page[EnrollmentOut]:
    """A page of enrollments, newest first."""
    rows = await enrollments.page(query.filter(), before=last_seen(query), limit=query.limit)
    steps = await onboarding.outstanding(enrollments.session, rows)
    return newest_first(
        Page[EnrollmentOut], rows, query, lambda card: enrollment_out(card, steps[card.id])
    )
