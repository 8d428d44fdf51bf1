"""A process that works on documents: `python -m app.core.documents.press`.

Typesetting, sealing and checking take processor time that must not hold up requests, and memory
that an API process need not have; and a stranger's PDF can be made to take all of both. So it is
done by a few processes with limits, which hold no connection, and no secret but what a task
brings. A press takes one task after the other from standard input, answers each on standard
output, and ends when its input does, or when nothing was asked of it for a while.
"""

import importlib
import os
import select
import sys
import traceback
from collections.abc import Sequence
from contextlib import suppress
from typing import Any, BinaryIO

from app.core.documents.failures import DocumentFailure
from app.core.documents.press_messages import packed, unpacked

if sys.platform != "win32":
    import resource

MEMORY_BYTES = 2 << 30
IDLE_SECONDS = 300.0


def main() -> None:
    """Work until there is no more."""
    limit_myself()
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints must not get among the answers
    with suppress(EOFError, BrokenPipeError):
        while somebody_asks():
            head, blobs = unpacked(sys.stdin.buffer)
            _send(answers, *answer(head, blobs))


def limit_myself() -> None:
    """Be polite to others on the machine, and let the system end what gets out of hand."""
    if sys.platform == "win32":
        return
    os.nice(5)
    with suppress(ValueError, OSError):  # not every system knows this limit
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))


def somebody_asks() -> bool:
    """Wait for the next task; False when there was none for long."""
    if sys.platform == "win32":  # where pipes can't be waited for
        return True
    return bool(select.select([sys.stdin.buffer], [], [], IDLE_SECONDS)[0])


def answer(head: dict[str, Any], blobs: Sequence[bytes]) -> tuple[dict[str, Any], Sequence[bytes]]:
    """What a task brings: its answer, what is wrong with the document, or how it failed."""
    module, _, name = head["task"].partition(":")
    try:
        task = getattr(importlib.import_module(module), name)
        found, made = task(head["question"], blobs)
    except DocumentFailure as failure:
        return {"refused": [failure.code, failure.detail]}, []
    except (MemoryError, RecursionError):
        return {"refused": ["too_complex", "The document takes too much memory."]}, []
    except Exception:  # noqa: BLE001 - the app must hear of it, whatever it is
        return {"failed": traceback.format_exc()}, []
    return {"found": found}, made


def _send(answers: BinaryIO, head: dict[str, Any], blobs: Sequence[bytes]) -> None:
    answers.writelines(packed(head, blobs))
    answers.flush()


if __name__ == "__main__":
    main()
