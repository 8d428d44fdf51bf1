"""The audit that follows every test: it has to find what is wrong."""

import pytest
from sqlalchemy import text

from app.core.db import Database
from tests.ledgers import audit
from tests.races.credit_kit import filled_purse

BENT = text("UPDATE credit_accounts SET balance = balance - 1")


async def test_a_balance_that_is_not_its_ledgers_is_found(fresh_database: Database):
    await filled_purse(fresh_database, amount=7)

    async with fresh_database.engine.begin() as connection:
        await audit(connection)
        await connection.execute(BENT)
        with pytest.raises(AssertionError):
            await audit(connection)
        await connection.rollback()
