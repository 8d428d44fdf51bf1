"""The outbox as the practice sees it: what was written to whom, and what became of it."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from uuid import UUID

from sqlalchemy import (
    RowMapping,
    Select,
    Uuid,
    bindparam,
    delete,
    exists,
    select,
)

from app.core.clock import now
from app.core.errors import NotFound
from app.core.fields import normalise_email
from app.models import Email, MemberInvite, PortalInvite, Suppression
from app.repositories.base import Repository

SUMMARY_FIELDS = (
    "id",
    "event_id",
    "template",
    "recipient",
    "recipient_name",
    "contact_id",
    "user_id",
    "status",
    "subject",
    "attempts",
    "resends",
    "smtp_reply",
    "message_id",
    "sent_at",
    "created_at",
)

SUMMARIES = select(*(Email.__table__.c[name] for name in SUMMARY_FIELDS)).where(
    Email.workspace_id == bindparam("workspace_id", type_=Uuid())
)
SUMMARY = SUMMARIES.where(Email.id == bindparam("email_id"))

FILTERS = {
    "status": Email.status == bindparam("status"),
    "contact_id": Email.contact_id == bindparam("contact_id"),
    "template": Email.template == bindparam("template"),
    "batch_id": Email.event_id.in_(
        select(PortalInvite.event_id).where(
            PortalInvite.workspace_id == bindparam("workspace_id"),
            PortalInvite.batch_id == bindparam("batch_id"),
        )
    ),
    "before": Email.id < bindparam("before"),
}

WORKING_LINKS = {
    "inv": select(
        exists().where(
            PortalInvite.workspace_id == bindparam("workspace_id"),
            PortalInvite.id == bindparam("row_id"),
            PortalInvite.state == "pending",
            PortalInvite.expires_at > bindparam("now"),
        )
    ),
    "mem": select(
        exists().where(
            MemberInvite.workspace_id == bindparam("workspace_id"),
            MemberInvite.id == bindparam("row_id"),
            MemberInvite.generation == bindparam("generation"),
            MemberInvite.state == "pending",
            MemberInvite.expires_at > bindparam("now"),
        )
    ),
}
"""Whether the link that a mailed token makes still opens anything, by the token's prefix."""

EmailSummary = RowMapping
"""A letter as the columns of SUMMARY_FIELDS."""


class Outbox(Repository[Email]):
    """One practice's letters, newest first."""

    model = Email

    async def page(self, filters: dict[str, Any], *, limit: int) -> Sequence[EmailSummary]:
        """Up to `limit + 1` letters that fit the filters of FILTERS that are given."""
        given = {name: value for name, value in filters.items() if value is not None}
        statement = _page_statement(frozenset(given))
        values = {**given, "workspace_id": self.workspace_id, "row_limit": limit + 1}
        return (await self.session.execute(statement, values)).mappings().all()

    async def summary(self, email_id: UUID) -> EmailSummary:
        """One letter; NotFound for a stranger's."""
        values = {"workspace_id": self.workspace_id, "email_id": email_id}
        row = (await self.session.execute(SUMMARY, values)).mappings().one_or_none()
        if row is None:
            raise NotFound
        return row

    async def suppression_of(self, address: str) -> str | None:
        """Why letters no longer go to this address; None where they do."""
        statement = select(Suppression.reason).where(*self._suppresses(address))
        reason: str | None = await self.session.scalar(statement)
        return reason

    async def lift_suppression(self, address: str) -> None:
        """Let letters go to this address again."""
        await self.session.execute(delete(Suppression).where(*self._suppresses(address)))

    async def link_works(self, email: Email) -> bool:
        """Whether the letter's button still opens what it was sent for."""
        if email.context["words"].get("withdrawn"):
            return False
        action = email.context["action"]
        token = action and action["token"]
        if not token or token["prefix"] not in WORKING_LINKS:
            return True
        values = {
            "workspace_id": self.workspace_id,
            "row_id": UUID(token["row_id"]),
            "generation": token["generation"],
            "now": now(),
        }
        return bool(await self.session.scalar(WORKING_LINKS[token["prefix"]], values))

    def _suppresses(self, address: str) -> tuple[Any, ...]:
        return (
            Suppression.workspace_id == self.workspace_id,
            Suppression.email_norm == normalise_email(address),
        )


@lru_cache(maxsize=128)
def _page_statement(names: frozenset[str]) -> Select[*tuple[Any, ...]]:
    conditions = (FILTERS[name] for name in sorted(names))
    return SUMMARIES.where(*conditions).order_by(Email.id.desc()).limit(bindparam("row_limit"))
