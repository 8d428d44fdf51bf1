"""The refresh token a request brings: in its body, or in a browser's cookie."""

from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request

from app.access.device import REFRESH_COOKIE, CurrentDevice, Device
from app.access.runtime import RuntimeInApp
from app.core.errors import Forbidden
from app.features.accounts.schemas import RefreshIn
from app.settings import Settings


class OriginNotAllowed(Forbidden):
    """A page of another origin used the browser's cookie; see ATRIUM_CORS_ORIGINS."""

    code, title = "origin_not_allowed", "Not allowed from this origin"


@dataclass(frozen=True, slots=True, kw_only=True)
class Presented:
    """A refresh token, and the device that brought it; the next goes back the same way."""

    refresh_token: str | None
    device: Device


async def presented(
    request: Request, runtime: RuntimeInApp, device: CurrentDevice, body: RefreshIn | None = None
) -> Presented:
    """The body's token, else the cookie's, which only pages of our own origins may use."""
    if body and body.refresh_token:
        return Presented(refresh_token=body.refresh_token, device=device)
    cookie = request.cookies.get(REFRESH_COOKIE)
    if cookie is None:
        return Presented(refresh_token=None, device=device)
    _check_origin(request, runtime.settings)
    return Presented(refresh_token=cookie, device=replace(device, in_cookie=True))


PresentedToken = Annotated[Presented, Depends(presented)]


def _check_origin(request: Request, settings: Settings) -> None:
    """Refuse other sites' pages: a cookie is sent whoever asks (CSRF)."""
    if request.headers.get("origin") not in {*settings.cors_origins, settings.api_url}:
        raise OriginNotAllowed
