"""Row versions as entity tags: `"v3"` (RFC 9110, sections 8.8.3 and 13.1)."""

from typing import Annotated

from fastapi import Header, Request, Response

from app.core.errors import VersionMismatch, VersionRequired

IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=500,
        description="The `ETag` you last saw: the change is refused when there is a newer one.",
        examples=['"v3"'],
    ),
]
"""The header of a change that must not overwrite somebody else's."""


def etag(version: int) -> str:
    """The strong entity tag of a row's version."""
    return f'"v{version}"'


def check_version(current: int, if_match: str | None, *, required: bool = False) -> None:
    """Refuse a change that does not know the current version.

    Raises VersionMismatch (412) when `If-Match` names others only, and VersionRequired (428)
    when the header is absent though `required`. Weak tags never match (strong comparison).
    """
    if if_match is None:
        if required:
            raise VersionRequired
        return
    if "*" not in _tags(if_match) and etag(current) not in _tags(if_match):
        raise VersionMismatch(headers={"ETag": etag(current)})


def not_modified(request: Request, tag: str) -> Response | None:
    """The 304 for a caller whose `If-None-Match` names `tag` already; else None."""
    known = request.headers.get("if-none-match")
    if known is None:
        return None
    tags = [candidate.removeprefix("W/") for candidate in _tags(known)]
    if "*" not in tags and tag not in tags:
        return None
    return Response(status_code=304, headers={"ETag": tag})


def _tags(header: str) -> list[str]:
    return [part.strip() for part in header.split(",")]
