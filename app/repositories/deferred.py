"""Letters that wait for their readers' daily digest."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Text, Uuid, and_, any_, bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Email, Event, Inbox
from app.repositories.wishes import DEFERRED

INBOX = (
    select(Inbox.contact_id, Inbox.member_id, Inbox.choices, Inbox.digest_hour)
    .where(
        Inbox.workspace_id == bindparam("workspace_id", type_=Uuid()),
        Inbox.id == bindparam("id", type_=Uuid()),
    )
    .with_for_update(key_share=True)
)

WAITING = (
    select(
        Email.id,
        Email.template,
        Email.context,
        Event.id.label("event_id"),
        Event.subject_id,
        Event.contact_id,
    )
    .join(Event, and_(Event.workspace_id == Email.workspace_id, Event.id == Email.event_id))
    .where(*DEFERRED)
    .order_by(Email.id)
    .with_for_update(of=Email)  # whoever takes back what one tells finds it told, or untold
)

ENDED = select(Event.subject_id, Event.contact_id, Event.id).where(
    Event.workspace_id == bindparam("workspace_id", type_=Uuid()),
    Event.type == any_(bindparam("types", type_=ARRAY(Text()))),
    Event.id > bindparam("since", type_=Uuid()),
    Event.subject_id == any_(bindparam("subjects", type_=ARRAY(Uuid()))),
)

SETTLE = text("""
UPDATE emails
SET status = :status, context = context || jsonb_strip_nulls(jsonb_build_object('digest', :digest))
WHERE workspace_id = :workspace_id AND id = ANY(:ids) AND status = 'deferred'
""").bindparams(
    bindparam("workspace_id", type_=Uuid()),
    bindparam("ids", type_=ARRAY(Uuid())),
    bindparam("digest", type_=Text()),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestReader:
    """Whose digest it is, and what they choose now."""

    digest_hour: int
    contact_id: UUID | None
    member_id: UUID | None
    choices: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingLetter:
    """A letter that waits, and the event that it tells of."""

    id: UUID
    template: str
    context: dict[str, Any]
    event_id: UUID
    subject_id: UUID | None
    contact_id: UUID | None


async def digest_reader(
    session: AsyncSession, workspace_id: UUID, inbox_id: UUID
) -> DigestReader | None:
    """The inbox, locked until the transaction ends; None when its holder is gone."""
    rows = await session.execute(INBOX, {"workspace_id": workspace_id, "id": inbox_id})
    row = rows.mappings().one_or_none()
    return DigestReader(**row) if row else None


async def waiting_letters(
    session: AsyncSession, workspace_id: UUID, inbox_id: UUID
) -> Sequence[WaitingLetter]:
    """What waits for this person, in the order it was planned."""
    values = {"workspace_id": workspace_id, "id": inbox_id, "id_text": str(inbox_id)}
    rows = await session.execute(WAITING, values)
    return [WaitingLetter(**row) for row in rows.mappings()]


async def endings_of(
    session: AsyncSession,
    workspace_id: UUID,
    letters: Sequence[WaitingLetter],
    types: Collection[str],
) -> Mapping[tuple[UUID, UUID | None], UUID]:
    """The last event of these types about each of the letters' subjects.

    By subject and contact: a session goes on for others when one gives up their seat.
    """
    subjects = {letter.subject_id for letter in letters if letter.subject_id}
    values = {
        "workspace_id": workspace_id,
        "types": list(types),
        "since": min(letter.event_id for letter in letters),
        "subjects": list(subjects),
    }
    found: dict[tuple[UUID, UUID | None], UUID] = {}
    rows: Any = await session.execute(ENDED, values)
    for subject_id, contact_id, event_id in rows:
        about = (subject_id, contact_id)
        found[about] = max(event_id, found.get(about, event_id))
    return found


async def settle_deferred(
    session: AsyncSession,
    workspace_id: UUID,
    letters: Sequence[WaitingLetter],
    status: str,
    *,
    digest: UUID | None = None,
) -> None:
    """Write down what became of letters that waited, and of which digest they are lines now."""
    if letters:
        values = {
            "workspace_id": workspace_id,
            "ids": [letter.id for letter in letters],
            "status": status,
            "digest": str(digest) if digest else None,
        }
        await session.execute(SETTLE, values)
