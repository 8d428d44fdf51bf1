"""Documents are worked on by processes that may die."""

import asyncio
import os
import signal
from collections.abc import AsyncIterator

import pytest

from app.core.documents.failures import DocumentFailure, TooMuchWork
from app.core.documents.print_shop import PressFailed, PrintShop

TASKS = "tests.core.documents.press_tasks"


@pytest.fixture
async def shop() -> AsyncIterator[PrintShop]:
    shop = PrintShop(presses=2, seconds=10)
    yield shop
    await shop.close()


async def test_questions_and_bytes_go_there_and_back(shop: PrintShop) -> None:
    found, blobs = await shop.do(f"{TASKS}:echo", {"a": ["ü", 1]}, [b"", b"\x00" * 3_000_000])
    assert found == {"a": ["ü", 1]}
    assert blobs == [b"", b"\x00" * 3_000_000]


async def test_what_a_library_prints_is_not_taken_for_an_answer(shop: PrintShop) -> None:
    assert await shop.do(f"{TASKS}:chatter", 1) == (1, [])
    assert await shop.do(f"{TASKS}:echo", 2) == (2, [])


async def test_a_refusal_keeps_its_code_and_the_press(shop: PrintShop) -> None:
    with pytest.raises(DocumentFailure) as failure:
        await shop.do(f"{TASKS}:refuse", None)
    assert (failure.value.code, failure.value.detail) == ("no_good", "Not this one.")


async def test_a_fault_of_ours_is_told_with_its_traceback(shop: PrintShop) -> None:
    with pytest.raises(PressFailed, match="ZeroDivisionError"):
        await shop.do(f"{TASKS}:fail", None)


async def test_a_task_that_takes_too_long_is_ended() -> None:
    shop = PrintShop(presses=1, seconds=0.5)
    with pytest.raises(TooMuchWork):
        await shop.do(f"{TASKS}:sleep", 30)
    assert await shop.do(f"{TASKS}:pid", None) != (os.getpid(), [])
    await shop.close()


async def test_a_task_that_kills_its_press_fails_alone(shop: PrintShop) -> None:
    with pytest.raises(TooMuchWork):
        await shop.do(f"{TASKS}:die", None)
    assert await shop.do(f"{TASKS}:echo", 1) == (1, [])


async def test_a_press_that_was_killed_while_idle_is_replaced(shop: PrintShop) -> None:
    first, _ = await shop.do(f"{TASKS}:pid", None)
    os.kill(first, signal.SIGKILL)
    second, _ = await shop.do(f"{TASKS}:pid", None)
    assert first != second


async def test_an_answer_nobody_waits_for_is_not_given_to_the_next(shop: PrintShop) -> None:
    assert await shop.do(f"{TASKS}:echo", "warm") == ("warm", [])
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await shop.do(f"{TASKS}:sleep", 5)
    assert await shop.do(f"{TASKS}:echo", "mine") == ("mine", [])


async def test_a_press_has_none_of_our_secrets(
    shop: PrintShop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ATRIUM_SECRET_KEY", "x" * 40)
    found, _ = await shop.do(f"{TASKS}:environment", None)
    assert "ATRIUM_SECRET_KEY" not in found
