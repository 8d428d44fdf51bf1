"""Bulk invitations: a bounded number of statements, however many contacts."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import pydantic_core
from sqlalchemy import Row, Select, bindparam, func

from app.core.db import WAKE
from app.core.events import Actor
from app.models import Contact, PortalInviteBatch, PortalInviteBatchItem
from app.repositories.base import Repository
from app.repositories.contact_filters import ContactFilter, condition
from app.repositories.invite_batch_sql import CANDIDATES, DELIVERY, ITEMS, WRITE


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A contact a batch is about: to be invited, or the reason why not."""

    contact_id: UUID
    email_norm: str | None
    result: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BatchRecord:
    """What a batch writes; `rows` and `jobs` are JSON arrays, made outside the event loop."""

    batch_id: UUID
    event_type: str
    message: str | None
    skipped: Mapping[str, int]
    total: int
    invited: int
    invited_at: datetime
    expires_at: datetime
    rows: str
    jobs: str


class InviteBatchRepository(Repository[PortalInviteBatch]):
    """One practice's bulk invitations."""

    model = PortalInviteBatch

    async def chosen(self, contact_ids: Sequence[UUID], *, recent: datetime) -> list[Candidate]:
        """The contacts with these ids, locked; ids that are nobody's here are not among them."""
        statement = CANDIDATES.where(Contact.id == func.any(bindparam("contact_ids")))
        return await self._candidates(statement, {"contact_ids": contact_ids}, recent)

    async def matching(
        self,
        chosen: ContactFilter,
        *,
        except_ids: Sequence[UUID],
        recent: datetime,
        limit: int,
    ) -> list[Candidate]:
        """The contacts a filter finds but for `except_ids`, locked; at most `limit`."""
        statement = CANDIDATES.where(
            *(condition(name) for name in chosen.shape),
            Contact.id != func.all(bindparam("except_ids")),
        ).limit(limit)
        return await self._candidates(
            statement, {**chosen.values, "except_ids": except_ids}, recent
        )

    async def _candidates(
        self, statement: Select[Any], values: Mapping[str, Any], recent: datetime
    ) -> list[Candidate]:
        locked = statement.order_by(Contact.id).with_for_update(key_share=True, of=Contact)
        result = await self.session.execute(
            locked, {"workspace_id": self.workspace_id, "recent": recent, **values}
        )
        return [
            Candidate(contact_id=row[0], email_norm=row[1], result=row[2]) for row in result.all()
        ]

    async def record(self, batch: BatchRecord, actor: Actor) -> None:
        """Write the batch, its items, invitations, events and planning jobs: one statement."""
        values = asdict(batch) | {
            "workspace_id": self.workspace_id,
            "actor_id": actor.id,
            "actor_kind": actor.kind,
            "skipped": pydantic_core.to_json(batch.skipped).decode(),
        }
        await self.session.execute(WRITE, values)
        self.session.info[WAKE] = True

    async def delivery(self, batch_id: UUID) -> dict[str, int]:
        """How many of the batch's e-mails are in each status, as of now."""
        result = await self.session.execute(
            DELIVERY, {"workspace_id": self.workspace_id, "batch_id": batch_id}
        )
        return {row[0]: row[1] for row in result}

    async def items(
        self, batch_id: UUID, *, result: str | None, after: UUID | None, limit: int
    ) -> Sequence[Row[*tuple[Any, ...]]]:
        """The batch's contacts with their results, after an item; one more than `limit`."""
        statement = ITEMS
        if result:
            statement = statement.where(PortalInviteBatchItem.result == result)
        if after:
            statement = statement.where(PortalInviteBatchItem.id > after)
        found = await self.session.execute(
            statement,
            {"workspace_id": self.workspace_id, "batch_id": batch_id, "row_limit": limit + 1},
        )
        rows: Sequence[Row[*tuple[Any, ...]]] = found.all()
        return rows
