"""Saying something, putting it in other words, and taking it back."""

from uuid import UUID

from app.core.clock import now
from app.core.events import publish
from app.core.ids import new_id
from app.core.markdown import rendered
from app.features.comments.conversations import Conversation, comment_out
from app.features.comments.events import (
    CommentCreated,
    CommentDeleted,
    CommentEvent,
    CommentUpdated,
    about,
)
from app.features.comments.failures import CommentWasDeleted
from app.features.comments.mailing import mail_soon
from app.features.comments.schemas import CommentOut
from app.models import Comment


async def add_comment(conversation: Conversation, body: str) -> CommentOut:
    """Say something; where both sides follow, the other is mailed in a few minutes."""
    comments, thread = conversation.comments, conversation.thread
    comment = comments.add(
        Comment(
            id=new_id(),
            **thread.values,
            side=comments.audience.side,
            author_id=conversation.caller.member_id,
            body=body,
            body_html=await rendered(body),
            internal=not thread.shared,
        )
    )
    if thread.shared:
        comment.event_id = new_id()
        await _tell(conversation, CommentCreated, comment, event_id=comment.event_id)
        await mail_soon(comments.session, comments.audience, thread)
    await comments.session.flush()
    return comment_out(conversation, await comments.card(comment.id))


async def _tell(
    conversation: Conversation,
    happened: type[CommentEvent],
    comment: Comment,
    *,
    event_id: UUID | None = None,
) -> None:
    """Record it in the log; not so what one side does on its own."""
    if comment.internal or not conversation.thread.shared:
        return
    facts = about(
        conversation.thread,
        comment_id=comment.id,
        workspace_id=comment.workspace_id,
        actor=conversation.caller.actor,
    )
    event = happened(**facts, id=event_id or new_id())
    await publish(conversation.comments.session, event)


async def change_comment(conversation: Conversation, comment: Comment, body: str) -> CommentOut:
    """Put a comment, whose row is locked, in other words. Raises CommentWasDeleted (409)."""
    if comment.deleted_at:
        raise CommentWasDeleted
    if comment.body != body:
        comment.body, comment.body_html = body, await rendered(body)
        comment.edited_at = now()
        await conversation.comments.session.flush()
        await _tell(conversation, CommentUpdated, comment)
    return comment_out(conversation, await conversation.comments.card(comment.id))


async def delete_comment(conversation: Conversation, comment: Comment) -> None:
    """Take a comment back: its words are gone for good, its place in the thread is left."""
    if comment.deleted_at:
        return
    comment.body = comment.body_html = ""
    comment.deleted_at = now()
    await conversation.comments.session.flush()
    await _tell(conversation, CommentDeleted, comment)
