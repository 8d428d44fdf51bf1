"""Bringing contacts into a program: a bounded number of statements, however many contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists, insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, Enrollment
from app.models.programs import LIVE_STATUSES
from app.repositories.addressees import ADDRESSEES, Addressee, lock_contacts

CANDIDATES = ADDRESSEES.add_columns(
    exists()
    .where(
        Enrollment.workspace_id == Contact.workspace_id,
        Enrollment.contact_id == Contact.id,
        Enrollment.program_id == bindparam("program_id", type_=Uuid()),
        Enrollment.status.in_(LIVE_STATUSES),
    )
    .label("enrolled"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate(Addressee):
    """A contact who may be enrolled."""

    enrolled: bool


async def candidates(
    session: AsyncSession, workspace_id: UUID, program_id: UUID, contact_ids: Sequence[UUID]
) -> dict[UUID, Candidate]:
    """The practice's contacts among these, locked, by id. Two statements.

    The first waits for others who enrol the same people; only the second sees what they did.
    """
    await lock_contacts(session, workspace_id, contact_ids)
    values = {"workspace_id": workspace_id, "ids": list(contact_ids), "program_id": program_id}
    rows = await session.execute(CANDIDATES, values)
    found = [Candidate(**row) for row in rows.mappings()]
    return {one.contact_id: one for one in found}


async def add_enrollments(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Keep new enrollments; a second live one violates `enrollments_one_live_key`."""
    if rows:
        await session.execute(insert(Enrollment), list(rows))
