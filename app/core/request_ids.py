"""The name of a request, in logs, answers and problem reports."""

import re
from collections.abc import MutableMapping
from typing import Any

from uuid_utils import uuid7

SHAPE = re.compile(rb"[A-Za-z0-9._:\-]{1,128}")


def request_id_from(header: bytes | None) -> str:
    """The caller's `X-Request-Id` when it is harmless, else a new one."""
    if header is not None and SHAPE.fullmatch(header):
        return header.decode()
    return str(uuid7())


def request_id_of(scope: MutableMapping[str, Any]) -> str | None:
    """The id the edge gave to this request; None outside of it."""
    name: str | None = scope.get("state", {}).get("request_id")
    return name
