"""Telling the other side by mail, once for all that was said within a few minutes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.jobs import NewJob, enqueue
from app.features.comments.subjects import SUBJECTS
from app.repositories.audiences import Audience, Side
from app.repositories.comment_cards import CommentCard, Thread
from app.repositories.comments import CommentRepository

MAIL_COMMENTS = "comments.mail"
"""Kind of the job that mails one side what the other has said in one thread."""

PATIENCE = timedelta(minutes=5)
"""How long the first unmailed comment waits for others."""

OTHER: Mapping[Side, Side] = {"member": "client", "client": "member"}


async def mail_soon(session: AsyncSession, speaker: Audience, thread: Thread) -> None:
    """Ask for the mail. Whichever job of a thread comes first mails all, and the rest find none.

    One each, rather than one per thread: a comment that commits while a job runs has its own.
    """
    payload = {
        "workspace_id": speaker.workspace_id,
        "side": OTHER[speaker.side],
        **thread.values,
    }
    await enqueue(session, NewJob(kind=MAIL_COMMENTS, payload=payload, run_at=now() + PATIENCE))


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What `reader` has not been mailed yet, in order; never empty."""

    reader: Audience
    thread: Thread
    comments: Sequence[CommentCard]


async def take_news(session: AsyncSession, payload: Mapping[str, Any]) -> News | None:
    """What such a job is about; None when it was mailed, deleted or hidden meanwhile."""
    reader = _reader(payload)
    subject, contact_id = SUBJECTS[payload["subject_kind"]], UUID(payload["contact_id"])
    try:
        thread = await subject.find(
            session, reader, UUID(payload["subject_id"]), contact_id=contact_id, lock=True
        )
    except NotFound:
        return None
    comments = await CommentRepository(session, reader).take_unmailed(thread)
    return News(reader=reader, thread=thread, comments=comments) if comments else None


def _reader(payload: Mapping[str, Any]) -> Audience:
    workspace_id = UUID(payload["workspace_id"])
    if payload["side"] == "member":
        return Audience.team(workspace_id)
    return Audience.client(workspace_id, UUID(payload["contact_id"]))
