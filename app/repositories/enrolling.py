"""Bringing contacts into a program: a bounded number of statements, however many contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, any_, bindparam, exists, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, Enrollment, Suppression
from app.models.programs import LIVE_STATUSES

IDS = bindparam("ids", type_=ARRAY(Uuid()))

LOCKED = (
    select(Contact.id)
    .where(Contact.workspace_id == bindparam("workspace_id"), Contact.id == any_(IDS))
    .order_by(Contact.id)
    .with_for_update(key_share=True)
)

CANDIDATES = (
    select(
        Contact.id.label("contact_id"),
        Contact.email_norm,
        Contact.portal_status,
        Contact.archived_at.is_not(None).label("archived"),
        Suppression.reason.label("suppressed"),
        exists()
        .where(
            Enrollment.workspace_id == Contact.workspace_id,
            Enrollment.contact_id == Contact.id,
            Enrollment.program_id == bindparam("program_id", type_=Uuid()),
            Enrollment.status.in_(LIVE_STATUSES),
        )
        .label("enrolled"),
    )
    .outerjoin(
        Suppression,
        and_(
            Suppression.workspace_id == Contact.workspace_id,
            Suppression.email_norm == Contact.email_norm,
        ),
    )
    .where(Contact.workspace_id == bindparam("workspace_id"), Contact.id == any_(IDS))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A contact who may be enrolled; `suppressed` says why mail to their address is held back."""

    contact_id: UUID
    email_norm: str | None
    portal_status: str
    archived: bool
    suppressed: str | None
    enrolled: bool

    @property
    def has_account(self) -> bool:
        """Whether they can come into the portal."""
        return self.portal_status == "active"

    @property
    def silenced(self) -> bool:
        """Whether they asked the practice for no more mail."""
        return self.suppressed in {"unsubscribed", "complained"}


async def candidates(
    session: AsyncSession, workspace_id: UUID, program_id: UUID, contact_ids: Sequence[UUID]
) -> dict[UUID, Candidate]:
    """The practice's contacts among these, locked, by id. Two statements.

    The first waits for others who enrol the same people; only the second sees what they did.
    """
    values = {"workspace_id": workspace_id, "ids": list(contact_ids)}
    await session.execute(LOCKED, values)
    rows = await session.execute(CANDIDATES, {**values, "program_id": program_id})
    found = [Candidate(**row) for row in rows.mappings()]
    return {one.contact_id: one for one in found}


async def add_enrollments(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Keep new enrollments; a second live one violates `enrollments_one_live_key`."""
    if rows:
        await session.execute(insert(Enrollment), list(rows))
