"""Comments in the portal."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path

from app.access.callers import CurrentClient
from app.access.sessions import TenantSession
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.comments import speaking
from app.features.comments.conversations import Conversation, own_comment
from app.features.comments.failures import CommentWasDeleted, NotYourComment
from app.features.comments.schemas import CommentChanges, CommentOut
from app.features.comments.subjects import SUBJECTS
from app.features.comments.threads import client_threads
from app.models import Comment

router = api_router("/v1/portal/comments", "comments")


async def comment_in_path(
    client: CurrentClient,
    session: TenantSession,
    comment_id: Annotated[UUID, Path(alias="comment_id")],
) -> tuple[Conversation, Comment]:
    """The client's own comment the path names, locked, and where it was said."""
    return await own_comment(client, session, comment_id)


OwnComment = Annotated[tuple[Conversation, Comment], Depends(comment_in_path)]


@router.patch("/{comment_id}", responses=problems(NotYourComment, CommentWasDeleted))
async def change_portal_comment(own: OwnComment, body: CommentChanges) -> CommentOut:
    """Put a comment of one's own in other words."""
    return await speaking.change_comment(*own, body.body)


@router.delete("/{comment_id}", status_code=204, responses=problems(NotYourComment))
async def delete_portal_comment(own: OwnComment) -> None:
    """Take a comment of one's own back; only its place in the thread is left."""
    await speaking.delete_comment(*own)


def client_routers() -> tuple[APIRouter, ...]:
    """All that clients say and read about anything."""
    return (*(client_threads(subject) for subject in SUBJECTS.values()), router)
