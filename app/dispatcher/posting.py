"""Letters into the outbox and notifications into inboxes: once each, as their readers wish."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.jobs import NewJob, enqueue
from app.core.statistics import refresh_soon
from app.dispatcher.addressing import Addressed, obstacles_to, row_of, useless_after
from app.dispatcher.notices import Notices
from app.dispatcher.readers import Inboxes, choice_of, holders, inbox_of
from app.features.preferences.timing import digest_job
from app.models import Email
from app.repositories.inboxes import deliver, open_inboxes
from app.repositories.outgoing import NewLetter, add_letters, sending_job

MANY = 250
"""From so many letters on, the planner's statistics are refreshed."""


class Planned(NamedTuple):
    """A letter, and the row it became."""

    answer: Addressed
    row: NewLetter


class Posting:
    """Posts what reactions have written; the number of statements doesn't grow with it."""

    def __init__(self) -> None:
        """Know how letters are told of in a line."""
        self._notices = Notices()

    async def post(
        self,
        session: AsyncSession,
        workspace_id: UUID,
        addressed: Sequence[Addressed],
        *,
        lane: int,
        practice: str,
    ) -> None:
        """Post letters of one workspace; `practice` is its name.

        Their readers' inboxes stay locked until the transaction ends, so that a digest either
        has a letter or leaves it to the next.
        """
        if not addressed:
            return
        obstacles = await obstacles_to(session, workspace_id, [one.letter for one in addressed])
        inboxes = await open_inboxes(session, workspace_id, holders(addressed))
        planned = [
            Planned(answer, row_of(answer, obstacles, choice_of(answer, inboxes)))
            for answer in addressed
        ]
        added = await add_letters(session, workspace_id, [one.row for one in planned])
        new = [one for one in planned if one.row.id in added]
        await enqueue(session, *_sending(workspace_id, new, lane), *_digests(new, inboxes))
        told = [one.answer for one in planned if one.row.status != "cancelled"]
        await deliver(session, workspace_id, self._notices.about(told, inboxes, practice))
        if len(planned) >= MANY:
            await refresh_soon(session, [Email.__tablename__])


def _sending(workspace_id: UUID, new: Sequence[Planned], lane: int) -> Iterator[NewJob]:
    for answer, row in new:
        if row.status == "queued":
            expires_at = useless_after(answer.letter)
            yield sending_job(workspace_id, row.id, lane=lane, expires_at=expires_at)


def _digests(new: Sequence[Planned], inboxes: Inboxes) -> Iterator[NewJob]:
    """For each letter that waits, the job that will gather it, if none before it has."""
    at = now()
    for answer, row in new:
        inbox = inbox_of(answer, inboxes)
        if row.status == "deferred" and inbox:
            yield digest_job(
                answer.event.workspace_id,
                inbox.id,
                hour=inbox.digest_hour,
                zone=answer.letter.to.time_zone,
                after=at,
            )
