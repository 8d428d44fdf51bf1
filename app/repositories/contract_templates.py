"""Texts that contracts are made from."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import InstrumentedAttribute

from app.models import ContractTemplate
from app.repositories.base import Repository


class ContractTemplateRepository(Repository[ContractTemplate]):
    """One practice's templates."""

    model = ContractTemplate

    async def page(
        self, *, archived: bool | None, after: UUID | None, limit: int
    ) -> Sequence[ContractTemplate]:
        """Templates, newest first; one more than `limit`, if there are.

        `archived` None asks for both kinds.
        """
        statement = self.query().order_by(ContractTemplate.id.desc()).limit(limit + 1)
        if archived is not None:
            put_aside: InstrumentedAttribute[object] = ContractTemplate.archived_at
            found = put_aside.is_not(None) if archived else put_aside.is_(None)
            statement = statement.where(found)
        if after is not None:
            statement = statement.where(ContractTemplate.id < after)
        return (await self.session.scalars(statement)).all()
