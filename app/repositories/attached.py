"""The files that hang on a row, as one of its columns."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, SQLColumnExpression, and_, func, select
from sqlalchemy.dialects.postgresql import JSONB, aggregate_order_by

from app.models import File, FileAttachment, FileVersion
from app.repositories.file_cards import SHOWN_NUMBER


def attached_to(
    kind: str,
    row: type[Any],
    contact_id: SQLColumnExpression[UUID],
    *conditions: ColumnElement[bool],
) -> ColumnElement[Any]:
    """The files on `row`, which concerns this contact, as `linked_files` tells them."""
    return linked_files(
        FileAttachment,
        FileAttachment.workspace_id == row.workspace_id,
        FileAttachment.subject_kind == kind,
        FileAttachment.subject_id == row.id,
        FileAttachment.contact_id == contact_id,
        *conditions,
    )


def linked_files(link: type[Any], *conditions: ColumnElement[bool]) -> ColumnElement[Any]:
    """The files that a table's rows under these conditions lead to, in order; null for none.

    Each is an object with `id, name, state, media_type, size_bytes`; deleted ones are left out.
    """
    told = func.jsonb_build_object(
        *("id", File.id, "name", File.name, "state", File.state),
        *("media_type", FileVersion.media_type, "size_bytes", FileVersion.size),
    )
    in_order = aggregate_order_by(told, link.position)
    return (
        select(func.jsonb_agg(in_order, type_=JSONB))
        .join_from(
            link, File, and_(File.workspace_id == link.workspace_id, File.id == link.file_id)
        )
        .join(
            FileVersion,
            and_(
                FileVersion.workspace_id == File.workspace_id,
                FileVersion.file_id == File.id,
                FileVersion.number == SHOWN_NUMBER,
            ),
        )
        .where(File.state != "deleted", *conditions)
        .correlate_except(link, File, FileVersion)
        .scalar_subquery()
        .label("attachments")
    )
