"""Asking contacts to fill in a form: a bounded number of statements, however many contacts."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, exists
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, FormResponse
from app.repositories.addressees import ADDRESSEES, Addressee, lock_contacts
from app.repositories.newcomers import add_all

READERS = ADDRESSEES.add_columns(
    exists()
    .where(
        FormResponse.workspace_id == Contact.workspace_id,
        FormResponse.contact_id == Contact.id,
        FormResponse.form_id == bindparam("form_id", type_=Uuid()),
        FormResponse.status == "draft",
    )
    .label("asked"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class FormReader(Addressee):
    """A contact who may be asked; `asked` tells that they have the form open already."""

    asked: bool


async def form_readers(
    session: AsyncSession, workspace_id: UUID, form_id: UUID, contact_ids: Sequence[UUID]
) -> dict[UUID, FormReader]:
    """The practice's contacts among these, locked, by id. Two statements."""
    await lock_contacts(session, workspace_id, contact_ids)
    values = {"workspace_id": workspace_id, "ids": list(contact_ids), "form_id": form_id}
    rows = await session.execute(READERS, values)
    return {row["contact_id"]: FormReader(**row) for row in rows.mappings()}


async def add_responses(session: AsyncSession, rows: Sequence[dict[str, Any]]) -> None:
    """Keep new responses, in one statement."""
    await add_all(session, FormResponse, rows)
