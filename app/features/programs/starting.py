"""Making enrollments, and telling of them: with the portal invite for whoever has no account."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.onboarding import Brought
from app.access.runtime import Runtime
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.events import publish
from app.core.ids import new_id
from app.core.tokens import TokenMint
from app.features.invites.along import Passenger, Ticket, invite_along
from app.features.programs.activating import grant_credits
from app.features.programs.eligibility import QUICK_START, AlreadyEnrolled
from app.features.programs.enrollment_events import EnrollmentActivated, EnrollmentInvited
from app.models import Program
from app.repositories.enrolling import Candidate, add_enrollments

Kind = type[EnrollmentActivated] | type[EnrollmentInvited]


@dataclass(frozen=True, slots=True)
class Start:
    """An enrollment that is made, or made known again, and the event that tells of it."""

    candidate: Candidate
    enrollment_id: UUID = field(default_factory=new_id)
    event_id: UUID = field(default_factory=new_id)


async def start(
    session: AsyncSession, program: Program, starts: Sequence[Start], *, runtime: Runtime
) -> Mapping[UUID, Brought]:
    """Keep new enrollments; those that begin at once get all that the program has for them.

    What it brought along, by enrollment.

    The contacts are locked. Raises AlreadyEnrolled (409) should one be in the program already.
    """
    quick, at = program.enrollment_mode == QUICK_START, now()
    state = {
        "workspace_id": program.workspace_id,
        "program_id": program.id,
        "status": "active" if quick else "invited",
        "origin": QUICK_START if quick else "invited",
        "activated_at": at if quick else None,
    }
    rows = [
        {**state, "id": one.enrollment_id, "contact_id": one.candidate.contact_id} for one in starts
    ]
    try:
        await add_enrollments(session, rows)
    except IntegrityError as error:
        if violated_constraint(error) == "enrollments_one_live_key":
            raise AlreadyEnrolled from None
        raise
    if not quick or not starts:
        return {}
    ids, scope = [one.enrollment_id for one in starts], (session, program.workspace_id)
    await grant_credits(*scope, program_id=program.id, enrollment_ids=ids, at=at)
    await runtime.onboarding.begin(*scope, ids)
    return await runtime.onboarding.bring_along(*scope, program.id, ids, at=at)


async def tell(
    session: AsyncSession,
    program: Program,
    starts: Sequence[Start],
    *,
    kind: Kind,
    facts: dict[str, Any],
    mint: TokenMint,
    brought: Mapping[UUID, Brought] = MappingProxyType({}),
) -> None:
    """Record the events, `facts` (actor and message) in each; four statements for any number."""
    tickets = await _invite_along(session, program, starts, mint)
    events = []
    for one in starts:
        own = brought.get(one.enrollment_id)
        more = {**facts, "brought": own} if own else facts
        events.append(_event(kind, program, one, tickets, more))
    await publish(session, *events)


async def _invite_along(
    session: AsyncSession, program: Program, starts: Sequence[Start], mint: TokenMint
) -> Mapping[UUID, Ticket]:
    """Portal invitations for those without an account, to travel in the enrollment's letter."""
    passengers = [
        Passenger(
            contact_id=one.candidate.contact_id,
            email_norm=one.candidate.email_norm,
            event_id=one.event_id,
        )
        for one in starts
        if one.candidate.email_norm and not one.candidate.has_account and not one.candidate.silenced
    ]
    return await invite_along(session, program.workspace_id, passengers, mint)


def _event(
    kind: Kind,
    program: Program,
    one: Start,
    tickets: Mapping[UUID, Ticket],
    facts: dict[str, Any],
) -> EnrollmentActivated | EnrollmentInvited:
    ticket = tickets.get(one.candidate.contact_id)
    return kind(
        **facts,
        id=one.event_id,
        workspace_id=program.workspace_id,
        contact_id=one.candidate.contact_id,
        subject_id=one.enrollment_id,
        program_id=program.id,
        program_name=program.name,
        invite_id=ticket.invite_id if ticket else None,
        expires_at=ticket.expires_at if ticket else None,
    )
