"""Calendars for programs that can't sign in: whoever knows the address may read."""

from typing import Annotated, Any

from fastapi import Path, Request, Response

from app.access.limits import per_address
from app.access.runtime import RuntimeInApp
from app.core.errors import TooManyRequests
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.core.tokens import InvalidToken
from app.features.calendars.showing import show_feed

LIMITED = per_address(Policy(name="calendar-feeds", limit=3000, per_seconds=300))
"""Large: one machine of a calendar service fetches for all its users."""

router = api_router("/v1/public/calendars", "calendars")

CALENDAR: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The calendar (RFC 5545)",
        "content": {"text/calendar": {"schema": {"type": "string"}}},
    },
    304: {"description": "As you have it"},
    **problems(InvalidToken, TooManyRequests),
}


@router.get("/{token}.ics", dependencies=[LIMITED], response_class=Response, responses=CALENDAR)
async def get_calendar_feed(
    request: Request,
    token: Annotated[str, Path(max_length=200)],
    runtime: RuntimeInApp,
) -> Response:
    """A coach's or a client's appointments, from three months back to a year ahead."""
    return await show_feed(request, runtime, token)
