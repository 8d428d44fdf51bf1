"""Having uploads looked at for viruses: the effect behind `file.scan` jobs.

Whatever goes wrong, a file that was not found clean is seen by nobody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clamd import Clamd, ScannerAway, ScanRefused
from app.core.db import Database
from app.core.errors import NotFound
from app.core.events import Actor
from app.core.storage import ObjectMissing, Storage
from app.dispatcher.failures import Unavailable
from app.dispatcher.practice_jobs import by_practice, endings_by_practice, named
from app.dispatcher.work import ClaimedJob, Settled
from app.features.files.arrival import make_available, refuse
from app.repositories.file_upkeep import StoredVersion, versions_in_state
from app.repositories.file_uploads import UploadRepository

NEVER_SCANNED = "It could not be scanned."


@dataclass(frozen=True, slots=True)
class Verdict:
    """What becomes of a version, and why it is refused."""

    state: Literal["available", "infected", "rejected"]
    refusal: str = ""


class FileScans:
    """Scans versions with clamd; where settings name none any more, they pass."""

    def __init__(self, database: Database, storage: Storage, clamd: Clamd | None) -> None:
        self._database = database
        self._storage = storage
        self._clamd = clamd

    async def load(
        self, session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Mapping[int, StoredVersion]:
        """The versions that still wait, by job; one statement for each practice."""
        loaded: dict[int, StoredVersion] = {}
        for practice, some in by_practice(jobs):
            await self._database.enter(session, practice)
            ids = [named(job, "version_id") for job in some]
            waiting = await versions_in_state(session, practice, ids, state="scanning")
            versions = {version.id: version for version in waiting}
            loaded |= {
                job.id: versions[id_] for job, id_ in zip(some, ids, strict=True) if id_ in versions
            }
        return loaded

    async def perform(self, job: ClaimedJob, loaded: StoredVersion) -> Verdict:  # noqa: ARG002 - Effect's
        """Have one version looked at."""
        if self._clamd is None:
            return Verdict("available")
        content = self._storage.stream(loaded.storage_key, 0, loaded.size)
        try:
            finding = await self._clamd.scan(content)
        except ScannerAway as error:
            raise Unavailable(f"clamd: {error}") from error
        except ScanRefused as error:
            return Verdict("rejected", str(error))
        except ObjectMissing:
            return Verdict("rejected", "Its content is missing.")
        return Verdict("infected", finding.virus) if finding.virus else Verdict("available")

    async def settle(self, session: AsyncSession, results: Sequence[Settled[Verdict]]) -> None:
        """Let each version be seen, or keep it from everybody."""
        for practice, endings in endings_by_practice(results):
            await self._database.enter(session, practice)
            uploads = UploadRepository(session, practice)
            for ending in endings:
                if ending.result:
                    await _apply(uploads, ending.job, ending.result)
                elif ending.outcome == "dead":
                    await _apply(uploads, ending.job, Verdict("rejected", NEVER_SCANNED))


async def _apply(uploads: UploadRepository, job: ClaimedJob, verdict: Verdict) -> None:
    try:
        file, version = await uploads.waiting(named(job, "version_id"), state="scanning")
    except NotFound:
        return  # deleted meanwhile
    by = job.payload["actor"]
    actor = Actor(by["kind"], UUID(by["id"]) if by["id"] else None)
    if verdict.state == "available":
        await make_available(uploads.session, file, version, actor)
        return
    await refuse(
        uploads.session, file, version, state=verdict.state, refusal=verdict.refusal, actor=actor
    )
