"""A thread and whoever looks at it: reading on, and finding a comment of one's own in it."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.audience import audience_of
from app.access.authors import author_out
from app.access.principal import Principal
from app.core.paging import Page, cut_page, decode_cursor
from app.features.comments.failures import NotYourComment
from app.features.comments.schemas import CommentOut, CommentQuery
from app.features.comments.subjects import SUBJECTS, Subject
from app.models import Comment
from app.repositories.comment_cards import CommentCard, Thread
from app.repositories.comments import CommentRepository

MADE = frozenset({"author", "body", "body_html", "can_edit"})
PLAIN = tuple(name for name in CommentOut.model_fields if name not in MADE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Conversation:
    """A thread as `caller` takes part in it."""

    caller: Principal
    comments: CommentRepository
    thread: Thread


async def join(
    subject: Subject,
    caller: Principal,
    session: AsyncSession,
    subject_id: UUID,
    *,
    contact_id: UUID | None = None,
    to_speak: bool = False,
) -> Conversation:
    """The conversation about a thing; NotFound where the caller may not see the thing.

    `contact_id` says with whom, for what the team shows to several.
    """
    audience = audience_of(caller)
    thread = await subject.find(session, audience, subject_id, contact_id=contact_id, lock=to_speak)
    return Conversation(caller=caller, comments=CommentRepository(session, audience), thread=thread)


async def own_comment(
    caller: Principal, session: AsyncSession, comment_id: UUID
) -> tuple[Conversation, Comment]:
    """A comment of the caller's, locked, and where it was said.

    Raises NotFound where the caller doesn't see it (any longer), and NotYourComment (403).
    """
    comments = CommentRepository(session, audience_of(caller))
    comment = await comments.require(comment_id, lock=True)
    thread = await SUBJECTS[comment.subject_kind].find(
        session, comments.audience, comment.subject_id, contact_id=comment.contact_id
    )
    if not _is_by(caller, comments, comment):
        raise NotYourComment
    return Conversation(caller=caller, comments=comments, thread=thread), comment


def _is_by(caller: Principal, comments: CommentRepository, written: CommentCard | Comment) -> bool:
    side, author_id = written.side, written.author_id
    return bool(side == comments.audience.side and author_id == caller.member_id)


async def list_comments(conversation: Conversation, query: CommentQuery) -> Page[CommentOut]:
    """A page of what was said; the other side learns that it was read."""
    rows = await conversation.comments.page(
        conversation.thread,
        descending=query.sort.startswith("-"),
        position=_position(query),
        limit=query.limit,
    )
    page = cut_page(rows, limit=query.limit, sort=query.sort, key=lambda row: (row.id,))
    await _mark_seen(conversation, page.data)
    return Page[CommentOut].model_construct(
        data=[comment_out(conversation, row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


async def _mark_seen(conversation: Conversation, shown: Sequence[CommentCard]) -> None:
    side = conversation.comments.audience.side
    news = [card.id for card in shown if card.side != side and card.seen_at is None]
    if news:
        await conversation.comments.mark_seen(news)


def comment_out(conversation: Conversation, card: CommentCard) -> CommentOut:
    """A comment as the API gives it to whoever takes part."""
    gone = card.deleted_at is not None
    return CommentOut.model_construct(
        **{name: getattr(card, name) for name in PLAIN},
        author=author_out(card),
        body=None if gone else card.body,
        body_html=None if gone else card.body_html,
        can_edit=not gone and _is_by(conversation.caller, conversation.comments, card),
    )


def _position(query: CommentQuery) -> UUID | None:
    if query.cursor is None:
        return None
    comment_id: UUID = decode_cursor(query.cursor, sort=query.sort, shape=tuple[UUID])[0]
    return comment_id
