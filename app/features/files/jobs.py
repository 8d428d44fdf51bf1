"""Work on files that is left to the dispatcher."""

from collections.abc import Sequence
from uuid import UUID

from app.core.events import Actor
from app.core.jobs import BULK, NewJob
from app.models import FileVersion

SCAN, THUMBNAIL, PURGE, RECONCILE = "file.scan", "file.thumbnail", "file.purge", "file.reconcile"


def scan(version: FileVersion, actor: Actor) -> NewJob:
    """Have a version looked at for viruses; `actor` is who uploaded it."""
    by = {"kind": actor.kind, "id": actor.id}
    return NewJob(kind=SCAN, payload={**_of(version), "actor": by})


def thumbnail(version: FileVersion) -> NewJob:
    """Have a small picture made of a version."""
    return NewJob(kind=THUMBNAIL, payload=_of(version), max_attempts=3)


def purge(workspace_id: UUID, keys: Sequence[str], *, file_id: UUID | None = None) -> NewJob:
    """Have objects removed, and then the rows of the deleted file they were of, if one is named."""
    payload = {"workspace_id": workspace_id, "keys": list(keys), "file_id": file_id}
    return NewJob(kind=PURGE, payload=payload, lane=BULK, max_attempts=50)


def reconcile(workspace_id: UUID) -> NewJob:
    """Have what a practice stores compared with what it has rows for."""
    key = f"{RECONCILE}:{workspace_id}"
    return NewJob(kind=RECONCILE, payload={"workspace_id": workspace_id}, lane=BULK, key=key)


def _of(version: FileVersion) -> dict[str, UUID]:
    return {"workspace_id": version.workspace_id, "version_id": version.id}
