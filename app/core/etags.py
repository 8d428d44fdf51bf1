"""Row versions as entity tags: `"v3"` (RFC 9110, sections 8.8.3 and 13.1)."""

import re
from typing import Annotated
from zlib import crc32

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


DETAIL = re.compile(r'(?<=\d)-[0-9a-f]+(?="$)')


def etag(version: int, *moving: object) -> str:
    """The strong entity tag of a row's version, with a digest of what moves without an edit.

    `moving` makes a page that shows it stale, and gets in no editor's way.
    """
    detail = f"-{crc32(repr(moving).encode()):x}" if moving else ""
    return f'"v{version}{detail}"'


def check_version(current: int, if_match: str | None, *, required: bool = False) -> None:
    """Refuse a change that does not know the current version.

    Raises VersionMismatch (412) when `If-Match` names others only, and VersionRequired (428)
    when the header is absent though `required`. Weak tags never match (strong comparison); what
    merely moved since does not matter.
    """
    if if_match is None:
        if required:
            raise VersionRequired
        return
    known = {DETAIL.sub("", tag) for tag in _tags(if_match)}
    if not known & {"*", etag(current)}:
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
