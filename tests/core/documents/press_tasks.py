"""Tasks that presses are tried with."""

import os
import time
from collections.abc import Sequence
from typing import Any, NoReturn

from app.core.documents.failures import DocumentFailure

Given = Sequence[bytes]


def echo(question: Any, blobs: Given) -> tuple[Any, Given]:
    return question, blobs


def chatter(question: Any, blobs: Given) -> tuple[Any, Given]:
    print("Warning: chatty library")  # noqa: T201 - what is tried
    return question, blobs


def refuse(question: Any, blobs: Given) -> NoReturn:
    raise DocumentFailure("no_good", "Not this one.")


def fail(question: Any, blobs: Given) -> tuple[Any, Given]:
    return 1 // 0, blobs


def sleep(question: Any, blobs: Given) -> tuple[Any, Given]:
    time.sleep(question)  # work that takes so long
    return question, blobs


def pid(question: Any, blobs: Given) -> tuple[Any, Given]:
    return os.getpid(), []


def die(question: Any, blobs: Given) -> NoReturn:
    os._exit(9)


def environment(question: Any, blobs: Given) -> tuple[Any, Given]:
    return dict(os.environ), []
