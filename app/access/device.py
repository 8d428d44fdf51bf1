"""Where a request comes from, and how a refresh token gets back there."""

from dataclasses import dataclass
from typing import Annotated, Literal

from fastapi import Depends, Header, Request, Response

from app.access.runtime import RuntimeInApp

REFRESH_COOKIE = "__Host-atrium-refresh"
"""The prefix makes browsers insist on Secure, Path=/ and no Domain (RFC 6265bis 4.1.3.2)."""

REFRESH_DAYS = 30
"""A device that stays away longer than this signs in again."""

LONGEST_USER_AGENT = 300

Delivery = Annotated[
    Literal["body", "cookie"],
    Header(
        alias="X-Token-Delivery",
        description="Where the refresh token goes: into the answer, or for browsers into a "
        f"`{REFRESH_COOKIE}` cookie (HttpOnly, SameSite=Strict) that no script can read; the "
        "answer's `refresh_token` is null then.",
    ),
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Device:
    """The caller's side of the connection, and the answer it is waiting for."""

    ip: str
    user_agent: str | None
    response: Response
    in_cookie: bool

    def hand_over(self, refresh_token: str) -> str | None:
        """The token for the answer's body; None when it goes into the cookie instead."""
        if not self.in_cookie:
            return refresh_token
        self._set_cookie(refresh_token, max_age=REFRESH_DAYS * 86_400)
        return None

    def take_back(self) -> None:
        """Remove the cookie."""
        self._set_cookie("", max_age=0)

    def _set_cookie(self, value: str, *, max_age: int) -> None:
        self.response.set_cookie(
            REFRESH_COOKIE, value, max_age=max_age, secure=True, httponly=True, samesite="strict"
        )


async def device(
    request: Request, response: Response, runtime: RuntimeInApp, delivery: Delivery = "body"
) -> Device:
    """The device behind this request."""
    return Device(
        ip=runtime.addresses.of(request),
        user_agent=_readable(request.headers.get("user-agent")),
        response=response,
        in_cookie=delivery == "cookie",
    )


CurrentDevice = Annotated[Device, Depends(device)]


def _readable(user_agent: str | None) -> str | None:
    text = "".join(character for character in user_agent or "" if character.isprintable())
    return text[:LONGEST_USER_AGENT] or None
