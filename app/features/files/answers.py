"""Files' rows as answers, made without validating again what the database holds."""

from typing import Any

from fastapi import Request, Response
from sqlalchemy import Row

from app.core.etags import etag, not_modified
from app.features.files.links import thumbnail_url
from app.features.files.schemas import FileOut, FileShareOut, FileVersionOut, UploadedBy
from app.features.files.viewing import Viewer
from app.repositories.file_cards import FileCard

PLAIN = (
    *("id", "name", "state", "refusal", "media_type", "sha256", "width", "height"),
    *("contact_id", "shared", "version", "created_at", "updated_at"),
)
OF_VERSION = (
    *("number", "state", "refusal", "media_type", "sha256", "width", "height", "created_at"),
)


def file_out(card: FileCard, viewer: Viewer) -> FileOut:
    """A file as the API gives it to this viewer."""
    ours = card.side == viewer.audience.side
    author = UploadedBy.model_construct(
        side=card.side, member_id=card.author_id, name=card.author_name
    )
    return FileOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        size_bytes=card.size,
        version_number=card.number,
        version_count=card.latest_number if ours else 1,
        uploaded_by=author,
        can_edit=ours,
        thumbnail_url=_thumbnail(card, viewer),
    )


def _thumbnail(card: FileCard, viewer: Viewer) -> str | None:
    return thumbnail_url(viewer, card.id, card.number) if card.thumbnail_key else None


def tagged(response: Response, card: FileCard, viewer: Viewer) -> FileOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = _tag(card)
    return file_out(card, viewer)


def tagged_or_known(
    request: Request, response: Response, card: FileCard, viewer: Viewer
) -> FileOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    return not_modified(request, _tag(card)) or tagged(response, card, viewer)


def _tag(card: FileCard) -> str:
    """Being shared, scanned or reduced is no edit, but a page that shows it is stale."""
    return etag(card.version, card.state, card.shared, card.thumbnail_key, card.author_name)


def version_out(row: Row[Any]) -> FileVersionOut:
    """A version as the API gives it."""
    return FileVersionOut.model_construct(
        **{name: getattr(row, name) for name in OF_VERSION}, size_bytes=row.size
    )


def share_out(row: Row[Any]) -> FileShareOut:
    """Somebody a file is shown to."""
    name = row.program_name or f"{row.first_name} {row.last_name}".rstrip()
    shown: dict[str, Any] = {"id": row.id, "contact_id": row.contact_id}
    return FileShareOut.model_construct(
        **shown, program_id=row.program_id, name=name, shared_at=row.created_at
    )
