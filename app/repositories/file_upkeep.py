"""What the dispatcher needs to know of files, and to write down about them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select, union, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contract, File, FileUsage, FileVersion
from app.repositories.contract_objects import contract_keys
from app.repositories.file_uploads import COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredVersion:
    """A version whose object is to be read; `size` in bytes."""

    id: UUID
    storage_key: str
    size: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """What a practice's rows say of its objects.

    `keys` are those that must stay, `settled_keys` those of them that must be there; `broken`
    are the pending versions whose upload is long over.
    """

    workspace_id: UUID
    keys: frozenset[str]
    settled_keys: frozenset[str]
    broken: Sequence[UUID]


async def versions_in_state(
    session: AsyncSession, workspace_id: UUID, version_ids: Sequence[UUID], *, state: str
) -> Sequence[StoredVersion]:
    """Those of these versions that are in this state and have no thumbnail yet."""
    rows = await session.execute(
        select(FileVersion.id, FileVersion.storage_key, FileVersion.size).where(
            FileVersion.workspace_id == workspace_id,
            FileVersion.id.in_(version_ids),
            FileVersion.state == state,
            FileVersion.thumbnail_key.is_(None),
        )
    )
    return [StoredVersion(**row) for row in rows.mappings()]


async def keep_thumbnail(
    session: AsyncSession, workspace_id: UUID, version_id: UUID, key: str
) -> bool:
    """Note where a version's thumbnail is; False when it is gone, or has one already."""
    kept = await session.scalar(
        update(FileVersion)
        .where(
            FileVersion.workspace_id == workspace_id,
            FileVersion.id == version_id,
            FileVersion.state == "available",
            FileVersion.thumbnail_key.is_(None),
        )
        .values(thumbnail_key=key)
        .returning(FileVersion.id)
    )
    return kept is not None


async def forget_deleted(
    session: AsyncSession, workspace_id: UUID, *, file_id: UUID | None, before: datetime | None
) -> None:
    """Remove the rows of a deleted file, or of all that were deleted before an instant."""
    gone = delete(File).where(File.workspace_id == workspace_id, File.state == "deleted")
    if file_id is not None:
        gone = gone.where(File.id == file_id)
    if before is not None:
        gone = gone.where(File.updated_at < before)
    await session.execute(gone)


async def practices_with_files(session: AsyncSession, _: datetime) -> Sequence[UUID]:
    """The practices that keep, or kept, any, or have contracts."""
    found = await session.scalars(
        union(
            select(FileVersion.workspace_id),
            select(FileUsage.workspace_id),
            select(Contract.workspace_id),
        )
    )
    return found.all()


async def inventory(session: AsyncSession, workspace_id: UUID, *, before: datetime) -> Inventory:
    """What a practice has rows for; uploads begun `before` are over, whatever became of them."""
    rows = await session.execute(
        select(
            FileVersion.id,
            FileVersion.state,
            FileVersion.storage_key,
            FileVersion.thumbnail_key,
            (FileVersion.created_at < before).label("old"),
        ).where(
            FileVersion.workspace_id == workspace_id,
            FileVersion.state.in_(("pending", *COUNTED)),
        )
    )
    arriving: set[str] = set()
    settled: set[str] = set()
    broken: list[UUID] = []
    for row in rows:
        if row.state == "pending" and row.old:
            broken.append(row.id)
        elif row.state == "pending":
            arriving.add(row.storage_key)
        else:
            settled.update(key for key in (row.storage_key, row.thumbnail_key) if key)
    settled |= await contract_keys(session, workspace_id)
    return Inventory(
        workspace_id=workspace_id,
        keys=frozenset(arriving | settled),
        settled_keys=frozenset(settled),
        broken=broken,
    )


async def recount(session: AsyncSession, workspace_id: UUID) -> None:
    """Count a practice's bytes anew, from its versions."""
    counted = (
        select(func.coalesce(func.sum(FileVersion.size), 0))
        .where(FileVersion.workspace_id == workspace_id, FileVersion.state.in_(COUNTED))
        .scalar_subquery()
    )
    # the row is the quota's lock: whoever finishes an upload waits, and is counted after
    await session.execute(
        select(FileUsage.bytes).where(FileUsage.workspace_id == workspace_id).with_for_update()
    )
    await session.execute(
        update(FileUsage).where(FileUsage.workspace_id == workspace_id).values(bytes=counted)
    )
