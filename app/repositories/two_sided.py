"""What a practice has about each contact, as far as one of its two sides may see it."""

from collections.abc import Sequence
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import Row as SQLRow
from sqlalchemy import Select, bindparam
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models.base import TenantRecord
from app.repositories.audiences import Audience
from app.repositories.base import Repository
from app.repositories.belongings import is_enrolled
from app.repositories.narrowing import Cards, Chosen

Row = TypeVar("Row", bound=TenantRecord)

Card = SQLRow[*tuple[Any, ...]]


class TwoSidedRepository(Repository[Row]):
    """Rows with a contact: the team sees all of its practice's, a client their own.

    Among the conditions that `cards` know are `row_id`, `before` (an id) and `only_contact_id`.
    """

    cards: ClassVar[Cards]

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, about what this audience may see only."""
        super().__init__(session, audience.workspace_id)
        self.audience = audience

    def query(self) -> Select[Row]:
        """A select that starts with what the audience sees."""
        statement = super().query()
        if self.audience.side == "client":
            statement = statement.where(self.model.contact_id == self.audience.contact_id)
        return statement

    @property
    def scope(self) -> dict[str, Any]:
        """The parameters that every statement over `cards` takes."""
        return self.audience.scope

    async def card(self, row_id: UUID) -> Card:
        """One of them; NotFound for what the audience does not see."""
        values = {**self.scope, "row_id": row_id}
        result = await self.session.execute(self.cards.under(frozenset(values)), values)
        card: Card | None = result.one_or_none()
        if card is None:
            raise NotFound
        return card

    async def page(self, chosen: Chosen, *, before: UUID | None, limit: int) -> Sequence[Card]:
        """Those chosen, newest first, before the id `before`; one more than `limit`, if any."""
        values = {**self.scope, **chosen.values}
        if before is not None:
            values["before"] = before
        statement = self.cards.under(frozenset(values)).order_by(self.model.id.desc())
        result = await self.session.execute(
            statement.limit(bindparam("row_limit")), {**values, "row_limit": limit + 1}
        )
        cards: Sequence[Card] = result.all()
        return cards

    async def is_enrolled(self, contact_id: UUID, enrollment_id: UUID) -> bool:
        """Whether this is an enrollment of the contact's."""
        return await is_enrolled(
            self.session, self.workspace_id, contact_id=contact_id, enrollment_id=enrollment_id
        )
