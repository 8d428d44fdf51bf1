"""Having documents worked on by a few processes, so that no request waits for a processor."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

import app
from app.core.documents.failures import DocumentFailure, TooMuchWork
from app.core.documents.press_messages import LENGTH, Message, opened, packed

ROOT = Path(app.__file__).parents[1]
PROGRAM = "app.core.documents.press"
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""All that a press gets of our environment, which holds secrets."""

PRESSES = 2
TASK_SECONDS = 60.0
MOST_TASKS = 500
"""After so many a press makes room for a fresh one: libraries in C and Rust keep memory."""

Answer = tuple[Any, list[bytes]]
"""What a task found, and the bytes it made."""


class PressFailed(RuntimeError):
    """A task failed for a fault of ours; the text is the press's traceback."""


class PrintShop:
    """Runs tasks on presses, which start when they are first needed.

    A task is a function `module:name` that takes a question (JSON) and bytes, and answers the
    same. It must be pure: when its press dies it is tried once more.
    """

    def __init__(
        self,
        *,
        presses: int = PRESSES,
        seconds: float = TASK_SECONDS,
        extra_fonts: Path | None = None,
    ) -> None:
        """Have at most `presses` at work, none longer than `seconds`."""
        self._turn = asyncio.Semaphore(presses)
        self._seconds = seconds
        self._idle: list[_Press] = []
        self.extra_fonts = extra_fonts

    async def do(
        self,
        task: str,
        question: Any,
        blobs: Sequence[bytes] = (),
        *,
        seconds: float | None = None,
    ) -> Answer:
        """What the task answers, within `seconds` if less than usual are given.

        Raises DocumentFailure, and PressFailed for faults of ours.
        """
        limit = min(seconds or self._seconds, self._seconds)
        async with self._turn:
            try:
                return await self._try(task, question, blobs, seconds=limit)
            except _PressGone:
                pass
            try:
                return await self._try(task, question, blobs, seconds=limit)
            except _PressGone:
                raise TooMuchWork from None

    async def close(self) -> None:
        """End all presses."""
        while self._idle:
            await self._idle.pop().end()

    async def _try(
        self, task: str, question: Any, blobs: Sequence[bytes], *, seconds: float
    ) -> Answer:
        press = await self._free_press()
        try:
            async with asyncio.timeout(seconds):
                head, made = await press.ask({"task": task, "question": question}, blobs)
        except TimeoutError:
            await press.end()
            raise TooMuchWork from None
        except BaseException:  # cancelled, say: nobody is there to take its answer
            await press.end()
            raise
        await self._keep(press)
        return _read(head), made

    async def _free_press(self) -> "_Press":
        while self._idle:
            press = self._idle.pop()
            if press.is_alive():
                return press
            await press.end()
        return await _Press.start()

    async def _keep(self, press: "_Press") -> None:
        if press.tasks < MOST_TASKS:
            self._idle.append(press)
        else:
            await press.end()


def _read(head: dict[str, Any]) -> Any:
    if "refused" in head:
        code, detail = head["refused"]
        raise DocumentFailure(code, detail)
    if "failed" in head:
        raise PressFailed(head["failed"])
    return head["found"]


class _PressGone(Exception):
    """The press has ended without an answer."""


class _Press:
    """One process."""

    def __init__(
        self, process: Process, given: asyncio.StreamWriter, *, answers: asyncio.StreamReader
    ) -> None:
        self._process = process
        self._given = given
        self._answers = answers
        self.tasks = 0

    @classmethod
    async def start(cls) -> "_Press":
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", PROGRAM),
            stdin=PIPE,
            stdout=PIPE,
            stderr=DEVNULL,
            cwd=ROOT,
            start_new_session=True,  # Ctrl-C is for us, who let it finish its task
            env={name: os.environ[name] for name in PASSED_ON if name in os.environ}
            | {"RAYON_NUM_THREADS": "1"},  # as many at once as there are presses, no more
        )
        if process.stdin is None or process.stdout is None:
            raise PressFailed("A press has no pipes.")
        return cls(process, process.stdin, answers=process.stdout)

    def is_alive(self) -> bool:
        return self._process.returncode is None

    async def ask(self, head: dict[str, Any], blobs: Sequence[bytes]) -> Message:
        self.tasks += 1
        try:
            self._given.writelines(packed(head, blobs))
            await self._given.drain()
            return await self._answer()
        except (ConnectionError, asyncio.IncompleteReadError) as error:
            raise _PressGone from error

    async def _answer(self) -> Message:
        (length,) = LENGTH.unpack(await self._answers.readexactly(LENGTH.size))
        head, sizes = opened(await self._answers.readexactly(length))
        return head, [await self._answers.readexactly(size) for size in sizes]

    async def end(self) -> None:
        self._given.close()
        with suppress(ProcessLookupError):
            self._process.kill()
        await self._process.wait()
