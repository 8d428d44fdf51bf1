"""The daily digest: what one person's letters would have said, in one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from uuid import UUID

import structlog
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.jobs import enqueue
from app.core.letters import Recipient
from app.dispatcher.addressing import Addressed, obstacles_to, row_of
from app.dispatcher.envelopes import unpacked
from app.dispatcher.headlines import Headlines
from app.dispatcher.practice_jobs import named, practice_of
from app.dispatcher.work import ClaimedJob
from app.features.preferences.choosing import chosen
from app.features.preferences.emails import Item, daily_digest
from app.features.preferences.timing import SEND_DIGEST
from app.repositories.audiences import Side
from app.repositories.casting import load_cast
from app.repositories.casts import Cast, Unreachable
from app.repositories.deferred import (
    DigestReader,
    WaitingLetter,
    digest_reader,
    endings_of,
    settle_deferred,
    waiting_letters,
)
from app.repositories.event_log import recorded_events
from app.repositories.outgoing import add_letters, sending_job

log = structlog.get_logger(__name__)

ENDINGS = frozenset(
    {
        "appointment.cancelled",
        "appointment.declined",
        "assignment.cancelled",
        "file.deleted",
        "form.cancelled",
        "goal.deleted",
        "note.deleted",
        "note.unshared",
    }
)
"""After these, what was to be told before of the same thing is told no more."""


Endings = Mapping[tuple[UUID, UUID | None], UUID]


class Sorted(NamedTuple):
    """What becomes of letters that waited: told now, taken back meanwhile, or not wanted."""

    told: Sequence[WaitingLetter]
    ended: Sequence[WaitingLetter]
    unwanted: Sequence[WaitingLetter]


class Digests:
    """Handles `digest` jobs: the letter and what becomes of those it gathers commit together.

    The inbox is locked first: whoever plans a letter for it at the same time is waited for, or
    waits, and has asked for a job of its own.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._headlines = Headlines()

    async def __call__(self, session: AsyncSession, job: ClaimedJob) -> None:
        """Write to one person what waits for them; nothing where nothing does."""
        workspace_id, inbox_id = practice_of(job), named(job, "inbox_id")
        await self._database.enter(session, workspace_id)
        reader = await digest_reader(session, workspace_id, inbox_id)
        if reader is None or reader.digest_hour != job.payload["hour"]:
            return
        waiting = await waiting_letters(session, workspace_id, inbox_id)
        if not waiting:
            return
        endings = await endings_of(session, workspace_id, waiting, ENDINGS)
        told, ended, unwanted = _sorted(waiting, reader, endings)
        first = await recorded_events(session, workspace_id, [waiting[0].event_id])
        cast = await load_cast(session, first)
        to = _recipient(reader, cast)
        if to is None:
            told, ended = [], [*told, *ended]
        if to and told:
            letter = daily_digest(to, list(self._items(told, to, cast.workspace.name)))
            digest = await _send(session, Addressed(first[0], letter), lane=job.lane)
            await settle_deferred(session, workspace_id, told, "digested", digest=digest)
        await settle_deferred(session, workspace_id, ended, "cancelled")
        await settle_deferred(session, workspace_id, unwanted, "switched_off")

    def _items(
        self, letters: Sequence[WaitingLetter], to: Recipient, practice: str
    ) -> Iterator[Item]:
        for letter in letters:
            envelope = unpacked(letter.context)
            topic = str(envelope.topic)
            title, summary = self._headlines.line(
                letter.template, envelope.words, reader=to, topic=topic, practice=practice
            )
            path = envelope.action.path if envelope.action else None
            yield Item(
                event_id=letter.event_id, topic=topic, title=title, summary=summary, path=path
            )


def _sorted(waiting: Sequence[WaitingLetter], reader: DigestReader, endings: Endings) -> Sorted:
    side: Side = "client" if reader.contact_id else "member"
    told, ended, unwanted = [], [], []
    for letter in waiting:
        if _has_ended(letter, endings):
            ended.append(letter)
        elif chosen(reader.choices, letter.context["topic"], side) == "off":
            unwanted.append(letter)
        else:
            told.append(letter)
    return Sorted(told, ended, unwanted)


def _has_ended(letter: WaitingLetter, endings: Endings) -> bool:
    """Whether what it tells was taken back since: for its own contact, or altogether."""
    if letter.subject_id is None:
        return False
    found = (endings.get((letter.subject_id, contact)) for contact in (letter.contact_id, None))
    return any(ending > letter.event_id for ending in found if ending)


def _recipient(reader: DigestReader, cast: Cast) -> Recipient | None:
    """Where it goes; None for whoever has left, or was shut out."""
    try:
        if reader.contact_id is None:
            return cast.member(reader.member_id).reader
        contact = cast.contact(reader.contact_id)
        if not contact.shut_out:
            return contact.reader
    except Unreachable as reason:
        log.info("nobody_to_tell", event_type=SEND_DIGEST, reason=str(reason))
    return None


async def _send(session: AsyncSession, answer: Addressed, *, lane: int) -> UUID:
    """Put the digest into the outbox; its id there."""
    workspace_id = answer.event.workspace_id
    row = row_of(answer, await obstacles_to(session, workspace_id, [answer.letter]))
    added = await add_letters(session, workspace_id, [row])
    if row.id in added and row.status == "queued":
        await enqueue(session, sending_job(workspace_id, row.id, lane=lane))
    return row.id
