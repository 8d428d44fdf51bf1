"""What an exception means for a job, and for those who wait for the database."""

from datetime import timedelta

import asyncpg
import pytest

from app.dispatcher.supervision import pause_after
from app.dispatcher.verdicts import is_database_down, retry_delay


def test_pauses_between_attempts_grow_to_six_hours() -> None:
    for failures, longest in enumerate([10, 30, 90, 270, 810, 2430, 7290, 21600, 21600]):
        delay = retry_delay(failures).total_seconds()
        assert longest / 2 <= delay <= longest
    assert retry_delay(1000) <= timedelta(hours=6)


def test_attempts_of_jobs_that_failed_together_are_spread() -> None:
    assert len({retry_delay(3) for _job in range(20)}) > 10


def test_an_outage_is_asked_about_every_few_seconds_at_most() -> None:
    assert pause_after(1) <= 0.2
    assert all(2.5 <= pause_after(failures) <= 5 for failures in range(6, 2000))


@pytest.mark.parametrize(
    "error",
    [
        ConnectionRefusedError(),
        asyncpg.CannotConnectNowError(),
        asyncpg.AdminShutdownError(),
        asyncpg.TooManyConnectionsError(),
        asyncpg.ConnectionDoesNotExistError(),
    ],
)
def test_these_tell_that_the_database_is_away(error: Exception) -> None:
    assert is_database_down(error)


@pytest.mark.parametrize(
    "error", [ValueError(), asyncpg.UniqueViolationError(), asyncpg.DataError("x")]
)
def test_these_are_the_works_own_fault(error: Exception) -> None:
    assert not is_database_down(error)
