"""The one click in a letter that ends others like it; needs no sign-in, only the link."""

from typing import Annotated, Any, Literal

from fastapi import Form, Path, Request
from fastapi.responses import HTMLResponse

from app.access.limits import per_address
from app.access.runtime import RuntimeInApp
from app.core.errors import TooManyRequests
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.core.tokens import InvalidToken
from app.features.preferences import unsubscribing
from app.features.preferences.page import for_whoever_asks
from app.features.preferences.schemas_unsubscribing import UnsubscribeOut

LIMITED = per_address(Policy(name="unsubscribe", limit=3000, per_seconds=300))
"""Large: one machine of a mail service asks for all its users."""

router = api_router("/v1/public/unsubscribe", "notifications")

Token = Annotated[str, Path(max_length=300)]
OneClick = Annotated[Literal["One-Click"], Form(alias="List-Unsubscribe")]

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/html": {"schema": {"type": "string"}}}},
    **problems(InvalidToken, TooManyRequests),
}


@router.get("/{token}", dependencies=[LIMITED], response_model=UnsubscribeOut, responses=ANSWERS)
async def look_up_unsubscribe(
    request: Request, token: Token, runtime: RuntimeInApp
) -> UnsubscribeOut | HTMLResponse:
    """What the click would do. Changes nothing: mail scanners open links. A page for browsers."""
    return for_whoever_asks(request, token, await unsubscribing.look_up(runtime, token))


@router.post("/{token}", dependencies=[LIMITED], response_model=UnsubscribeOut, responses=ANSWERS)
async def unsubscribe(
    request: Request, token: Token, runtime: RuntimeInApp, click: OneClick
) -> UnsubscribeOut | HTMLResponse:
    """End the letters of the group (RFC 8058), with the form that mail programs send."""
    del click  # that it is there is all it says
    return for_whoever_asks(request, token, await unsubscribing.unsubscribe(runtime, token))


@router.post(
    "/{token}/undo", dependencies=[LIMITED], response_model=UnsubscribeOut, responses=ANSWERS
)
async def undo_unsubscribe(
    request: Request, token: Token, runtime: RuntimeInApp
) -> UnsubscribeOut | HTMLResponse:
    """Bring back what was chosen before the click."""
    return for_whoever_asks(request, token, await unsubscribing.undo(runtime, token))
