"""Comparing what is stored with what there are rows for: the effect behind `file.reconcile` jobs.

A process that was killed leaves a row without its object, or an object without its row. Both go,
once they are older than any upload takes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import Database
from app.core.storage import Storage
from app.dispatcher.practice_jobs import by_practice, endings_by_practice
from app.dispatcher.work import ClaimedJob, Settled
from app.repositories.file_upkeep import Inventory, forget_deleted, inventory, recount
from app.repositories.file_uploads import UploadRepository

OVER_AFTER = timedelta(hours=2)
"""No upload takes that long; see LONGEST_UPLOAD."""

NAMED_AT_MOST = 5

log = structlog.get_logger(__name__)


@dataclass(frozen=True, slots=True)
class Swept:
    """What a comparison found: uploads that came to nothing, and keys without an object."""

    broken: Sequence[UUID]
    missing: frozenset[str]


class FileReconciliation:
    """Removes objects nobody knows of and rows that came to nothing, and counts bytes anew.

    The bucket's prefix, or the folder, must be this installation's alone.
    """

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    async def load(
        self, session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Mapping[int, Inventory]:
        """What each practice has rows for."""
        loaded: dict[int, Inventory] = {}
        for practice, some in by_practice(jobs):
            await self._database.enter(session, practice)
            known = await inventory(session, practice, before=now() - OVER_AFTER)
            loaded |= {job.id: known for job in some}
        return loaded

    async def perform(self, job: ClaimedJob, loaded: Inventory) -> Swept:  # noqa: ARG002 - Effect's
        """Remove every object without a row, and what broken uploads left."""
        before, folder = now() - OVER_AFTER, str(loaded.workspace_id)
        unknown, missing = await self._compared(loaded, folder, before=before)
        await self._storage.delete(unknown)
        unfinished = await self._storage.drop_unfinished(folder, before=before)
        if unknown or unfinished or loaded.broken:
            figures = {"objects": len(unknown), "unfinished": unfinished}
            log.info("files_swept", practice=folder, broken=len(loaded.broken), **figures)
        return Swept(loaded.broken, missing)

    async def _compared(
        self, known: Inventory, folder: str, *, before: datetime
    ) -> tuple[Sequence[str], frozenset[str]]:
        """The keys without a row, and the rows' keys without an object."""
        unknown: list[str] = []
        present: set[str] = set()
        async for found in self._storage.objects(folder):
            present.add(found.key)
            if found.key not in known.keys and found.modified_at < before:
                unknown.append(found.key)
        return unknown, known.settled_keys - present

    async def settle(self, session: AsyncSession, results: Sequence[Settled[Swept]]) -> None:
        """Remove the rows that came to nothing, count what is left, tell what is missing."""
        for practice, endings in endings_by_practice(results):
            await self._database.enter(session, practice)
            for ending in endings:
                if ending.result:
                    await _tidy(session, practice, ending.result)


async def _tidy(session: AsyncSession, practice: UUID, swept: Swept) -> None:
    uploads = UploadRepository(session, practice)
    for version_id in swept.broken:
        await uploads.discard(version_id)
    before = now() - OVER_AFTER
    await forget_deleted(session, practice, file_id=None, before=before)
    await recount(session, practice)
    if swept.missing:  # unless they were deleted while we looked
        known = await inventory(session, practice, before=before)
        _tell(practice, swept.missing & known.settled_keys)


def _tell(practice: UUID, missing: frozenset[str]) -> None:
    if missing:
        some = sorted(missing)[:NAMED_AT_MOST]
        log.error("file_objects_missing", practice=str(practice), count=len(missing), some=some)
