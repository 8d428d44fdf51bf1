"""Circuit breakers: when a kind pauses, who probes, and when it runs again."""

import asyncio

import pytest
from structlog.testing import capture_logs

from app.core.clock import now
from app.dispatcher import breaker
from app.dispatcher.breaker import Breakers
from app.dispatcher.failures import Unavailable
from app.dispatcher.work import ClaimedJob, Outcome, Settled


def letter(outcome: Outcome, error: Exception | None = None) -> Settled[None]:
    job = ClaimedJob(
        id=1,
        kind="letter",
        payload={},
        lane=1,
        run_at=now(),
        expires_at=None,
        key=None,
        order_key=None,
        attempts=0,
        max_attempts=10,
        crashes=0,
        fence=1,
        created_at=now(),
    )
    return Settled(job=job, outcome=outcome, error=error)


AWAY = letter("postponed", Unavailable("connection refused"))


def loop_time() -> float:
    return asyncio.get_running_loop().time()


async def test_a_kind_pauses_when_its_outside_world_is_away() -> None:
    breakers = Breakers()
    breakers.note(AWAY, started=loop_time())
    assert breakers.closed(["letter", "webhook"]) == ["webhook"]
    assert breakers.probing() == []
    assert 0.4 < (breakers.until_next_probe() or 0) <= 1


async def test_our_own_database_being_away_pauses_nothing() -> None:
    breakers = Breakers()
    breakers.note(letter("postponed", ConnectionRefusedError()), started=loop_time())
    assert breakers.paused() == []


async def test_after_the_pause_one_probe_decides(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(breaker, "FIRST_PAUSE", 0.0)
    breakers = Breakers()
    breakers.note(AWAY, started=loop_time())
    assert (breakers.probing(), breakers.closed(["letter"])) == (["letter"], [])
    breakers.note(letter("done"), started=loop_time())
    assert breakers.closed(["letter"]) == ["letter"]


async def test_an_answer_that_was_asked_for_before_the_trip_proves_nothing() -> None:
    breakers = Breakers()
    before = loop_time()
    await asyncio.sleep(0)
    breakers.note(AWAY, started=before)
    breakers.note(letter("done"), started=before - 1)
    assert breakers.paused() == ["letter"]


async def test_pauses_grow_from_probe_to_probe_up_to_half_a_minute(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    pauses = []
    at = 1000.0
    monkeypatch.setattr(breaker, "_time", lambda: at)
    breakers = Breakers()
    for _probe in range(9):
        breakers.note(AWAY, started=at)
        pauses.append(breakers.until_next_probe() or 0.0)
        at += pauses[-1]
    for length, longest in zip(pauses, [1, 2, 4, 8, 16, 30, 30, 30, 30], strict=True):
        assert longest / 2 <= length <= longest


async def test_jobs_that_were_on_their_way_when_it_tripped_do_not_lengthen_the_pause() -> None:
    breakers = Breakers()
    for _in_flight in range(20):
        breakers.note(AWAY, started=loop_time())
    assert (breakers.until_next_probe() or 9) <= 1


async def test_the_log_tells_of_a_pause_once_and_of_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(breaker, "FIRST_PAUSE", 0.0)
    breakers = Breakers()
    with capture_logs() as lines:
        for _probe in range(3):
            breakers.note(AWAY, started=loop_time())
        breakers.note(letter("done"), started=loop_time())

    assert [(line["event"], line["kind"]) for line in lines] == [
        ("jobs_paused", "letter"),
        ("jobs_resumed", "letter"),
    ]
    assert lines[0]["reason"] == "connection refused"
