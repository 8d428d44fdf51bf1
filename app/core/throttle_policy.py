"""How often something may be done, and how an answer says so.

Headers follow draft-ietf-httpapi-ratelimit-headers: `RateLimit-Policy: "name";q=100;w=60` and
`RateLimit: "name";r=99;t=1`.
"""

import math
from dataclasses import dataclass
from datetime import datetime, timedelta

from starlette.requests import Request

from app.core.answer_headers import add_headers


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """`limit` times in `per_seconds`, up to `burst` of them at once (default: all)."""

    name: str
    limit: int
    per_seconds: int
    burst: int | None = None

    @property
    def at_once(self) -> int:
        """The largest burst."""
        return self.burst or self.limit

    @property
    def price(self) -> timedelta:
        """The span one permit takes to grow back."""
        return timedelta(seconds=self.per_seconds / self.limit)

    @property
    def span(self) -> timedelta:
        """The span a spent burst takes to grow back."""
        return self.price * self.at_once


@dataclass(frozen=True, slots=True)
class Standing:
    """What is left of a policy, and in how many seconds more will be."""

    policy: Policy
    remaining: int
    seconds: int

    def headers(self) -> dict[str, str]:
        """What a refusal or an answer says about it."""
        policy = self.policy
        return {
            "RateLimit-Policy": f'"{policy.name}";q={policy.limit};w={policy.per_seconds}',
            "RateLimit": f'"{policy.name}";r={self.remaining};t={self.seconds}',
        }

    def plus(self, permits: int) -> "Standing":
        """The standing of one who has so many permits more."""
        return Standing(self.policy, self.remaining + permits, self.seconds)

    def tell(self, request: Request) -> None:
        """Put the headers on whatever will be answered to `request`."""
        add_headers(request.scope, self.headers())


def standing(policy: Policy, arrival: datetime, at: datetime) -> Standing:
    """What a bucket whose next permit was due at `arrival` still holds."""
    free = at + policy.span - max(arrival, at)
    remaining = max(0, math.floor(free / policy.price))
    return Standing(policy, remaining, math.ceil(max(arrival - at, timedelta()).total_seconds()))
