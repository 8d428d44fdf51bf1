"""Facts in the past tense, recorded in the transaction of the change they tell of."""

from collections.abc import Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

import pydantic_core
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import WAKE
from app.core.ids import new_id
from app.core.jobs import NORMAL

FANOUT = "fanout"
"""Kind of the job that plans the reactions to recorded events."""

EVENTS_PER_JOB = 500

RECORD = text("""
WITH recorded AS (
  INSERT INTO events (workspace_id, id, type, actor_kind, actor_id, contact_id, subject_id, data)
  SELECT workspace_id, id, type, actor_kind, actor_id, contact_id, subject_id, data
  FROM jsonb_to_recordset(cast(:events AS jsonb)) AS e(
    workspace_id uuid, id uuid, type text, actor_kind text, actor_id uuid,
    contact_id uuid, subject_id uuid, data jsonb)
)
INSERT INTO jobs (kind, payload, lane, run_at)
SELECT 'fanout', payload, lane, :run_at
FROM jsonb_to_recordset(cast(:jobs AS jsonb)) AS j(payload jsonb, lane smallint)
""")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who did it: a member or a client by user id, an integration by key id, or the system."""

    kind: Literal["member", "client", "api_key", "system"]
    id: UUID | None = None


SYSTEM = Actor("system")


@dataclass(frozen=True, kw_only=True)
class DomainEvent:
    """What happened. A subclass names the `type` and adds the facts its readers need.

    `contact_id` puts it on that contact's timeline; `subject_id` is the thing it is about.
    Added fields are kept as the event's `data`: ids and short facts, never a secret or a body.
    """

    type: ClassVar[str]
    lane: ClassVar[int] = NORMAL

    workspace_id: UUID
    actor: Actor
    contact_id: UUID | None = None
    subject_id: UUID | None = None
    id: UUID = field(default_factory=new_id)

    def row(self) -> dict[str, Any]:
        """The event as the columns of its table."""
        return {
            "workspace_id": self.workspace_id,
            "id": self.id,
            "type": self.type,
            "actor_kind": self.actor.kind,
            "actor_id": self.actor.id,
            "contact_id": self.contact_id,
            "subject_id": self.subject_id,
            "data": {name: getattr(self, name) for name in self._facts()},
        }

    def _facts(self) -> list[str]:
        common = {f.name for f in fields(DomainEvent)}
        return [f.name for f in fields(self) if f.name not in common]


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordedEvent:
    """An event as it was recorded, for those who react to it."""

    workspace_id: UUID
    id: UUID
    type: str
    actor: Actor
    contact_id: UUID | None
    subject_id: UUID | None
    data: dict[str, Any]
    at: datetime


async def publish(session: AsyncSession, *events: DomainEvent) -> None:
    """Record events and wake the dispatcher after the commit; one statement for any number.

    All events of a call belong to one workspace.
    """
    if not events:
        return
    await session.execute(
        RECORD,
        {
            "events": _json([event.row() for event in events]),
            "jobs": _json(fanout_jobs(events)),
            "run_at": now(),
        },
    )
    session.info[WAKE] = True


def fanout_jobs(events: Sequence[DomainEvent]) -> list[dict[str, Any]]:
    """The planning jobs for these events, some hundreds of events each."""
    chunks = [events[i : i + EVENTS_PER_JOB] for i in range(0, len(events), EVENTS_PER_JOB)]
    return [
        {
            "payload": {
                "workspace_id": chunk[0].workspace_id,
                "event_ids": [event.id for event in chunk],
            },
            "lane": chunk[0].lane,
        }
        for chunk in chunks
    ]


def _json(value: object) -> str:
    return pydantic_core.to_json(value).decode()
