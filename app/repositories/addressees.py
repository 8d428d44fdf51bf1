"""Contacts somebody is about to write to: locked, and with what may keep a letter from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, and_, any_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, Suppression

IDS = bindparam("ids", type_=ARRAY(Uuid()))

LOCKED = (
    select(Contact.id)
    .where(Contact.workspace_id == bindparam("workspace_id"), Contact.id == any_(IDS))
    .order_by(Contact.id)
    .with_for_update(key_share=True)
)

ADDRESSEES = (
    select(
        Contact.id.label("contact_id"),
        Contact.email_norm,
        Contact.portal_status,
        Contact.archived_at.is_not(None).label("archived"),
        Suppression.reason.label("suppressed"),
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
"""The contacts of a practice among some, to which a list of its own adds what it asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """A contact; `suppressed` says why mail to their address is held back."""

    contact_id: UUID
    email_norm: str | None
    portal_status: str
    archived: bool
    suppressed: str | None

    @property
    def has_account(self) -> bool:
        """Whether they can come into the portal."""
        return self.portal_status == "active"

    @property
    def silenced(self) -> bool:
        """Whether they asked the practice for no more mail."""
        return self.suppressed in {"unsubscribed", "complained"}


async def lock_contacts(
    session: AsyncSession, workspace_id: UUID, contact_ids: Sequence[UUID]
) -> None:
    """Let others who write to the same people wait; only a later statement sees what they did."""
    await session.execute(LOCKED, {"workspace_id": workspace_id, "ids": list(contact_ids)})
