"""What shared files are called, for the letters that tell of them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import RecordedEvent
from app.models import File, FileShare

NAMES = (
    select(FileShare.id, File.name)
    .join(File, (File.workspace_id == FileShare.workspace_id) & (File.id == FileShare.file_id))
    .where(
        FileShare.workspace_id == bindparam("workspace_id", type_=Uuid()),
        FileShare.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
    )
    # whoever takes the sharing back finds the letter, or its absence
    .with_for_update(read=True, of=FileShare)
)


async def shared_file_names(
    session: AsyncSession, workspace_id: UUID, events: Sequence[RecordedEvent]
) -> Mapping[UUID, str]:
    """The names of the files these events share, by event, where the sharing still stands."""
    share_ids = {
        event.id: UUID(event.data["share_id"]) for event in events if event.type == "file.shared"
    }
    if not share_ids:
        return {}
    wanted = {"workspace_id": workspace_id, "ids": list(set(share_ids.values()))}
    rows = await session.execute(NAMES, wanted)
    names = {row.id: row.name for row in rows}
    return {event: names[share] for event, share in share_ids.items() if share in names}
