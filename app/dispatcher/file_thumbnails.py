"""Making small pictures of large ones: the effect behind `file.thumbnail` jobs."""

import asyncio
from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.errors import Invalid
from app.core.file_types import FileTypeNotAllowed
from app.core.jobs import enqueue
from app.core.raster import THUMBNAIL_TYPE, thumbnail
from app.core.storage import ObjectMissing, Storage, new_key
from app.dispatcher.practice_jobs import by_practice, endings_by_practice, named, practice_of
from app.dispatcher.work import ClaimedJob, Settled
from app.features.files.jobs import purge
from app.repositories.file_upkeep import StoredVersion, keep_thumbnail, versions_in_state

AT_ONCE = 1
"""Pictures decoded together in a process: each may take a quarter of a gigabyte."""


class FileThumbnails:
    """Makes thumbnails; what can't be decoded has none."""

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage
        self._turn = asyncio.Semaphore(AT_ONCE)

    async def load(
        self, session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Mapping[int, StoredVersion]:
        """The versions that still lack one, by job; one statement for each practice."""
        loaded: dict[int, StoredVersion] = {}
        for practice, some in by_practice(jobs):
            await self._database.enter(session, practice)
            ids = [named(job, "version_id") for job in some]
            without = await versions_in_state(session, practice, ids, state="available")
            versions = {version.id: version for version in without}
            loaded |= {
                job.id: versions[named(job, "version_id")]
                for job in some
                if named(job, "version_id") in versions
            }
        return loaded

    async def perform(self, job: ClaimedJob, loaded: StoredVersion) -> str:
        """Make one and store it; its key, empty where there can be none."""
        async with self._turn:
            try:
                small = await asyncio.to_thread(self._reduced, loaded)
            except (FileTypeNotAllowed, Invalid, ObjectMissing):
                return ""
        key = new_key(practice_of(job))
        await self._storage.put_small(key, small, media_type=THUMBNAIL_TYPE)
        return key

    def _reduced(self, version: StoredVersion) -> bytes:
        with self._storage.open(version.storage_key, version.size) as picture:
            return thumbnail(picture)

    async def settle(self, session: AsyncSession, results: Sequence[Settled[str]]) -> None:
        """Note where they are; those of versions that are gone go as well."""
        for practice, endings in endings_by_practice(results):
            await self._database.enter(session, practice)
            for ending in endings:
                version_id = named(ending.job, "version_id")
                if ending.result and not await keep_thumbnail(
                    session, practice, version_id, ending.result
                ):
                    await enqueue(session, purge(practice, [ending.result]))
