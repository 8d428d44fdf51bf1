"""Rate limits for callers nobody knows yet: by the network address they come from."""

from typing import Any

from fastapi import Depends, Request

from app.access.runtime import RuntimeInApp
from app.core.client_address import household
from app.core.throttle_policy import Policy


def per_address(policy: Policy) -> Any:
    """For a route's `dependencies`: 429 beyond this policy for one address (or IPv6 /64)."""

    async def limit(request: Request, runtime: RuntimeInApp) -> None:
        address = household(runtime.addresses.of(request))
        await runtime.throttle.hit(address, policy, request=request)

    return Depends(limit)
