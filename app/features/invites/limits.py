"""How often one contact may be invited by hand."""

from fastapi import Request

from app.access.callers import CurrentPrincipal
from app.access.paths import ContactIdInPath
from app.access.runtime import RuntimeInApp
from app.core.throttle_policy import Policy

SENDS = Policy(name="portal-invites", limit=10, per_seconds=3600)
"""By contact: each is a mail to somebody who has not asked for it."""


async def sends_limited(
    request: Request,
    runtime: RuntimeInApp,
    principal: CurrentPrincipal,
    contact_id: ContactIdInPath,
) -> None:
    """Refuse to write to one contact over and over."""
    key = f"{principal.workspace_id}:{contact_id}"
    await runtime.throttle.hit(key, SENDS, request=request)
