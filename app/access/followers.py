"""Somebody who follows a stream of server-sent events."""

from collections.abc import AsyncIterator
from contextlib import suppress
from typing import Annotated

from fastapi import Depends, Request

from app.access.callers import CurrentPrincipal, bearer
from app.access.doorkeeper import Doorkeeper
from app.access.runtime import RuntimeInApp
from app.access.tokens import InvalidAccessToken
from app.core.head import asked_by_head
from app.core.streams import Streams


class Follower:
    """Somebody who follows a stream, for as long as their token and their session stand."""

    def __init__(
        self, streams: Streams, doorkeeper: Doorkeeper, token: str, *, headers_only: bool = False
    ) -> None:
        """Be woken by these streams, and ask this doorkeeper; for a HEAD, don't look at all."""
        self._headers_only = headers_only
        self._streams = streams
        self._doorkeeper = doorkeeper
        self._token = token

    async def looks(self) -> AsyncIterator[None]:
        """Once at first and then whenever it is time to look again, until they must go."""
        with suppress(InvalidAccessToken):
            while not self._headers_only:
                await self._doorkeeper.admit(self._token)
                yield
                await self._streams.news()


async def follower(
    request: Request, runtime: RuntimeInApp, principal: CurrentPrincipal
) -> AsyncIterator[Follower]:
    """A seat for the caller; given up when the answer has ended. Raises TooManyStreams (429)."""
    token = await bearer(request)
    with runtime.streams.seat(principal.id):
        yield Follower(
            runtime.streams,
            runtime.doorkeeper,
            token or "",
            headers_only=asked_by_head(request),
        )


CurrentFollower = Annotated[Follower, Depends(follower)]
