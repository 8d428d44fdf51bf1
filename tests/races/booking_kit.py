"""A crowd of clients who all want the same times."""

import asyncio
from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

import httpx
from sqlalchemy import func, select

from app.access.runtime import Runtime
from app.core.clock import now
from app.models import Appointment, CreditAccount, CreditEntry
from app.models.appointments import LIVE_STATUSES
from tests.features.appointments.enrolling import Enrolled, enrolled_client
from tests.features.appointments.offering import offer
from tests.make import Make, Person


def at_hour(hour: int, *, days: int = 1) -> str:
    """That hour of tomorrow, or a later day, in UTC; the hours go on into the day after."""
    day = (now() + timedelta(days=days)).replace(hour=0, minute=0, second=0, microsecond=0)
    return (day + timedelta(hours=hour)).isoformat()


async def open_round_the_clock(coach: Person, **terms: Any) -> dict[str, Any]:
    """An hour-long type at every hour of every day, in UTC."""
    return await offer(coach, "00:00-24:00", time_zone="UTC", **terms)


async def crowd_of(
    make: Make, coach: Person, offered: dict[str, Any], size: int, *, sessions: int = 50
) -> list[Enrolled]:
    return [await enrolled_client(make, coach, offered, sessions=sessions) for _ in range(size)]


async def all_at_once(*requests: Any) -> list[httpx.Response]:
    return list(await asyncio.gather(*requests))


def outcomes(answers: Sequence[httpx.Response]) -> Counter[str]:
    """How often each code was answered; `booked` for what was."""
    return Counter("booked" if answer.is_success else answer.json()["code"] for answer in answers)


async def check_books(runtime: Runtime, coach: Person) -> list[Appointment]:
    """The coach's live appointments, once it was seen that none overlap and all sums are right."""
    async with runtime.database.reading(coach.workspace_id) as session:
        rows = (
            await session.scalars(
                select(Appointment)
                .where(Appointment.status.in_(LIVE_STATUSES))
                .order_by(Appointment.starts_at)
            )
        ).all()
        balances = await session.execute(
            select(CreditAccount.balance, func.sum(CreditEntry.change))
            .join(CreditEntry, CreditEntry.account_id == CreditAccount.id)
            .group_by(CreditAccount.workspace_id, CreditAccount.id)
        )
        assert all(balance == entries for balance, entries in balances)
    ends = [row.blocked_until for row in rows]
    assert all(row.blocked_from >= end for row, end in zip(rows[1:], ends, strict=False))
    return list(rows)
