"""Clients who may book: enrolled in a program, with sessions left."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import httpx
from sqlalchemy import func, select, update

from app.access.runtime import Runtime
from app.core.ids import new_id
from app.models import CreditAccount, CreditEntry, Enrollment, Program
from tests.make import Make, Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Enrolled:
    """A client and the enrollment that lets them book a type."""

    person: Person
    type_id: str
    enrollment_id: UUID

    @property
    def http(self) -> httpx.AsyncClient:
        return self.person.http

    @property
    def wish(self) -> dict[str, str]:
        """What every question and every booking names."""
        return {"appointment_type_id": self.type_id, "enrollment_id": str(self.enrollment_id)}

    async def book(self, starts_at: str, **more: Any) -> httpx.Response:
        body = {**self.wish, "starts_at": starts_at, **more}
        return await self.http.post("/v1/portal/appointments", json=body)

    async def booked(self, starts_at: str, **more: Any) -> dict[str, Any]:
        """The appointment, once it is booked."""
        answer = await self.book(starts_at, **more)
        assert answer.status_code == 201, answer.text
        appointment: dict[str, Any] = answer.json()
        return appointment


async def enrolled_client(
    make: Make, coach: Person, offered: dict[str, Any], *, sessions: int = 10, **fields: Any
) -> Enrolled:
    """A client of the coach's practice, with so many sessions of the type."""
    client = await make.client(workspace_id=coach.workspace_id, **fields)
    enrollment_id = await enrol(make.runtime, client, offered["id"], sessions=sessions)
    return Enrolled(person=client, type_id=offered["id"], enrollment_id=enrollment_id)


async def enrol(
    runtime: Runtime,
    client: Person,
    type_id: str,
    *,
    sessions: int = 10,
    unit: str = "sessions",
    status: str = "active",
    **program: Any,
) -> UUID:
    """An enrollment that grants the type, in a program of its own."""
    ids: dict[str, Any] = {"workspace_id": client.workspace_id}
    async with runtime.database.writing(client.workspace_id) as session:
        slug = f"program-{new_id().hex}"
        terms = {"self_scheduling_enabled": True, "status": "published", **program}
        offer = Program(**ids, name="Flight", slug=slug, currency="EUR", **terms)
        session.add(offer)
        await session.flush()
        enrollment = Enrollment(
            **ids,
            program_id=offer.id,
            contact_id=client.contact_id,
            status=status,
            origin="quick_start",
        )
        session.add(enrollment)
        await session.flush()
        account = CreditAccount(
            **ids,
            enrollment_id=enrollment.id,
            appointment_type_id=UUID(type_id),
            unit=unit,
            granted=sessions,
            balance=sessions,
        )
        session.add(account)
        await session.flush()
        if sessions:
            entry = CreditEntry(**ids, account_id=account.id, kind="grant", amount=sessions)
            session.add(entry)
    return enrollment.id


async def purse(runtime: Runtime, enrolled: Enrolled) -> dict[str, int]:
    """What is left, reserved and used; after a look whether the ledger says the same."""
    workspace_id = enrolled.person.workspace_id
    async with runtime.database.reading(workspace_id) as session:
        account = (
            await session.scalars(
                select(CreditAccount).where(CreditAccount.enrollment_id == enrolled.enrollment_id)
            )
        ).one()
        change = await session.scalar(
            select(func.sum(CreditEntry.change)).where(CreditEntry.account_id == account.id)
        )
    assert account.balance == (change or 0)
    return {"left": account.balance, "reserved": account.reserved, "used": account.used}


async def alter(runtime: Runtime, enrolled: Enrolled, **values: Any) -> None:
    """Give the program or the enrollment other values, as its coach might meanwhile."""
    workspace_id = enrolled.person.workspace_id
    async with runtime.database.writing(workspace_id) as session:
        if "status" in values:
            await session.execute(
                update(Enrollment)
                .where(Enrollment.id == enrolled.enrollment_id)
                .values(**values)
                .execution_options(synchronize_session=False)
            )
            return
        program_id = select(Enrollment.program_id).where(Enrollment.id == enrolled.enrollment_id)
        await session.execute(
            update(Program)
            .where(Program.id == program_id.scalar_subquery())
            .values(**values)
            .execution_options(synchronize_session=False)
        )
