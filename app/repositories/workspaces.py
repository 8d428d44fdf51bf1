"""A practice's own row, and its line in the directory of all practices."""

from uuid import UUID

from sqlalchemy import select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import Workspace, WorkspaceListing


class WorkspaceRepository:
    """One practice."""

    def __init__(self, session: AsyncSession, workspace_id: UUID) -> None:
        """Speak through `session`, about this practice only."""
        self.session = session
        self.workspace_id = workspace_id

    async def require(self, *, lock: bool = False) -> Workspace:
        """The practice; with `lock`, other writers wait until this transaction ends."""
        statement = select(Workspace).where(Workspace.workspace_id == self.workspace_id)
        if lock:
            statement = statement.with_for_update(key_share=True)
        workspace = await self.session.scalar(statement)
        if workspace is None:
            raise NotFound
        return workspace

    async def list_as(self, *, name: str, slug: str) -> None:
        """Change the line in the directory.

        A slug another practice has violates `workspace_directory_slug_key`.
        """
        await self.session.execute(
            update(WorkspaceListing)
            .where(WorkspaceListing.workspace_id == self.workspace_id)
            .values(name=name, slug=slug)
        )
