"""How many bytes a body may have, counted as they arrive when nobody announced them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from starlette.types import Message, Receive, Scope

from app.core.http_errors import BodyTooLarge

MEBIBYTE = 1_048_576

BODILESS = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class BodyLimits:
    """One mebibyte, and more for paths that fully match one of `larger`."""

    default: int = MEBIBYTE
    larger: Sequence[tuple[re.Pattern[str], int]] = ()

    def bounded(self, scope: Scope, receive: Receive) -> Receive:
        """The channel to read the body from; raises BodyTooLarge at once when it can be known."""
        if scope["method"] in BODILESS:
            return receive
        limit = self._limit(scope["path"])
        announced = _content_length(scope)
        if announced is None:
            return _counting(receive, limit)
        if announced > limit:
            raise too_large(limit)
        return receive  # the server reads no more than was announced

    def _limit(self, path: str) -> int:
        for pattern, limit in self.larger:
            if pattern.fullmatch(path):
                return limit
        return self.default


def too_large(limit: int) -> BodyTooLarge:
    """The refusal; it ends the connection, so that the rest need not be read."""
    return BodyTooLarge(f"At most {limit} bytes.", headers={"Connection": "close"})


def _content_length(scope: Scope) -> int | None:
    for name, value in scope["headers"]:
        if name == b"content-length":
            return int(value[:20]) if value.isdigit() else None
    return None


def _counting(receive: Receive, limit: int) -> Receive:
    seen = 0

    async def counted() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise too_large(limit)
        return message

    return counted
