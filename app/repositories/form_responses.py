"""What was asked of contacts and what they answered, as far as one of the two sides sees it.

What a client writes until they submit is the client's alone: the team reads revisions.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Select, Uuid, and_, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import Contact, FormResponse, FormRevision, FormVersion
from app.repositories.audiences import Audience
from app.repositories.base import Repository

ResponseCard = Row[*tuple[Any, ...]]
"""A response's columns (its `answers` too), its version's `title`, `form_version` and
`definition`, its contact's names, and of the latest revision `score`, `band`, `late` and
`reopen_comment`."""

CARDS = (
    select(
        *FormResponse.__table__.c,
        FormVersion.title,
        FormVersion.number.label("form_version"),
        Contact.first_name,
        Contact.last_name,
        FormRevision.score,
        FormRevision.band,
        FormRevision.late,
        FormRevision.reopen_comment,
    )
    .join(
        FormVersion,
        and_(
            FormVersion.workspace_id == FormResponse.workspace_id,
            FormVersion.id == FormResponse.version_id,
        ),
    )
    .join(
        Contact,
        and_(
            Contact.workspace_id == FormResponse.workspace_id,
            Contact.id == FormResponse.contact_id,
        ),
    )
    .outerjoin(
        FormRevision,
        and_(
            FormRevision.workspace_id == FormResponse.workspace_id,
            FormRevision.response_id == FormResponse.id,
            FormRevision.number == FormResponse.latest_revision,
        ),
    )
    .where(FormResponse.workspace_id == bindparam("workspace_id"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResponseFilter:
    """What responses must match, all of it; None means: does not matter."""

    form_id: UUID | None = None
    contact_id: UUID | None = None
    status: str | None = None


class FormResponseRepository(Repository[FormResponse]):
    """The responses an audience sees: the team all of its practice's, a client their own."""

    model = FormResponse

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, about what this audience may see only."""
        super().__init__(session, audience.workspace_id)
        self.audience = audience

    def query(self) -> Select[FormResponse]:
        """A select that starts with what the audience sees."""
        return self._within(super().query())

    async def card(self, response_id: UUID) -> ResponseCard:
        """One response; NotFound for what the audience does not see."""
        found = self._cards().where(FormResponse.id == response_id)
        card: ResponseCard | None = (await self._ask(found)).one_or_none()
        if card is None:
            raise NotFound
        return card

    async def cards(self, ids: Sequence[UUID]) -> Sequence[ResponseCard]:
        """These responses, the earliest first."""
        chosen = any_(bindparam("ids", type_=ARRAY(Uuid())))
        found = self._cards().where(FormResponse.id == chosen).order_by(FormResponse.id)
        cards: Sequence[ResponseCard] = (await self._ask(found, ids=list(ids))).all()
        return cards

    async def page(
        self, chosen: ResponseFilter, *, before: UUID | None, limit: int
    ) -> Sequence[ResponseCard]:
        """Responses, newest first, before `before`; one more than `limit`, if there are."""
        statement = self._cards().order_by(FormResponse.id.desc()).limit(limit + 1)
        for name in ("form_id", "contact_id", "status"):
            wanted = getattr(chosen, name)
            if wanted is not None:
                statement = statement.where(FormResponse.__table__.c[name] == wanted)
        if before is not None:
            statement = statement.where(FormResponse.id < before)
        cards: Sequence[ResponseCard] = (await self._ask(statement)).all()
        return cards

    async def take_open(self, enrollment_id: UUID) -> Sequence[FormResponse]:
        """What an enrollment is still asked for, locked.

        Left out is what somebody works on this moment: they may wait for the enrollment's row.
        """
        asked = self.query().where(
            FormResponse.enrollment_id == enrollment_id, FormResponse.status == "draft"
        )
        locked = asked.order_by(FormResponse.id).with_for_update(skip_locked=True)
        return (await self.session.scalars(locked)).all()

    async def version_of(self, response: FormResponse | ResponseCard) -> FormVersion:
        """The version of the form that the response belongs to."""
        key = (self.workspace_id, response.version_id)
        return await self.session.get_one(FormVersion, key)

    async def revisions(self, response_id: UUID) -> Sequence[FormRevision]:
        """All that was submitted, the latest first."""
        found = select(FormRevision).where(
            FormRevision.workspace_id == self.workspace_id,
            FormRevision.response_id == response_id,
        )
        return (await self.session.scalars(found.order_by(FormRevision.number.desc()))).all()

    async def latest_revision(self, response: FormResponse | ResponseCard) -> FormRevision | None:
        """What was submitted last."""
        return await self.session.scalar(
            select(FormRevision).where(
                FormRevision.workspace_id == self.workspace_id,
                FormRevision.response_id == response.id,
                FormRevision.number == response.latest_revision,
            )
        )

    def _cards(self) -> Select[Any]:
        return self._within(CARDS)

    def _within(self, statement: Select[Any]) -> Select[Any]:
        if self.audience.side == "client":
            return statement.where(FormResponse.contact_id == self.audience.contact_id)
        return statement

    async def _ask(self, statement: Select[Any], **values: Any) -> Any:
        return await self.session.execute(statement, {"workspace_id": self.workspace_id, **values})
