"""The routes to a thing's comments, made for each kind of thing that can be commented on."""

from collections.abc import Awaitable, Callable
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Path, Query

from app.access.audience import SeeingSession
from app.access.callers import client_side, requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.core.paging import Page
from app.core.strict_route import api_router
from app.features.comments import conversations, speaking
from app.features.comments.conversations import Conversation
from app.features.comments.schemas import CommentIn, CommentOut, CommentQuery
from app.features.comments.subjects import Subject


def team_threads(subject: Subject) -> APIRouter:
    """The coach side's routes, such as `/v1/notes/{note_id}/comments`."""
    return _threads(
        subject,
        prefix="/v1",
        names=("list_{}_comments", "add_{}_comment"),
        reader=requires(subject.read),
        speaker=requires(Permission.COMMENTS_WRITE),
    )


def client_threads(subject: Subject) -> APIRouter:
    """The portal's routes, such as `/v1/portal/notes/{note_id}/comments`."""
    return _threads(
        subject,
        prefix="/v1/portal",
        names=("list_portal_{}_comments", "add_portal_{}_comment"),
        reader=client_side,
        speaker=client_side,
    )


def _threads(
    subject: Subject,
    *,
    prefix: str,
    names: tuple[str, str],
    reader: Callable[..., Awaitable[Principal]],
    speaker: Callable[..., Awaitable[Principal]],
) -> APIRouter:
    parameter = f"{subject.kind}_id"
    router = api_router(f"{prefix}/{subject.plural}/{{{parameter}}}/comments", "comments")
    list_name, add_name = (name.format(subject.kind) for name in names)

    async def listening(
        caller: Annotated[Principal, Depends(reader)],
        session: SeeingSession,
        subject_id: Annotated[UUID, Path(alias=parameter)],
    ) -> Conversation:
        return await conversations.join(subject, caller, session, subject_id)

    async def taking_part(
        caller: Annotated[Principal, Depends(reader)],
        session: TenantSession,
        subject_id: Annotated[UUID, Path(alias=parameter)],
    ) -> Conversation:
        return await conversations.join(subject, caller, session, subject_id, to_speak=True)

    @router.get("", name=list_name)
    async def list_comments(
        query: Annotated[CommentQuery, Query()],
        conversation: Annotated[Conversation, Depends(listening)],
    ) -> Page[CommentOut]:
        """What was said about it; the other side learns that it was read."""
        return await conversations.list_comments(conversation, query)

    @router.post("", name=add_name, status_code=201, dependencies=[Depends(speaker)])
    async def add_comment(
        body: CommentIn, conversation: Annotated[Conversation, Depends(taking_part)]
    ) -> CommentOut:
        """Say something; the other side is mailed, once for all that is said in five minutes."""
        return await speaking.add_comment(conversation, body.body)

    return router
