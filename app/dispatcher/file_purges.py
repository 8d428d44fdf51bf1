"""Removing the objects of deleted files: the effect behind `file.purge` jobs."""

from collections.abc import Mapping, Sequence

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.storage import Storage
from app.dispatcher.practice_jobs import endings_by_practice, named
from app.dispatcher.work import ClaimedJob, Settled
from app.repositories.file_upkeep import forget_deleted


class FilePurges:
    """Removes objects first and rows after, so that nothing is left that nobody knows of."""

    def __init__(self, database: Database, storage: Storage) -> None:
        self._database = database
        self._storage = storage

    async def load(
        self,
        session: AsyncSession,  # noqa: ARG002 - Effect's
        jobs: Sequence[ClaimedJob],
    ) -> Mapping[int, Sequence[str]]:
        """The keys, which the jobs carry themselves."""
        return {job.id: job.payload["keys"] for job in jobs}

    async def perform(self, job: ClaimedJob, loaded: Sequence[str]) -> bool:  # noqa: ARG002 - Effect's
        """Remove the objects; those that are gone already do no harm."""
        await self._storage.delete(loaded)
        return True

    async def settle(self, session: AsyncSession, results: Sequence[Settled[bool]]) -> None:
        """Remove the rows of the files they were of."""
        for practice, endings in endings_by_practice(results):
            await self._database.enter(session, practice)
            for ending in endings:
                if ending.result and ending.job.payload["file_id"]:
                    file_id = named(ending.job, "file_id")
                    await forget_deleted(session, practice, file_id=file_id, before=None)
