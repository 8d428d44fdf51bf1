"""Programs of a practice: read as columns, with what they grant beside them."""

from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Row,
    Select,
    Uuid,
    and_,
    any_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
)

from app.core.errors import NotFound
from app.core.ids import new_id
from app.models import Allotment, AppointmentType, Program, Workspace
from app.repositories.base import Repository
from app.repositories.program_forms import FORMS

ProgramCard = Row[*tuple[Any, ...]]
"""A program's columns, its `forms`, and `allotments`: objects with a `position`, unordered."""

ALLOTMENTS = (
    select(
        func.jsonb_agg(
            func.jsonb_build_object(
                "position",
                Allotment.position,
                "appointment_type_id",
                Allotment.appointment_type_id,
                "unit",
                Allotment.unit,
                "amount",
                Allotment.amount,
                "expires_after_days",
                Allotment.expires_after_days,
                "name",
                AppointmentType.name,
                "duration_minutes",
                AppointmentType.duration_minutes,
            )
        )
    )
    .join(
        AppointmentType,
        and_(
            AppointmentType.workspace_id == Allotment.workspace_id,
            AppointmentType.id == Allotment.appointment_type_id,
        ),
    )
    .where(
        Allotment.workspace_id == Program.workspace_id,
        Allotment.program_id == Program.id,
    )
    .correlate(Program)
    .scalar_subquery()
    .label("allotments")
)

CARDS = select(*Program.__table__.c, ALLOTMENTS, FORMS).where(
    Program.workspace_id == bindparam("workspace_id")
)
CARD = CARDS.where(Program.id == bindparam("program_id"))
CARD_BY_SLUG = CARDS.where(Program.slug == bindparam("slug"))
NEWEST_FIRST = CARDS.order_by(Program.id.desc()).limit(bindparam("row_limit"))


def in_order(card: ProgramCard) -> list[dict[str, Any]]:
    """A program's allotments as the coach put them."""
    return sorted(card.allotments or (), key=lambda one: int(one["position"]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """So many `unit`s of an appointment type, for so many days from the start (None: for ever)."""

    appointment_type_id: UUID
    unit: str
    amount: int
    expires_after_days: int | None


class ProgramRepository(Repository[Program]):
    """One practice's programs."""

    model = Program

    async def card(self, program_id: UUID) -> ProgramCard:
        """One program; NotFound for a stranger's."""
        return await self._one(CARD, {"program_id": program_id})

    async def card_by_slug(self, slug: str) -> ProgramCard:
        """The program with this slug; NotFound when there is none."""
        return await self._one(CARD_BY_SLUG, {"slug": slug})

    async def _one(self, statement: Select[Any], values: dict[str, Any]) -> ProgramCard:
        found = await self.session.execute(statement, {"workspace_id": self.workspace_id, **values})
        card: ProgramCard | None = found.one_or_none()
        if card is None:
            raise NotFound
        return card

    async def page(
        self, *, status: str | None, before: UUID | None, limit: int
    ) -> Sequence[ProgramCard]:
        """Programs, newest first; one more than `limit`, if there are."""
        statement = _page_statement(by_status=status is not None, continued=before is not None)
        values = {"status": status, "before": before}
        found = await self.session.execute(
            statement,
            {
                "workspace_id": self.workspace_id,
                "row_limit": limit + 1,
                **{name: value for name, value in values.items() if value is not None},
            },
        )
        cards: Sequence[ProgramCard] = found.all()
        return cards

    async def slug_is_taken(self, slug: str) -> bool:
        """Whether a program of the practice has this slug."""
        taken = exists(self.query().where(Program.slug == slug))
        return bool(await self.session.scalar(select(taken)))

    async def unknown_types(self, type_ids: Collection[UUID]) -> set[UUID]:
        """Those of these ids that are no appointment type of the practice's, or an archived one."""
        if not type_ids:
            return set()
        known = select(AppointmentType.id).where(
            AppointmentType.workspace_id == self.workspace_id,
            AppointmentType.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
            AppointmentType.archived_at.is_(None),
        )
        return set(type_ids) - set(await self.session.scalars(known, {"ids": list(type_ids)}))

    async def grants(self, program_id: UUID) -> list[Granted]:
        """What the program grants now, in its order."""
        rows = await self.session.execute(
            select(
                Allotment.appointment_type_id,
                Allotment.unit,
                Allotment.amount,
                Allotment.expires_after_days,
            )
            .where(
                Allotment.workspace_id == self.workspace_id,
                Allotment.program_id == program_id,
            )
            .order_by(Allotment.position, Allotment.id)
        )
        return [Granted(**row) for row in rows.mappings()]

    async def replace_grants(self, program_id: UUID, grants: Sequence[Granted]) -> None:
        """Let the program grant this, and nothing else, from now on."""
        await self.session.execute(
            delete(Allotment).where(
                Allotment.workspace_id == self.workspace_id,
                Allotment.program_id == program_id,
            )
        )
        if grants:
            await self.session.execute(insert(Allotment), self._rows(program_id, grants))

    def _rows(self, program_id: UUID, grants: Sequence[Granted]) -> list[dict[str, Any]]:
        common = {"workspace_id": self.workspace_id, "program_id": program_id}
        return [
            {**common, "id": new_id(), "position": position, **asdict(grant)}
            for position, grant in enumerate(grants)
        ]

    async def currency(self) -> str:
        """The practice's own currency."""
        found: str = (
            await self.session.scalars(
                select(Workspace.currency).where(Workspace.workspace_id == self.workspace_id)
            )
        ).one()
        return found


@lru_cache
def _page_statement(*, by_status: bool, continued: bool) -> Select[Any]:
    statement = NEWEST_FIRST
    if by_status:
        statement = statement.where(Program.status == bindparam("status"))
    if continued:
        statement = statement.where(Program.id < bindparam("before"))
    return statement
