"""Credits raced for over real connections: no balance falls below zero, nothing counts twice."""

import asyncio
from uuid import UUID

import pytest

from app.core.db import Database
from app.core.ids import new_id
from app.repositories.credits import CreditLedger, NoCredits
from tests.races.credit_kit import Purse, filled_purse, standing


async def try_to_reserve(database: Database, purse: Purse, seat_id: UUID, amount: int = 1) -> bool:
    try:
        async with database.writing(purse.workspace_id) as session:
            ledger = CreditLedger(session, purse.workspace_id)
            await ledger.reserve(**purse.place, seat_id=seat_id, amount=amount)
    except NoCredits:
        return False
    return True


async def end(database: Database, purse: Purse, seat_id: UUID, how: str) -> int:
    async with database.writing(purse.workspace_id) as session:
        ledger = CreditLedger(session, purse.workspace_id)
        amount: int = await getattr(ledger, how)(seat_id)
        return amount


@pytest.mark.parametrize(("amount", "price", "winners"), [(1, 1, 1), (7, 1, 7), (7, 2, 3)])
async def test_thirty_reservations_at_once_never_overdraw(
    fresh_database: Database, amount: int, price: int, winners: int
):
    purse = await filled_purse(fresh_database, amount=amount)

    won = await asyncio.gather(
        *(try_to_reserve(fresh_database, purse, new_id(), price) for _ in range(30))
    )

    assert sum(won) == winners
    left = {"balance": amount - winners * price, "reserved": winners * price, "used": 0}
    assert await standing(fresh_database, purse) == left


async def test_one_reservation_ends_once_whatever_is_asked_at_the_same_time(
    fresh_database: Database,
):
    purse = await filled_purse(fresh_database, amount=3)
    seat_id = new_id()
    assert await try_to_reserve(fresh_database, purse, seat_id, amount=2)
    ways = ("consume", "release", "forfeit") * 7

    ended = await asyncio.gather(*(end(fresh_database, purse, seat_id, how) for how in ways))

    assert sorted(ended) == [0] * 20 + [2]
    found = await standing(fresh_database, purse)
    assert found in (
        {"balance": 3, "reserved": 0, "used": 0},
        {"balance": 1, "reserved": 0, "used": 2},
    )


async def test_released_credits_are_there_for_whoever_waits(fresh_database: Database):
    purse = await filled_purse(fresh_database, amount=1)
    seats = [new_id() for _ in range(20)]
    assert await try_to_reserve(fresh_database, purse, seats[0])

    async def book_and_cancel(seat_id: UUID) -> None:
        if await try_to_reserve(fresh_database, purse, seat_id):
            await end(fresh_database, purse, seat_id, "release")

    await asyncio.gather(
        end(fresh_database, purse, seats[0], "release"),
        *(book_and_cancel(seat_id) for seat_id in seats[1:]),
    )

    assert await standing(fresh_database, purse) == {"balance": 1, "reserved": 0, "used": 0}


async def test_a_series_is_paid_whole_or_not_at_all(fresh_database: Database):
    purse = await filled_purse(fresh_database, amount=10)

    async def book_four() -> bool:
        try:
            async with fresh_database.writing(purse.workspace_id) as session:
                ledger = CreditLedger(session, purse.workspace_id)
                seats = [new_id() for _ in range(4)]
                await ledger.reserve_all(**purse.place, seat_ids=seats, amount=1)
        except NoCredits:
            return False
        return True

    won = await asyncio.gather(*(book_four() for _ in range(12)))

    assert sum(won) == 2
    assert await standing(fresh_database, purse) == {"balance": 2, "reserved": 8, "used": 0}
