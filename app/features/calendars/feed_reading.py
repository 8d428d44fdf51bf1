"""Having a stranger's calendar read by a process of its own."""

import asyncio
import json
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import app

ROOT = Path(app.__file__).parents[1]
PROGRAM = "app.features.calendars.feed_process"
PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "SYSTEMROOT")
"""All that the process gets of our environment, which holds secrets."""
AT_ONCE = 2
CPU_SECONDS = 10
PATIENCE = 3
"""On a busy machine a process may wait this many times as long as it computes."""

Range = tuple[int, int]


class Unreadable(Exception):
    """The calendar can't be read; `code` says why."""

    def __init__(self, code: str) -> None:
        """Keep the code."""
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """What is asked about: from one instant to another, and the owner's IANA zone."""

    since: datetime
    until: datetime
    time_zone: str

    def question(self) -> bytes:
        """The process's first line."""
        asked = {
            "since": int(self.since.timestamp()),
            "until": int(self.until.timestamp()),
            "time_zone": self.time_zone,
        }
        return json.dumps(asked).encode() + b"\n"


class FeedReader:
    """Reads calendars, a few at a time; each costs half a second of a processor."""

    def __init__(self, *, cpu_seconds: int = CPU_SECONDS) -> None:
        """Give no calendar more than `cpu_seconds`."""
        self._cpu_seconds = cpu_seconds
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def busy(self, text: bytes, window: Window) -> Sequence[Range]:
        """The busy ranges in a calendar, joined and in order. Raises Unreadable."""
        async with self._turn:
            code, output = await _run(window.question() + text, self._cpu_seconds)
        if code:
            raise _ended(code)
        answer = json.loads(output)
        if "error" in answer:
            raise Unreadable(answer["error"])
        return [(start, end) for start, end in answer["busy"]]


def _ended(code: int) -> Exception:
    """What an exit code tells: a negative one is the signal by which the system ended it."""
    if code < 0:
        return Unreadable("too_complex")
    return RuntimeError(f"{PROGRAM} ended with {code}")


async def _run(given: bytes, cpu_seconds: int) -> tuple[int, bytes]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", PROGRAM, str(cpu_seconds)),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
        cwd=ROOT,
        env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
    )
    try:
        async with asyncio.timeout(cpu_seconds * PATIENCE):
            output, _ = await process.communicate(given)
    except TimeoutError:
        raise Unreadable("too_complex") from None
    finally:
        if process.returncode is None:
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
    return await process.wait(), output
