"""Sending the outbox's letters: the effect behind every `email` job."""

from collections.abc import Iterable, Mapping, Sequence
from email.utils import parseaddr
from itertools import groupby
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import Database
from app.core.events import publish
from app.core.letters import RenderedLetter
from app.core.storage import Storage
from app.dispatcher.addresses import Address, domain_of
from app.dispatcher.attachments import Attachment
from app.dispatcher.envelopes import enclosed, stored_files
from app.dispatcher.messages import Message, build, message_id
from app.dispatcher.rendering import Renderer
from app.dispatcher.replies import PermanentFailure
from app.dispatcher.sendings import (
    Receipt,
    Refused,
    bounced_addresses,
    failure_events,
    sending,
)
from app.dispatcher.transports import Transport
from app.dispatcher.wording import one_line
from app.dispatcher.work import ClaimedJob, Settled
from app.models import HOUSE
from app.repositories.letters import Practice, StoredLetter, practices, queued_letters
from app.repositories.outgoing import Sending, record_sendings, suppress


class Outgoing(NamedTuple):
    """A letter and the practice whose looks it wears."""

    letter: StoredLetter
    practice: Practice


class LetterDelivery:
    """Renders and sends letters, at least once each, under a Message-ID that shows duplicates.

    `mail_from` is the address all of them come from, `Name <address>` or bare.
    """

    def __init__(
        self,
        database: Database,
        *,
        renderer: Renderer,
        transport: Transport,
        storage: Storage,
        mail_from: str,
    ) -> None:
        self._database = database
        self._storage = storage
        self._renderer = renderer
        self._transport = transport
        self._sender = Address(*parseaddr(mail_from))
        self._domain = domain_of(self._sender.email)

    async def load(
        self, session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Mapping[int, Outgoing]:
        """The letters that still wait, by job: two statements, a few with row-level security."""
        letters = {letter.id: letter for letter in await self._letters(session, jobs)}
        looks = await self._looks(session, letters.values())
        return {
            job.id: Outgoing(letter, looks[letter.practice_id])
            for job in jobs
            if (letter := letters.get(_email_id(job))) and letter.practice_id in looks
        }

    async def perform(self, job: ClaimedJob, loaded: Outgoing) -> Receipt:  # noqa: ARG002 - Effect's
        """Render and send one letter."""
        rendered = self._renderer.render(loaded.letter, loaded.practice)
        message = self._message(loaded, rendered, await self._files(loaded.letter))
        try:
            reply = await self._transport.send(
                sender=self._sender.email,
                recipient=loaded.letter.recipient,
                message=build(message),
            )
        except PermanentFailure as failure:
            raise Refused(failure, subject=rendered.subject) from failure
        return Receipt(
            subject=rendered.subject,
            message_id=message.message_id,
            reply=reply,
            sent_at=message.date,
        )

    async def settle(self, session: AsyncSession, results: Sequence[Settled[Receipt]]) -> None:
        """Write the tries down: one statement a practice, more only where letters failed."""
        ordered = sorted(results, key=lambda ending: _workspace_id(ending.job))
        for workspace_id, endings in groupby(ordered, lambda one: _workspace_id(one.job)):
            tries = [sending(_email_id(ending.job), ending) for ending in endings]
            await self._database.enter(session, workspace_id)
            await _record(session, workspace_id, [one for one in tries if one])

    async def _letters(
        self, session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Sequence[StoredLetter]:
        ids = [_email_id(job) for job in jobs]
        found: list[StoredLetter] = []
        for workspace_ids in self._readable_together(_workspace_id(job) for job in jobs):
            await self._database.enter(session, workspace_ids[0])
            found += await queued_letters(session, workspace_ids, ids)
        return found

    async def _looks(
        self, session: AsyncSession, letters: Iterable[StoredLetter]
    ) -> Mapping[UUID, Practice]:
        looks: dict[UUID, Practice] = {}
        for practice_ids in self._readable_together(letter.practice_id for letter in letters):
            await self._database.enter(session, practice_ids[0])
            looks |= await practices(session, practice_ids)
        return looks

    def _readable_together(self, workspace_ids: Iterable[UUID]) -> Iterable[Sequence[UUID]]:
        """All at once; with row-level security, one practice after the other."""
        distinct = sorted(set(workspace_ids))
        if self._database.row_level_security:
            return [[workspace_id] for workspace_id in distinct]
        return [distinct] if distinct else []

    async def _files(self, letter: StoredLetter) -> tuple[Attachment, ...]:
        return tuple(
            [
                Attachment(
                    file.filename,
                    file.content_type,
                    await self._storage.read_whole(file.storage_key),
                )
                for file in stored_files(letter.context)
            ]
        )

    def _message(
        self, outgoing: Outgoing, rendered: RenderedLetter, files: tuple[Attachment, ...]
    ) -> Message:
        letter, practice = outgoing
        answers_to = letter.context["reply_to"] or practice.reply_to
        return Message(
            message_id=message_id(letter.id, resends=letter.resends, domain=self._domain),
            sender=Address(self._from_name(practice), self._sender.email),
            recipient=Address(letter.recipient_name, letter.recipient),
            subject=rendered.subject,
            text=rendered.text,
            html=rendered.html,
            date=now(),
            reply_to=Address("", answers_to) if answers_to else None,
            list_unsubscribe=rendered.unsubscribe_url,
            attachments=(*enclosed(letter.context), *files),
        )

    def _from_name(self, practice: Practice) -> str:
        if practice.id == HOUSE:
            return self._sender.name or practice.name
        return one_line(practice.from_name or practice.name)


def _workspace_id(job: ClaimedJob) -> UUID:
    return UUID(job.payload["workspace_id"])


def _email_id(job: ClaimedJob) -> UUID:
    return UUID(job.payload["email_id"])


async def _record(session: AsyncSession, workspace_id: UUID, sendings: Sequence[Sending]) -> None:
    if not sendings:
        return
    rows = await record_sendings(session, workspace_id, sendings)
    if bounces := bounced_addresses(workspace_id, rows):
        await suppress(session, workspace_id, bounces)
    await publish(session, *failure_events(workspace_id, rows))
