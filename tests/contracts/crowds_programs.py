"""Many programs, enrollments and credits, for the lists that show them."""

from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.ids import new_id
from app.models import (
    Allotment,
    AppointmentType,
    Contact,
    CreditAccount,
    CreditEntry,
    Enrollment,
    Member,
    Program,
)
from tests.make import Person


async def programs(session: AsyncSession, owner: Person, _: UUID | None, numbers: range) -> None:
    """Each grants something."""
    for _number in numbers:
        program = await _program(session, owner)
        kind = await _appointment_type(session, owner)
        session.add(
            Allotment(
                workspace_id=owner.workspace_id,
                program_id=program.id,
                appointment_type_id=kind.id,
                unit="sessions",
                amount=8,
            )
        )


async def enrollments(
    session: AsyncSession, reader: Person, _: UUID | None, numbers: range
) -> None:
    """The reader's own, where they are a client; else of different contacts. All have credits."""
    for _number in numbers:
        program = await _program(session, reader)
        enrollment = Enrollment(
            workspace_id=reader.workspace_id,
            program_id=program.id,
            contact_id=reader.contact_id or (await _contact(session, reader)).id,
            status="active",
            origin="quick_start",
        )
        session.add(enrollment)
        await session.flush()
        await _account(session, reader, enrollment.id)


async def accounts(
    session: AsyncSession, owner: Person, enrollment_id: UUID | None, numbers: range
) -> None:
    for _number in numbers:
        await _account(session, owner, enrollment_id)


async def entries(
    session: AsyncSession, owner: Person, enrollment_id: UUID | None, numbers: range
) -> None:
    account = await _account(session, owner, enrollment_id)
    for _number in numbers:
        entry = {"kind": "adjust", "amount": 1}
        session.add(CreditEntry(workspace_id=owner.workspace_id, account_id=account.id, **entry))


async def _program(session: AsyncSession, owner: Person) -> Program:
    looks: dict[str, Any] = {"status": "published", "self_scheduling_enabled": True}
    program = Program(
        workspace_id=owner.workspace_id, name="P", slug=new_id().hex, currency="EUR", **looks
    )
    session.add(program)
    await session.flush()
    return program


async def _contact(session: AsyncSession, owner: Person) -> Contact:
    contact = Contact(workspace_id=owner.workspace_id, first_name="Ada")
    session.add(contact)
    await session.flush()
    return contact


async def _appointment_type(session: AsyncSession, owner: Person) -> AppointmentType:
    kind = AppointmentType(
        workspace_id=owner.workspace_id,
        coach_id=owner.member_id or await _coach(session, owner),
        name="Session",
        duration_minutes=60,
        slot_interval_minutes=60,
    )
    session.add(kind)
    await session.flush()
    return kind


async def _coach(session: AsyncSession, client: Person) -> UUID:
    here = {"workspace_id": client.workspace_id, "user_id": client.user_id}
    coach = Member(**here, role="coach", removed_at=now())
    session.add(coach)
    await session.flush()
    return coach.id


async def _account(
    session: AsyncSession, owner: Person, enrollment_id: UUID | None
) -> CreditAccount:
    kind = await _appointment_type(session, owner)
    account = CreditAccount(
        workspace_id=owner.workspace_id,
        enrollment_id=enrollment_id,
        appointment_type_id=kind.id,
        unit="sessions",
    )
    session.add(account)
    await session.flush()
    return account


PROGRAM_CROWDS = {
    "get_enrollment_credits": accounts,
    "list_enrollment_credit_entries": entries,
    "list_enrollments": enrollments,
    "list_my_enrollments": enrollments,
    "list_programs": programs,
}
