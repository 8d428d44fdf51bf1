"""How often one e-mail may be asked for again."""

from typing import Annotated
from uuid import UUID

from fastapi import Path, Request

from app.access.callers import CurrentPrincipal
from app.access.runtime import RuntimeInApp
from app.core.throttle_policy import Policy

EmailId = Annotated[UUID, Path(alias="email_id")]

RESENDS = Policy(name="email-resends", limit=10, per_seconds=3600)
"""By e-mail: its recipient has it already."""


async def resends_limited(
    request: Request, runtime: RuntimeInApp, principal: CurrentPrincipal, email_id: EmailId
) -> None:
    """Refuse to send one e-mail over and over."""
    key = f"{principal.workspace_id}:{email_id}"
    await runtime.throttle.hit(key, RESENDS, request=request)
