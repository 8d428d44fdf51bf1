"""Rows of files on their way in, and the count of bytes that keeps a practice's quota."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, delete, func, select, text, update

from app.core.errors import NotFound
from app.models import File, FileUsage, FileVersion
from app.repositories.base import Repository

RESERVE = text("""
INSERT INTO file_usage AS kept (workspace_id, bytes) VALUES (:workspace_id, :size)
ON CONFLICT (workspace_id) DO UPDATE SET bytes = kept.bytes + excluded.bytes
WHERE kept.bytes + excluded.bytes <= :quota
RETURNING bytes
""")


COUNTED = frozenset({"scanning", "available"})
"""States of versions whose objects stay."""


@dataclass(frozen=True, slots=True)
class Removed:
    """What goes with a file: the bytes that counted, and the keys of its objects."""

    size: int
    keys: Sequence[str]


class UploadRepository(Repository[FileVersion]):
    """One practice's versions, from the first byte to the last."""

    model = FileVersion

    async def begin(self, file: File, version: FileVersion) -> None:
        """Keep the rows of a new file."""
        file.workspace_id = version.workspace_id = self.workspace_id
        self.session.add(file)
        await self.session.flush()
        await self.begin_version(version)

    async def begin_version(self, version: FileVersion) -> None:
        """Keep the row of one more version."""
        self.add(version)
        await self.session.flush()

    async def waiting(self, version_id: UUID, *, state: str) -> tuple[File, FileVersion]:
        """A version in this state and its file, both locked; NotFound when it is elsewhere now."""
        file_of_version = select(FileVersion.file_id).where(
            FileVersion.workspace_id == self.workspace_id, FileVersion.id == version_id
        )
        file = await self.session.scalar(
            select(File)
            .where(
                File.workspace_id == self.workspace_id,
                File.id == file_of_version.scalar_subquery(),
                File.state != "deleted",
            )
            .with_for_update(key_share=True)
        )
        if file is None:
            raise NotFound
        version = await self.require(version_id, lock=True)
        if version.state != state:
            raise NotFound
        return file, version

    async def discard(self, version_id: UUID) -> None:
        """Forget a version that never came to its end, and its file if it had no other."""
        file_id = await self.session.scalar(
            delete(FileVersion)
            .where(
                FileVersion.workspace_id == self.workspace_id,
                FileVersion.id == version_id,
                FileVersion.state == "pending",
            )
            .returning(FileVersion.file_id)
        )
        others = select(FileVersion.id).where(
            FileVersion.workspace_id == File.workspace_id, FileVersion.file_id == File.id
        )
        await self.session.execute(
            delete(File).where(
                and_(File.workspace_id == self.workspace_id, File.id == file_id),
                ~others.exists(),
            )
        )

    async def mark_deleted(self, file: File) -> Removed:
        """Let a file, whose row is locked, and its versions be gone for everybody."""
        file.state = "deleted"
        await self.session.flush()
        of_file = self.query().where(FileVersion.file_id == file.id).with_for_update()
        versions = (await self.session.scalars(of_file)).all()
        removed = Removed(
            size=sum(version.size for version in versions if version.state in COUNTED),
            keys=[key for version in versions for key in _keys(version)],
        )
        for version in versions:
            version.state = "deleted"
        await self.session.flush()
        return removed

    async def reserve(self, size: int, *, quota: int) -> bool:
        """Count so many bytes more; False, and nothing counted, where the quota is too small."""
        if size > quota:
            return False
        values = {"workspace_id": self.workspace_id, "size": size, "quota": quota}
        return await self.session.scalar(RESERVE, values) is not None

    async def release(self, size: int) -> None:
        """Count so many bytes less."""
        await self.session.execute(
            update(FileUsage)
            .where(FileUsage.workspace_id == self.workspace_id)
            .values(bytes=func.greatest(FileUsage.bytes - size, 0))
        )

    async def usage(self) -> int:
        """The bytes a practice keeps."""
        statement = select(FileUsage.bytes).where(FileUsage.workspace_id == self.workspace_id)
        return await self.session.scalar(statement) or 0


def _keys(version: FileVersion) -> list[str]:
    return [key for key in (version.storage_key, version.thumbnail_key) if key]
