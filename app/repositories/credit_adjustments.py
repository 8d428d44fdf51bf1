"""Credits a coach adds or takes by hand."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import Conflict
from app.core.ids import new_id
from app.repositories.credit_sql import ADJUST, OPEN_ACCOUNT, POSTPONE, UNIT
from app.repositories.credits import NoCredits

AFTER_ALL_OTHERS = 1000
"""Position of an account that no program granted."""


class OtherUnit(Conflict):
    """The enrollment counts this appointment type in the other unit."""

    code, title = "credit_unit_differs", "These credits are counted in another unit"


class CreditsExpired(Conflict):
    """Nothing can be added to what is over, unless its expiry moves as well."""

    code, title = "credits_expired", "These credits have expired: send expires_at too"


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjustment:
    """So many sessions or minutes more, or less. `unit` None is the account's, else sessions.

    With `moves_expiry` the whole account expires at `expires_at` (None: never) from now on.
    """

    enrollment_id: UUID
    appointment_type_id: UUID
    unit: str | None
    amount: int
    reason: str | None
    made_by: UUID
    moves_expiry: bool
    expires_at: datetime | None


async def adjust(session: AsyncSession, workspace_id: UUID, wanted: Adjustment) -> None:
    """Write an adjustment into the ledger, opening the account if there is none.

    Raises NoCredits, OtherUnit and CreditsExpired (409). An unknown appointment type violates
    `credit_accounts_workspace_id_appointment_type_id_fkey`.
    """
    place = {
        "workspace_id": workspace_id,
        "enrollment_id": wanted.enrollment_id,
        "appointment_type_id": wanted.appointment_type_id,
    }
    account = await _account(session, place, wanted)
    if wanted.unit not in {None, account.unit}:
        raise OtherUnit
    if account.expires_at and account.expires_at <= now() and not wanted.moves_expiry:
        raise CreditsExpired
    values = {
        **place,
        "entry_id": new_id(),
        "amount": wanted.amount,
        "reason": wanted.reason,
        "made_by": wanted.made_by,
        "moves_expiry": wanted.moves_expiry,
        "expires_at": wanted.expires_at,
        "at": now(),
    }
    if (await session.execute(ADJUST, values)).first() is None:
        raise NoCredits


async def _account(
    session: AsyncSession, place: dict[str, Any], wanted: Adjustment
) -> Row[*tuple[Any, ...]]:
    """The account's unit and expiry, its row locked."""
    found = (await session.execute(UNIT, place)).one_or_none()
    if found is not None:
        return found
    opened = {"account_id": new_id(), "unit": wanted.unit or "sessions"}
    await session.execute(OPEN_ACCOUNT, {**place, **opened, "position": AFTER_ALL_OTHERS})
    return (await session.execute(UNIT, place)).one()


async def postpone_expiry(
    session: AsyncSession, workspace_id: UUID, enrollment_id: UUID, *, by: timedelta
) -> None:
    """Let an enrollment's credits live longer by this much, for it stood still so long."""
    values = {
        "workspace_id": workspace_id,
        "enrollment_id": enrollment_id,
        "by": by,
        "at": now(),
    }
    await session.execute(POSTPONE, values)
