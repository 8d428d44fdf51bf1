"""People's inboxes as planning needs them: their wishes, and the next numbers of each."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import pydantic_core
from sqlalchemy import ARRAY, Uuid, bindparam, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import WAKE

OPEN = text("""
INSERT INTO inboxes (workspace_id, id, contact_id, member_id, last_number)
SELECT :workspace_id, id, contact_id, member_id, expected
FROM jsonb_to_recordset(cast(:holders AS jsonb)) AS holder(
  id uuid, contact_id uuid, member_id uuid, expected int)
ORDER BY id
ON CONFLICT (workspace_id, id)
  DO UPDATE SET last_number = inboxes.last_number + excluded.last_number
RETURNING id, choices, digest_hour, last_number
""").bindparams(bindparam("workspace_id", type_=Uuid()))

DELIVER = text("""
INSERT INTO notifications (workspace_id, id, inbox_id, number, event_id, type,
  contact_id, subject_id, title, summary, path)
SELECT :workspace_id, id, inbox_id, number, event_id, type,
  contact_id, subject_id, title, summary, path
FROM jsonb_to_recordset(cast(:notices AS jsonb)) AS notice(
  id uuid, inbox_id uuid, number bigint, event_id uuid, type text,
  contact_id uuid, subject_id uuid, title text, summary text, path text)
ON CONFLICT (workspace_id, inbox_id, event_id) DO NOTHING
""").bindparams(bindparam("workspace_id", type_=Uuid()))

FORGET = text("""
DELETE FROM notifications WHERE workspace_id = :workspace_id AND subject_id = ANY(:subjects)
""").bindparams(bindparam("workspace_id", type_=Uuid()), bindparam("subjects", type_=ARRAY(Uuid())))


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """Whose inbox: a contact's or a member's, by that one's id; and how much it may get now."""

    id: UUID
    contact_id: UUID | None
    member_id: UUID | None
    expected: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenInbox:
    """An inbox nobody else puts anything into until this transaction ends."""

    id: UUID
    choices: Mapping[str, Any]
    digest_hour: int
    last_number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotification:
    """A row for an inbox; `number` is its place there."""

    id: UUID
    inbox_id: UUID
    number: int
    event_id: UUID
    type: str
    contact_id: UUID | None
    subject_id: UUID | None
    title: str
    summary: str
    path: str | None


async def open_inboxes(
    session: AsyncSession, workspace_id: UUID, holders: Sequence[Holder]
) -> Mapping[UUID, OpenInbox]:
    """These inboxes, made where there are none, and locked in one order; one statement.

    Each has moved on by what it may get: those numbers are the caller's.
    """
    if not holders:
        return {}
    values = {"workspace_id": workspace_id, "holders": _json(holders)}
    rows = (await session.execute(OPEN, values)).mappings()
    return {row["id"]: OpenInbox(**row) for row in rows}


async def deliver(
    session: AsyncSession, workspace_id: UUID, notices: Sequence[NewNotification]
) -> None:
    """Put these into their inboxes, each event once; one statement."""
    if notices:
        values = {"workspace_id": workspace_id, "notices": _json(notices)}
        await session.execute(DELIVER, values)
        session.info[WAKE] = True


async def forget_subjects(
    session: AsyncSession, workspace_id: UUID, subjects: Sequence[UUID]
) -> None:
    """Tell nobody any longer of things that are gone; one statement."""
    if subjects:
        values = {"workspace_id": workspace_id, "subjects": list(subjects)}
        await session.execute(FORGET, values)


def _json(rows: Sequence[object]) -> str:
    return pydantic_core.to_json(rows).decode()
