"""An enrollment with credits, made without HTTP, for those who race about them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import func, select

from app.core.db import Database
from app.core.ids import new_id
from app.models import (
    AppointmentType,
    Contact,
    CreditAccount,
    CreditEntry,
    Enrollment,
    Member,
    Program,
    User,
    Workspace,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Purse:
    """Where the credits are."""

    workspace_id: UUID
    enrollment_id: UUID
    appointment_type_id: UUID
    account_id: UUID

    @property
    def place(self) -> dict[str, UUID]:
        """What reserving asks for."""
        return {
            "enrollment_id": self.enrollment_id,
            "appointment_type_id": self.appointment_type_id,
        }


async def filled_purse(
    database: Database, *, amount: int, expires_at: datetime | None = None
) -> Purse:
    """A practice with one active enrollment that was granted so many sessions."""
    workspace_id = new_id()
    ids: dict[str, Any] = {"workspace_id": workspace_id}
    async with database.writing(workspace_id) as session:
        session.add(Workspace(**ids, name="Larks", slug=f"larks-{workspace_id}", time_zone="UTC"))
        user = User(email="m@x.test", email_norm=f"{workspace_id}@x.test", name="Maya")
        session.add(user)
        await session.flush()
        member = Member(**ids, user_id=user.id, role="owner")
        contact = Contact(**ids, first_name="Ana")
        program = Program(**ids, name="Flight", slug="flight", currency="EUR")
        session.add_all([member, contact, program])
        await session.flush()
        kind = AppointmentType(
            **ids, coach_id=member.id, name="Talk", duration_minutes=60, slot_interval_minutes=60
        )
        enrollment = Enrollment(
            **ids,
            program_id=program.id,
            contact_id=contact.id,
            status="active",
            origin="quick_start",
        )
        session.add_all([kind, enrollment])
        await session.flush()
        account = CreditAccount(
            **ids,
            enrollment_id=enrollment.id,
            appointment_type_id=kind.id,
            unit="sessions",
            granted=amount,
            balance=amount,
            expires_at=expires_at,
        )
        session.add(account)
        await session.flush()
        session.add(CreditEntry(**ids, account_id=account.id, kind="grant", amount=amount))
        return Purse(
            workspace_id=workspace_id,
            enrollment_id=enrollment.id,
            appointment_type_id=kind.id,
            account_id=account.id,
        )


async def standing(database: Database, purse: Purse) -> dict[str, int]:
    """The account's sums, once they were found to be those of its ledger."""
    async with database.reading(purse.workspace_id) as session:
        account = await session.scalar(
            select(CreditAccount).where(CreditAccount.id == purse.account_id)
        )
        entries = (
            await session.execute(
                select(CreditEntry.kind, func.sum(CreditEntry.amount), func.sum(CreditEntry.change))
                .where(CreditEntry.account_id == purse.account_id)
                .group_by(CreditEntry.kind)
            )
        ).all()
    assert account is not None
    amounts = {kind: int(amount) for kind, amount, _ in entries}
    used = amounts.get("consume", 0) + amounts.get("forfeit", 0)
    assert account.balance == sum(change for *_, change in entries)
    assert account.used == used
    assert account.reserved == amounts.get("reserve", 0) - used - amounts.get("release", 0)
    assert account.granted == amounts.get("grant", 0) + amounts.get("adjust", 0)
    return {"balance": account.balance, "reserved": account.reserved, "used": account.used}
