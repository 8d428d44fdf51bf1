"""How much was said about something, as one of its columns."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, func, or_, select

from app.models import Comment


def comments_on(kind: str, thing: type[Any]) -> ColumnElement[int]:
    """The comments on `thing` (with a contact) that are there and that the `side` sees."""
    return (
        select(func.count())
        .where(
            Comment.workspace_id == thing.workspace_id,
            Comment.subject_kind == kind,
            Comment.subject_id == thing.id,
            Comment.contact_id == thing.contact_id,
            Comment.deleted_at.is_(None),
            or_(Comment.side == bindparam("side"), Comment.internal.is_(False)),
        )
        .correlate(thing)
        .scalar_subquery()
        .label("comment_count")
    )
