"""Enrollments of a practice, or of one of its clients: read as columns, changed row by row."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    BindParameter,
    ColumnElement,
    Select,
    Uuid,
    any_,
    bindparam,
    select,
    text,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import Attendee, Enrollment
from app.models.appointments import LIVE as LIVE_SEAT
from app.models.programs import LIVE_STATUSES
from app.repositories.base import Repository
from app.repositories.enrollment_cards import CARDS, EnrollmentCard

IDS = bindparam("ids", type_=ARRAY(Uuid()))

BOOKED = (
    select(Attendee.enrollment_id)
    .where(
        Attendee.workspace_id == bindparam("workspace_id"),
        Attendee.enrollment_id == any_(IDS),
        text(LIVE_SEAT),
    )
    .distinct()
)


@dataclass(frozen=True, slots=True, kw_only=True)
class EnrollmentFilter:
    """Which enrollments, all of it; None means: does not matter."""

    program_id: UUID | None = None
    contact_id: UUID | None = None
    status: str | None = None

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the conditions in use."""
        candidates = {
            "program_id": self.program_id,
            "contact_id": self.contact_id,
            "status": self.status,
        }
        return {name: value for name, value in candidates.items() if value is not None}


class EnrollmentRepository(Repository[Enrollment]):
    """One practice's enrollments; with a `contact_id`, those of that client only."""

    model = Enrollment

    def __init__(
        self, session: AsyncSession, workspace_id: UUID, *, contact_id: UUID | None = None
    ) -> None:
        """Speak through `session`, about this practice, and maybe this client, only."""
        super().__init__(session, workspace_id)
        self.contact_id = contact_id

    def query(self) -> Select[Enrollment]:
        """A select that starts inside the scope."""
        statement = super().query()
        if self.contact_id is None:
            return statement
        return statement.where(Enrollment.contact_id == self.contact_id)

    async def card(self, enrollment_id: UUID) -> EnrollmentCard:
        """One enrollment; NotFound for a stranger's."""
        cards = await self.cards([enrollment_id])
        if not cards:
            raise NotFound
        return cards[0]

    async def cards(self, ids: Collection[UUID]) -> Sequence[EnrollmentCard]:
        """The enrollments with these ids, in the order they were made."""
        own = EnrollmentFilter(contact_id=self.contact_id)
        statement = _statement(tuple(own.values)).where(Enrollment.id == any_(IDS))
        found = await self.session.execute(
            statement.order_by(Enrollment.id),
            {"workspace_id": self.workspace_id, "ids": list(ids), **own.values},
        )
        cards: Sequence[EnrollmentCard] = found.all()
        return cards

    async def page(
        self, chosen: EnrollmentFilter, *, before: UUID | None, limit: int
    ) -> Sequence[EnrollmentCard]:
        """Enrollments, newest first; one more than `limit`, if there are."""
        values = chosen.values
        if self.contact_id is not None:
            values["contact_id"] = self.contact_id
        if before is not None:
            values["before"] = before
        found = await self.session.execute(
            _page_statement(tuple(values)),
            {"workspace_id": self.workspace_id, "row_limit": limit + 1, **values},
        )
        cards: Sequence[EnrollmentCard] = found.all()
        return cards

    async def live_in(self, program_id: UUID) -> Enrollment | None:
        """The enrollment in this program that goes on, locked; for a scope of one client."""
        statement = self.query().where(
            Enrollment.program_id == program_id, Enrollment.status.in_(LIVE_STATUSES)
        )
        return await self.session.scalar(statement.with_for_update(key_share=True))

    async def with_bookings(self, ids: Collection[UUID]) -> frozenset[UUID]:
        """Those of these enrollments that anything was booked in; one statement."""
        found = await self.session.scalars(
            BOOKED, {"workspace_id": self.workspace_id, "ids": list(ids)}
        )
        return frozenset(one for one in found if one is not None)


@lru_cache(maxsize=64)
def _statement(shape: tuple[str, ...]) -> Select[Any]:
    return CARDS.where(*(_condition(name) for name in shape))


@lru_cache(maxsize=64)
def _page_statement(shape: tuple[str, ...]) -> Select[Any]:
    return _statement(shape).order_by(Enrollment.id.desc()).limit(bindparam("row_limit"))


def _condition(name: str) -> ColumnElement[bool]:
    value: BindParameter[Any] = bindparam(name)
    conditions: dict[str, ColumnElement[bool]] = {
        "program_id": Enrollment.program_id == value,
        "contact_id": Enrollment.contact_id == value,
        "status": Enrollment.status == value,
        "before": Enrollment.id < value,
    }
    return conditions[name]
