"""Many of what each list shows, so that it can be seen that a hundred cost no more than one."""

from collections.abc import Awaitable, Callable
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.ids import new_id
from app.models import (
    AppointmentType,
    Contact,
    CustomField,
    Email,
    Event,
    LoginSession,
    Member,
    MemberInvite,
    PortalInvite,
    PortalInviteBatchItem,
    Schedule,
    User,
)
from tests.contracts.booking import BOOKING_CROWDS
from tests.contracts.contracting import CONTRACT_CROWDS
from tests.contracts.crowds_assignments import ASSIGNMENT_CROWDS
from tests.contracts.crowds_calendars import CALENDAR_CROWDS
from tests.contracts.crowds_contract_templates import CONTRACT_TEMPLATE_CROWDS
from tests.contracts.crowds_goals import GOAL_CROWDS
from tests.contracts.crowds_notes import NOTE_CROWDS
from tests.contracts.crowds_notifications import NOTIFICATION_CROWDS
from tests.contracts.crowds_programs import PROGRAM_CROWDS
from tests.contracts.filing import FILE_CROWDS
from tests.contracts.form_filling import FORM_CROWDS
from tests.contracts.invoicing import INVOICE_CROWDS
from tests.make import Person

Crowd = Callable[[AsyncSession, Person, UUID | None, range], Awaitable[None]]
"""Adds one row per number to what `Person` sees in the list, under the thing the path names."""


async def contacts(session: AsyncSession, owner: Person, _: UUID | None, numbers: range) -> None:
    """Invited ones with custom values, each with a tag of its own."""
    for n in numbers:
        event_id = new_id()
        session.add(_email(owner, event_id=event_id))
        session.add(
            Contact(
                workspace_id=owner.workspace_id,
                first_name=f"Ada {n}",
                tags=[f"tag {n}"],
                custom_fields={"size": n},
                invite_event_id=event_id,
            )
        )


async def events(
    session: AsyncSession, owner: Person, contact_id: UUID | None, numbers: range
) -> None:
    """Of different people's doing."""
    for n in numbers:
        user = await _user(session, n)
        session.add(
            Event(
                workspace_id=owner.workspace_id,
                type="contact.updated",
                actor_kind="member",
                actor_id=user.id,
                contact_id=contact_id,
                data={"changed": ["email"]},
            )
        )


async def custom_fields(
    session: AsyncSession, owner: Person, _: UUID | None, numbers: range
) -> None:
    for n in numbers:
        field = {"key": f"field_{n}", "label": f"Field {n}", "kind": "text"}
        session.add(CustomField(workspace_id=owner.workspace_id, **field))


async def batch_items(
    session: AsyncSession, owner: Person, batch_id: UUID | None, numbers: range
) -> None:
    for n in numbers:
        contact = Contact(workspace_id=owner.workspace_id, first_name=f"Ada {n}")
        session.add(contact)
        await session.flush()
        event_id = new_id()
        session.add(_email(owner, event_id=event_id))
        shared = {"workspace_id": owner.workspace_id, "batch_id": batch_id, "event_id": event_id}
        session.add(PortalInviteBatchItem(**shared, contact_id=contact.id, result="invited"))
        session.add(
            PortalInvite(
                **shared,
                contact_id=contact.id,
                email_norm="a@example.test",
                token_hash=event_id.bytes,
                expires_at=now(),
            )
        )


async def emails(session: AsyncSession, owner: Person, _: UUID | None, numbers: range) -> None:
    for _number in numbers:
        session.add(_email(owner, event_id=new_id()))


async def login_sessions(
    session: AsyncSession, owner: Person, _: UUID | None, numbers: range
) -> None:
    for _number in numbers:
        there = {"user_id": owner.user_id, "workspace_id": owner.workspace_id, "side": "member"}
        session.add(LoginSession(**there, expires_at=now().replace(year=2199)))


async def members(session: AsyncSession, owner: Person, _: UUID | None, numbers: range) -> None:
    for n in numbers:
        user = await _user(session, n)
        session.add(Member(workspace_id=owner.workspace_id, user_id=user.id, role="coach"))


async def member_invites(
    session: AsyncSession, owner: Person, _: UUID | None, numbers: range
) -> None:
    for n in numbers:
        session.add(
            MemberInvite(
                workspace_id=owner.workspace_id,
                email=f"{n}@example.test",
                email_norm=f"{n}@example.test",
                role="coach",
                token_hash=new_id().bytes,
                expires_at=now().replace(year=2199),
                invited_by=owner.member_id,
            )
        )


async def schedules(session: AsyncSession, owner: Person, _: UUID | None, numbers: range) -> None:
    for n in numbers:
        session.add(
            Schedule(
                workspace_id=owner.workspace_id,
                coach_id=owner.member_id,
                name=f"Schedule {n}",
                time_zone="UTC",
            )
        )


async def appointment_types(
    session: AsyncSession, owner: Person, _: UUID | None, numbers: range
) -> None:
    for n in numbers:
        session.add(
            AppointmentType(
                workspace_id=owner.workspace_id,
                coach_id=owner.member_id,
                name=f"Session {n}",
                duration_minutes=60,
                slot_interval_minutes=30,
            )
        )


def _email(owner: Person, *, event_id: UUID) -> Email:
    return Email(
        workspace_id=owner.workspace_id,
        event_id=event_id,
        template="invites/portal_invited",
        recipient="ada@example.test",
        recipient_name="Ada",
    )


async def _user(session: AsyncSession, number: int) -> User:
    address = f"{new_id().hex}@example.test"
    user = User(email=address, email_norm=address, name=f"Somebody {number}")
    session.add(user)
    await session.flush()
    return user


CROWDS: dict[str, Crowd] = {
    **ASSIGNMENT_CROWDS,
    **FILE_CROWDS,
    **CONTRACT_CROWDS,
    **CONTRACT_TEMPLATE_CROWDS,
    **FORM_CROWDS,
    **GOAL_CROWDS,
    **NOTIFICATION_CROWDS,
    **INVOICE_CROWDS,
    **BOOKING_CROWDS,
    **NOTE_CROWDS,
    **CALENDAR_CROWDS,
    **PROGRAM_CROWDS,
    "list_appointment_types": appointment_types,
    "list_contact_events": events,
    "list_contact_tags": contacts,
    "list_contacts": contacts,
    "list_custom_fields": custom_fields,
    "list_emails": emails,
    "list_events": events,
    "list_invite_batch_items": batch_items,
    "list_member_invites": member_invites,
    "list_members": members,
    "list_my_sessions": login_sessions,
    "list_schedules": schedules,
}
"""By operationId. A new list needs its entry here."""
