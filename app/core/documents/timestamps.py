"""Timestamps by an authority on the web (RFC 3161, 3.4)."""

import httpx

from app.core.outbound import Outbound, OutboundError

LARGEST_RESPONSE = 65_536
SECONDS = 15.0


class TimestampAuthority:
    """Asks the authority at `url`; call it as a `Timestamper`."""

    def __init__(self, outbound: Outbound, url: str) -> None:
        """Remember where to ask."""
        self._outbound = outbound
        self._url = url

    async def __call__(self, query: bytes) -> bytes:
        """The response to a query. Raises OutboundError: no time of ours stands in for it."""
        answer = await self._outbound.post(
            self._url,
            query,
            media_type="application/timestamp-query",
            most_bytes=LARGEST_RESPONSE,
            seconds=SECONDS,
        )
        if answer.status != httpx.codes.OK:
            raise OutboundError(f"the timestamp authority answered {answer.status}")
        return answer.body
