"""What a feed shows: its reader's appointments, written anew whenever they are asked for."""

import asyncio
import hashlib
from collections.abc import Sequence
from datetime import timedelta

from fastapi import Request, Response

from app.access.runtime import Runtime
from app.core.clock import now
from app.core.etags import not_modified
from app.core.icalendar_text import calendar_text
from app.core.throttle_policy import Policy
from app.core.tokens import InvalidToken, digest, workspace_in
from app.features.calendars.entries import client_entries, coach_entries
from app.features.calendars.feeds import PREFIX
from app.repositories.calendar_entries import SeatRow, seats_of
from app.repositories.calendar_feeds import Reader, feed_behind

BACK, AHEAD = timedelta(days=90), timedelta(days=400)
FETCHES = Policy(name="calendar-feed", limit=60, per_seconds=300)
"""How often one feed is fetched, by all who have its address."""

PRIVATE = {"Cache-Control": "private, max-age=300", "X-Robots-Tag": "noindex"}


async def show_feed(request: Request, runtime: Runtime, token: str) -> Response:
    """The calendar behind a token, or 304 for who has it already; two statements.

    Raises InvalidToken (404) and TooManyRequests (429).
    """
    workspace_id, token_hash = workspace_in(token, PREFIX), digest(token)
    await runtime.throttle.hit(token_hash.hex(), FETCHES, request=request)
    at = now()
    async with runtime.database.reading(workspace_id) as session:
        found = await feed_behind(session, workspace_id, token_hash)
        if found is None:
            raise InvalidToken
        feed, practice = found
        reader = Reader(member_id=feed.member_id, contact_id=feed.contact_id)
        span = {"since": at - BACK, "until": at + AHEAD}
        seats = await seats_of(session, workspace_id, reader, **span)
    return _answer(request, await asyncio.to_thread(_written, seats, reader, practice))


def _written(seats: Sequence[SeatRow], reader: Reader, practice: str) -> bytes:
    entries = client_entries(seats) if reader.contact_id else coach_entries(seats)
    return calendar_text(list(entries), method="PUBLISH", name=practice).encode()


def _answer(request: Request, body: bytes) -> Response:
    tag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    unchanged = not_modified(request, tag)
    if unchanged:
        unchanged.headers.update(PRIVATE)
        return unchanged
    return Response(body, media_type="text/calendar", headers={"ETag": tag, **PRIVATE})
