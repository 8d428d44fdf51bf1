"""How often invitations to a team may be sent, and their links tried."""

from fastapi import Request

from app.access.limits import per_address
from app.access.runtime import RuntimeInApp
from app.core.throttle_policy import Policy
from app.features.members.callers import Owner

INVITES = Policy(name="member-invites", limit=100, per_seconds=3600)
"""By practice: its invitations go to addresses of anybody's choosing."""

LINKS = per_address(Policy(name="member-invite-links", limit=60, per_seconds=60))
"""For a public route's `dependencies`."""


async def invites_limited(request: Request, runtime: RuntimeInApp, owner: Owner) -> None:
    """Refuse a practice that invites by the hundred."""
    await runtime.throttle.hit(str(owner.workspace_id), INVITES, request=request)
