"""Addresses of files for those who can't send a token along: browsers, players, pictures.

A link names the person it was made for, and works only as long as they see the file.
"""

import struct
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from app.core.clock import now
from app.core.errors import NotFound
from app.core.signed_links import SignedLinks
from app.features.files.schemas import FileLinkOut
from app.features.files.viewing import Viewer

NAMED = struct.Struct(">16s16s16sH??")
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a link leads to: a version, or its thumbnail; and whom, on which side, it is for."""

    workspace_id: UUID
    file_id: UUID
    user_id: UUID
    number: int
    by_client: bool
    thumbnail: bool

    def packed(self) -> bytes:
        """The same in a few bytes."""
        ids = (self.workspace_id.bytes, self.file_id.bytes, self.user_id.bytes)
        return NAMED.pack(*ids, self.number, self.by_client, self.thumbnail)


def read_link(links: SignedLinks, token: str) -> Target:
    """What a link leads to; NotFound for a forged one, LinkExpired (410) for an old one."""
    named = links.read(token)
    if len(named) != NAMED.size:
        raise NotFound
    workspace, file, user, number, by_client, thumbnail = NAMED.unpack(named)
    return Target(
        workspace_id=UUID(bytes=workspace),
        file_id=UUID(bytes=file),
        user_id=UUID(bytes=user),
        number=number,
        by_client=by_client,
        thumbnail=thumbnail,
    )


def link_to(viewer: Viewer, file_id: UUID, number: int, *, lifetime: timedelta) -> FileLinkOut:
    """An address of a version that works for so long."""
    expires_at = (now() + lifetime).replace(microsecond=0)
    url = _url(viewer, file_id, number, expires_at=expires_at, thumbnail=False)
    return FileLinkOut(url=url, expires_at=expires_at)


def thumbnail_url(viewer: Viewer, file_id: UUID, number: int) -> str:
    """An address of a thumbnail, the same for an hour, so that browsers keep the picture."""
    hours = int(now().timestamp()) // int(HOUR.total_seconds())
    expires_at = datetime.fromtimestamp(0, now().tzinfo) + (hours + 2) * HOUR
    return _url(viewer, file_id, number, expires_at=expires_at, thumbnail=True)


def _url(
    viewer: Viewer, file_id: UUID, number: int, *, expires_at: datetime, thumbnail: bool
) -> str:
    target = Target(
        workspace_id=viewer.audience.workspace_id,
        file_id=file_id,
        user_id=viewer.user_id,
        number=number,
        by_client=viewer.audience.side == "client",
        thumbnail=thumbnail,
    )
    token = viewer.runtime.links.sign(target.packed(), expires_at=expires_at)
    return f"{viewer.runtime.settings.api_url}/v1/public/files/{token}"
