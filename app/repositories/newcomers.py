"""Enrollments that begin, and what their program gives each of them; set by set."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Table, Uuid, and_, any_, bindparam, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, Enrollment, File, FileShare, User, Workspace
from app.models.base import TenantRecord
from app.repositories.zones import ZONE_NAME

Newcomer = Row[*tuple[Any, ...]]
"""An enrollment's `enrollment_id` and `contact_id`, and the contact's `zone`."""

NEWCOMERS = (
    select(Enrollment.id.label("enrollment_id"), Enrollment.contact_id, ZONE_NAME.label("zone"))
    .join(
        Contact,
        and_(Contact.workspace_id == Enrollment.workspace_id, Contact.id == Enrollment.contact_id),
    )
    .join(Workspace, Workspace.workspace_id == Enrollment.workspace_id)
    .outerjoin(User, User.id == Contact.user_id)
    .where(
        Enrollment.workspace_id == bindparam("workspace_id"),
        Enrollment.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
    )
    .order_by(Enrollment.id)
)

SHOWN = (
    select(File.name)
    .join(
        FileShare,
        and_(FileShare.workspace_id == File.workspace_id, FileShare.file_id == File.id),
    )
    .where(
        File.workspace_id == bindparam("workspace_id"),
        FileShare.program_id == bindparam("program_id"),
        File.state == "available",
    )
    .order_by(FileShare.id)
    .limit(bindparam("row_limit"))
)


async def newcomers(
    session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
) -> Sequence[Newcomer]:
    """These enrollments, with the clock their contacts live by."""
    values = {"workspace_id": workspace_id, "ids": list(enrollment_ids)}
    return (await session.execute(NEWCOMERS, values)).all()


async def add_once(
    session: AsyncSession, model: type[TenantRecord], rows: Sequence[Mapping[str, Any]]
) -> set[UUID]:
    """Keep what enrollments get from templates; the ids of those that were not there yet."""
    if not rows:
        return set()
    table = _table(model)
    added = insert(table).on_conflict_do_nothing().returning(table.c.id)
    return set(await session.scalars(added, list(rows)))


async def add_all(
    session: AsyncSession, model: type[TenantRecord], rows: Iterable[Mapping[str, Any]]
) -> None:
    """Keep rows; one statement for any number."""
    listed = list(rows)
    if listed:
        await session.execute(insert(_table(model)), listed)


def _table(model: type[TenantRecord]) -> Table:
    """Into a mapped class, rows would be sent one by one."""
    return model.metadata.tables[model.__tablename__]


async def files_shown(
    session: AsyncSession, workspace_id: UUID, program_id: UUID, *, most: int
) -> Sequence[str]:
    """The names of files a program shows to its clients, the earliest first."""
    values = {"workspace_id": workspace_id, "program_id": program_id, "row_limit": most}
    return (await session.scalars(SHOWN, values)).all()
