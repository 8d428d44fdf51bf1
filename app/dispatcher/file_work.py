"""All that the dispatcher does for files."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clamd import Clamd
from app.core.db import Database
from app.core.jobs import enqueue
from app.core.storage import Storage
from app.dispatcher.file_purges import FilePurges
from app.dispatcher.file_reconciliation import FileReconciliation
from app.dispatcher.file_scans import FileScans
from app.dispatcher.file_thumbnails import FileThumbnails
from app.dispatcher.practice_sweeps import practice_sweep
from app.dispatcher.schedule import Sweep
from app.dispatcher.work import Effect
from app.features.files.jobs import PURGE, RECONCILE, SCAN, THUMBNAIL, reconcile
from app.repositories.file_upkeep import practices_with_files
from app.settings import Settings

FILE_TIMEOUTS: Mapping[str, float] = {SCAN: 180.0, PURGE: 300.0, RECONCILE: 1800.0}
"""Seconds, where a minute is too short."""


def file_effects(
    database: Database, storage: Storage, settings: Settings
) -> dict[str, Effect[Any, Any]]:
    """The effects behind files' jobs, by kind."""
    clamd = Clamd(settings.clamd_url) if settings.clamd_url else None
    return {
        SCAN: FileScans(database, storage, clamd),
        THUMBNAIL: FileThumbnails(database, storage),
        PURGE: FilePurges(database, storage),
        RECONCILE: FileReconciliation(database, storage),
    }


def file_sweep(database: Database) -> Sweep:
    """Has every practice's files compared with what is stored."""
    return practice_sweep(
        "files",
        database,
        every=timedelta(hours=1),
        due=practices_with_files,
        work=_ask_to_reconcile,
    )


async def _ask_to_reconcile(session: AsyncSession, workspace_id: UUID, _: datetime) -> None:
    await enqueue(session, reconcile(workspace_id))
