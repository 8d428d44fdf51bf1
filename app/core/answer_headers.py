"""Headers for an answer that is not there yet, be it a success, a refusal or a replay."""

from collections.abc import Mapping, MutableMapping
from typing import Any

from starlette.types import Scope

KEY = "answer_headers"


def add_headers(scope: Scope, headers: Mapping[str, str]) -> None:
    """Have the edge put `headers` on whatever answers this request."""
    waiting = scope.setdefault("state", {}).setdefault(KEY, [])
    waiting.extend((name.lower().encode(), value.encode()) for name, value in headers.items())


def added_headers(state: MutableMapping[str, Any]) -> list[tuple[bytes, bytes]]:
    """What was added for the request with this state."""
    headers: list[tuple[bytes, bytes]] = state.get(KEY, [])
    return headers
