"""The program that reads one stranger's calendar: `python -m app.features.calendars.feed_process`.

A calendar can be written so that reading it takes years or all memory. So it is read by a process
of its own, with limits, that holds no secret and no connection. Its argument is how many seconds
of a processor it may use. It takes one line of JSON and the calendar's text on standard input, and
answers `{"busy": [[from, until], ...]}` (epoch seconds) or `{"error": code}`.
"""

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

from app.features.calendars.feed_events import TooComplex, busy_ranges

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 1 << 30


def main() -> None:
    """Read, answer, end."""
    limit_myself(cpu_seconds=int(sys.argv[1]))
    question = json.loads(sys.stdin.buffer.readline())
    sys.stdout.write(json.dumps(answer(question, sys.stdin.buffer.read())))


def limit_myself(*, cpu_seconds: int) -> None:
    """Be polite to others on the machine, and let the system end what gets out of hand."""
    if sys.platform == "win32":
        return
    os.nice(10)
    limits = ((resource.RLIMIT_CPU, cpu_seconds), (resource.RLIMIT_AS, MEMORY_BYTES))
    for kind, most in limits:
        with suppress(ValueError, OSError):  # not every system knows every limit
            resource.setrlimit(kind, (most, most))


def answer(question: dict[str, Any], text: bytes) -> dict[str, Any]:
    """The busy ranges, or why there are none to be had."""
    since, until = (datetime.fromtimestamp(question[name], UTC) for name in ("since", "until"))
    try:
        return {"busy": busy_ranges(text, since, until, time_zone=question["time_zone"])}
    except (TooComplex, MemoryError, OverflowError):
        return {"error": "too_complex"}
    except Exception:  # noqa: BLE001 - what strangers write may fail the library in any way
        return {"error": "not_a_calendar"}


if __name__ == "__main__":
    main()
