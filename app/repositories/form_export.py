"""What was handed in for a form, for tables: the latest revision of each response."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Contact, FormResponse, FormRevision, FormVersion

HandedIn = Row[*tuple[Any, ...]]
"""A response's id and status, its contact's names, its version's number, and the revision."""

HANDED_IN = (
    select(
        FormResponse.id.label("response_id"),
        FormResponse.contact_id,
        Contact.first_name,
        Contact.last_name,
        FormVersion.number.label("form_version"),
        FormRevision.number.label("revision"),
        FormResponse.status,
        FormRevision.created_at.label("submitted_at"),
        FormRevision.late,
        FormRevision.score,
        FormRevision.band,
        FormRevision.answers,
        FormRevision.files,
    )
    .join(
        FormRevision,
        and_(
            FormRevision.workspace_id == FormResponse.workspace_id,
            FormRevision.response_id == FormResponse.id,
            FormRevision.number == FormResponse.latest_revision,
        ),
    )
    .join(
        FormVersion,
        and_(
            FormVersion.workspace_id == FormResponse.workspace_id,
            FormVersion.id == FormResponse.version_id,
        ),
    )
    .join(
        Contact,
        and_(
            Contact.workspace_id == FormResponse.workspace_id,
            Contact.id == FormResponse.contact_id,
        ),
    )
    .where(
        FormResponse.workspace_id == bindparam("workspace_id"),
        FormResponse.form_id == bindparam("form_id"),
    )
    .order_by(FormResponse.id)
    .limit(bindparam("row_limit"))
)


async def handed_in(
    session: AsyncSession,
    workspace_id: UUID,
    form_id: UUID,
    *,
    number: int | None,
    after: UUID | None,
    limit: int,
) -> Sequence[HandedIn]:
    """Rows of one version, or of all (None), the earliest first, that come after a response."""
    statement, values = HANDED_IN, {"workspace_id": workspace_id, "form_id": form_id}
    if number is not None:
        statement = statement.where(FormVersion.number == number)
    if after is not None:
        statement = statement.where(FormResponse.id > after)
    found = await session.execute(statement, {**values, "row_limit": limit})
    return found.all()
