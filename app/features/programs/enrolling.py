"""Bringing contacts into a program: one, or up to a hundred in place and item by item."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Principal
from app.access.runtime import Runtime
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.events import publish
from app.core.ids import new_id
from app.core.tokens import TokenMint
from app.features.invites.along import Passenger, Ticket, invite_along
from app.features.programs.activating import grant_credits
from app.features.programs.eligibility import QUICK_START, AlreadyEnrolled, results_for
from app.features.programs.enrollment_answers import all_out
from app.features.programs.enrollment_events import EnrollmentActivated, EnrollmentInvited
from app.features.programs.failures import ProgramNotPublished
from app.features.programs.schemas_enrollments import EnrolledItem, EnrolledOut, EnrollIn
from app.models import Program
from app.repositories.enrolling import Candidate, add_enrollments, candidates
from app.repositories.enrollments import EnrollmentRepository

MADE = frozenset({"invited", "enrolled"})
"""Results that make an enrollment."""


@dataclass(frozen=True, slots=True)
class Start:
    """An enrollment that is about to be made, and the event that will tell of it."""

    candidate: Candidate
    enrollment_id: UUID = field(default_factory=new_id)
    event_id: UUID = field(default_factory=new_id)


async def enroll(
    enrollments: EnrollmentRepository,
    program: Program,
    body: EnrollIn,
    *,
    principal: Principal,
    runtime: Runtime,
) -> EnrolledOut:
    """Enrol contacts in a program whose row is locked; those who can't be are told item by item.

    A single contact who can't be is refused by name. Raises ProgramNotPublished (409).
    """
    if program.status != "published":
        raise ProgramNotPublished
    session = enrollments.session
    found = await candidates(session, program.workspace_id, program.id, body.contact_ids)
    results = results_for(program, body.contact_ids, found)
    starts = [Start(found[one]) for one, result in results.items() if result in MADE]
    await _keep(session, program, starts, runtime=runtime)
    tickets = await _invite_along(session, program, starts, runtime.mint)
    facts = {"actor": principal.actor, "message": body.message}
    await publish(session, *(_event(program, one, tickets, facts) for one in starts))
    made = await all_out(
        enrollments, [one.enrollment_id for one in starts], onboarding=runtime.onboarding
    )
    return EnrolledOut.of(
        [
            EnrolledItem.model_construct(contact_id=one, result=result, enrollment=made.get(one))
            for one, result in results.items()
        ]
    )


async def _keep(
    session: AsyncSession, program: Program, starts: Sequence[Start], *, runtime: Runtime
) -> None:
    """Keep the enrollments; those that begin at once get their credits and their first steps."""
    quick, at = program.enrollment_mode == QUICK_START, now()
    rows = [
        {
            "workspace_id": program.workspace_id,
            "id": start.enrollment_id,
            "program_id": program.id,
            "contact_id": start.candidate.contact_id,
            "status": "active" if quick else "invited",
            "origin": "quick_start" if quick else "invited",
            "activated_at": at if quick else None,
        }
        for start in starts
    ]
    try:
        await add_enrollments(session, rows)
    except IntegrityError as error:
        if violated_constraint(error) == "enrollments_one_live_key":
            raise AlreadyEnrolled from None
        raise
    if quick and starts:
        ids = [start.enrollment_id for start in starts]
        await grant_credits(
            session, program.workspace_id, program_id=program.id, enrollment_ids=ids, at=at
        )
        await runtime.onboarding.begin(session, program.workspace_id, ids)


async def _invite_along(
    session: AsyncSession, program: Program, starts: Sequence[Start], mint: TokenMint
) -> Mapping[UUID, Ticket]:
    """Portal invitations for those without an account, to travel in the enrollment's letter."""
    passengers = [
        Passenger(
            contact_id=start.candidate.contact_id,
            email_norm=start.candidate.email_norm,
            event_id=start.event_id,
        )
        for start in starts
        if start.candidate.email_norm
        and not start.candidate.has_account
        and not start.candidate.silenced
    ]
    return await invite_along(session, program.workspace_id, passengers, mint)


def _event(
    program: Program, start: Start, tickets: Mapping[UUID, Ticket], facts: dict[str, Any]
) -> EnrollmentActivated | EnrollmentInvited:
    ticket = tickets.get(start.candidate.contact_id)
    kind: type[EnrollmentActivated | EnrollmentInvited] = (
        EnrollmentActivated if program.enrollment_mode == QUICK_START else EnrollmentInvited
    )
    return kind(
        **facts,
        id=start.event_id,
        workspace_id=program.workspace_id,
        contact_id=start.candidate.contact_id,
        subject_id=start.enrollment_id,
        program_id=program.id,
        program_name=program.name,
        invite_id=ticket.invite_id if ticket else None,
        expires_at=ticket.expires_at if ticket else None,
    )
