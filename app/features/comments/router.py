"""Comments on the coach side."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path

from app.access.callers import requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.comments import speaking
from app.features.comments.conversations import Conversation, own_comment
from app.features.comments.failures import CommentWasDeleted, NotYourComment
from app.features.comments.file_threads import router as file_threads
from app.features.comments.schemas import CommentChanges, CommentOut
from app.features.comments.subjects import SUBJECTS
from app.features.comments.threads import team_threads
from app.models import Comment

router = api_router("/v1/comments", "comments")

Speaker = Annotated[Principal, Depends(requires(Permission.COMMENTS_WRITE))]


async def comment_in_path(
    speaker: Speaker, session: TenantSession, comment_id: Annotated[UUID, Path(alias="comment_id")]
) -> tuple[Conversation, Comment]:
    """The caller's comment the path names, locked, and where it was said."""
    return await own_comment(speaker, session, comment_id)


OwnComment = Annotated[tuple[Conversation, Comment], Depends(comment_in_path)]


@router.patch("/{comment_id}", responses=problems(NotYourComment, CommentWasDeleted))
async def change_comment(own: OwnComment, body: CommentChanges) -> CommentOut:
    """Put a comment of one's own in other words."""
    return await speaking.change_comment(*own, body.body)


@router.delete("/{comment_id}", status_code=204, responses=problems(NotYourComment))
async def delete_comment(own: OwnComment) -> None:
    """Take a comment of one's own back; only its place in the thread is left."""
    await speaking.delete_comment(*own)


def team_routers() -> tuple[APIRouter, ...]:
    """All that the team says and reads about anything."""
    of_one_contact = (subject for kind, subject in SUBJECTS.items() if kind != "file")
    return (*(team_threads(subject) for subject in of_one_contact), file_threads, router)
