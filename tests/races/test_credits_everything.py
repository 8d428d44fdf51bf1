"""Everything that moves credits, at once: whatever the order, the sums are the ledger's."""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta
from uuid import UUID

import pytest

from app.core.clock import now
from app.core.db import Database
from app.core.ids import new_id
from app.dispatcher.practice_sweeps import credit_expiry
from app.repositories.credit_adjustments import Adjustment, adjust
from app.repositories.credit_expiry import expire_credits
from app.repositories.credits import CreditLedger, NoCredits
from tests.races.credit_kit import Purse, filled_purse, standing

Deed = Callable[[Database, Purse, list[UUID], int], Awaitable[None]]


async def reserve(database: Database, purse: Purse, seats: list[UUID], _: int) -> None:
    seat_id = new_id()
    async with database.writing(purse.workspace_id) as session:
        ledger = CreditLedger(session, purse.workspace_id)
        await ledger.reserve(**purse.place, seat_id=seat_id, amount=1)
    seats.append(seat_id)


async def end(database: Database, purse: Purse, seats: list[UUID], turn: int) -> None:
    async with database.writing(purse.workspace_id) as session:
        ledger = CreditLedger(session, purse.workspace_id)
        await (ledger.consume, ledger.release, ledger.forfeit)[turn % 3](*seats[-3:])


async def change(database: Database, purse: Purse, _: list[UUID], turn: int) -> None:
    wanted = Adjustment(
        **purse.place,
        unit=None,
        amount=(-2, 1, -1, 2)[turn % 4],
        reason=None,
        made_by=new_id(),
        moves_expiry=False,
        expires_at=None,
    )
    async with database.writing(purse.workspace_id) as session:
        await adjust(session, purse.workspace_id, wanted)


async def expire(database: Database, purse: Purse, _: list[UUID], __: int) -> None:
    """As if its time were over in a year."""
    async with database.writing(purse.workspace_id) as session:
        await expire_credits(session, purse.workspace_id, now() + timedelta(days=400))


DEEDS: list[Deed] = [reserve, reserve, reserve, end, end, change, change, expire]


@pytest.mark.parametrize("stride", [1, 3, 5, 7])
async def test_two_hundred_deeds_in_any_order(fresh_database: Database, stride: int):
    purse = await filled_purse(fresh_database, amount=20, expires_at=now() + timedelta(days=365))
    seats: list[UUID] = []

    async def do(turn: int) -> None:
        deed = DEEDS[turn * stride % len(DEEDS)]
        with suppress(NoCredits):
            await deed(fresh_database, purse, seats, turn)

    for first in range(0, 200, 40):
        await asyncio.gather(*(do(turn) for turn in range(first, first + 40)))
        await standing(fresh_database, purse)
    assert seats


async def test_the_sweep_visits_only_where_something_has_expired(fresh_database: Database):
    past, future = now() - timedelta(seconds=1), now() + timedelta(days=1)
    over = await filled_purse(fresh_database, amount=3, expires_at=past)
    running = await filled_purse(fresh_database, amount=4, expires_at=future)
    for_ever = await filled_purse(fresh_database, amount=5)

    for _ in range(2):
        async with fresh_database.writing() as session:
            await credit_expiry(fresh_database).run(session)

    left = [(await standing(fresh_database, one))["balance"] for one in (over, running, for_ever)]
    assert left == [0, 4, 5]
