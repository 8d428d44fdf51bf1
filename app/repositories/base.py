"""What every repository of a practice's rows shares: a scope that can't be left out."""

from typing import Any, ClassVar, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models.base import TenantRecord

Row = TypeVar("Row", bound=TenantRecord)


class Repository(Generic[Row]):
    """The rows of one table that belong to one practice."""

    model: ClassVar[type[Any]]

    def __init__(self, session: AsyncSession, workspace_id: UUID) -> None:
        """Speak through `session`, about this workspace only."""
        self.session = session
        self.workspace_id = workspace_id

    def query(self) -> Select[Row]:
        """A select that starts inside the scope."""
        statement: Select[Row] = select(self.model)
        return statement.where(self.model.workspace_id == self.workspace_id)

    def add(self, row: Row) -> Row:
        """Keep a new row, stamped with the workspace."""
        row.workspace_id = self.workspace_id
        self.session.add(row)
        return row

    async def require(self, row_id: UUID, *, lock: bool = False) -> Row:
        """The row with this id; NotFound when it is absent or another practice's.

        With `lock`, other writers of the row wait until this transaction ends.
        """
        statement = self.query().where(self.model.id == row_id)
        if lock:
            statement = statement.with_for_update(key_share=True)
        row = await self.session.scalar(statement)
        if row is None:
            raise NotFound
        return row

    async def delete(self, row: Row) -> None:
        """Remove a row, at once."""
        await self.session.delete(row)
        await self.session.flush()
