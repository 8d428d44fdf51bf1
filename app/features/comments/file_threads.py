"""Comments on files, coach side: `contact_id` says with whom, where several see the file."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Query

from app.access.audience import SeeingSession
from app.access.callers import requires
from app.access.contacts import UnknownContact
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.comments import conversations, speaking
from app.features.comments.file_subject import ContactNeeded
from app.features.comments.schemas import (
    CommentOut,
    FileCommentIn,
    FileCommentQuery,
)
from app.features.comments.subjects import SUBJECTS

router = api_router("/v1/files/{file_id}/comments", "comments")

FileId = Annotated[UUID, Path(alias="file_id")]
Reader = Annotated[Principal, Depends(requires(Permission.FILES_READ))]
Speaker = Annotated[Principal, Depends(requires(Permission.COMMENTS_WRITE))]


@router.get("", responses=problems(ContactNeeded, UnknownContact))
async def list_file_comments(
    reader: Reader,
    session: SeeingSession,
    file_id: FileId,
    query: Annotated[FileCommentQuery, Query()],
) -> Page[CommentOut]:
    """What was said about a file with one contact; they learn that it was read."""
    conversation = await conversations.join(
        SUBJECTS["file"], reader, session, file_id, contact_id=query.contact_id
    )
    return await conversations.list_comments(conversation, query)


@router.post("", status_code=201, responses=problems(ContactNeeded, UnknownContact))
async def add_file_comment(
    reader: Reader, _: Speaker, session: TenantSession, file_id: FileId, body: FileCommentIn
) -> CommentOut:
    """Say something about a file to one contact; they are mailed, if they see the file."""
    conversation = await conversations.join(
        SUBJECTS["file"], reader, session, file_id, contact_id=body.contact_id, to_speak=True
    )
    return await speaking.add_comment(conversation, body.body)
