"""Files for whoever holds a signed link; needs no sign-in."""

from typing import Annotated

from fastapi import Path, Request, Response

from app.access.limits import per_address
from app.access.runtime import RuntimeInApp
from app.core.errors import TooManyRequests
from app.core.problem_catalogue import problems
from app.core.signed_links import LinkExpired
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.features.files import opening
from app.features.files.documented import CONTENT_ANSWER

LIMITED = per_address(Policy(name="file-links", limit=1200, per_seconds=60))

Token = Annotated[str, Path(max_length=300)]

router = api_router("/v1/public/files", "files")


@router.get(
    "/{token}",
    dependencies=[LIMITED],
    response_class=Response,
    responses={**CONTENT_ANSWER, **problems(LinkExpired, TooManyRequests)},
)
async def open_file_link(token: Token, runtime: RuntimeInApp, request: Request) -> Response:
    """What a signed link leads to, whole or in part, while its maker still sees it."""
    return await opening.open_link(request, runtime, token)
