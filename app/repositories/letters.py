"""Letters as the outbox keeps them, and the practices whose looks they wear."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Uuid, any_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import HOUSE, Email, EmailWording, Workspace

IDS = bindparam("ids", type_=ARRAY(Uuid()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """What a practice lends its letters; None is answered by the settings of this install.

    `wordings` holds its own `subject` and `intro`, by template.
    """

    id: UUID
    name: str
    from_name: str | None = None
    reply_to: str | None = None
    accent_color: str
    logo_file_id: UUID | None = None
    portal_url: str | None = None
    wordings: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredLetter:
    """A row of the outbox as it is rendered; `context` is what planning packed into it."""

    workspace_id: UUID
    id: UUID
    template: str
    recipient: str
    recipient_name: str
    contact_id: UUID | None
    user_id: UUID | None
    context: dict[str, Any]
    resends: int

    @property
    def practice_id(self) -> UUID:
        """The practice whose looks it wears; HOUSE for none."""
        return UUID(self.context["practice_id"])


THE_HOUSE = Practice(id=HOUSE, name="Atrium", accent_color="#4f46e5")
"""The looks of letters that belong to no practice."""

LETTER_COLUMNS = tuple(
    Email.__table__.c[name]
    for name in StoredLetter.__dataclass_fields__  # in its order
)

ONE = select(*LETTER_COLUMNS).where(
    Email.workspace_id == bindparam("workspace_id", type_=Uuid()),
    Email.id == bindparam("email_id", type_=Uuid()),
)

QUEUED = select(*LETTER_COLUMNS).where(
    Email.workspace_id == any_(bindparam("workspace_ids", type_=ARRAY(Uuid()))),
    Email.id == any_(IDS),
    Email.status == "queued",
)

WORDINGS = (
    select(
        func.jsonb_object_agg(
            EmailWording.template,
            func.jsonb_build_object("subject", EmailWording.subject, "intro", EmailWording.intro),
        )
    )
    .where(EmailWording.workspace_id == Workspace.workspace_id)
    .correlate(Workspace)
    .scalar_subquery()
)

PRACTICES = select(
    Workspace.workspace_id.label("id"),
    Workspace.name,
    Workspace.email_from_name.label("from_name"),
    Workspace.email_reply_to.label("reply_to"),
    Workspace.accent_color,
    Workspace.logo_file_id,
    Workspace.portal_url,
    WORDINGS.label("wordings"),
).where(Workspace.workspace_id == any_(IDS))


async def queued_letters(
    session: AsyncSession, workspace_ids: Sequence[UUID], ids: Sequence[UUID]
) -> Sequence[StoredLetter]:
    """Those of these letters that wait to be sent; one statement."""
    rows = await session.execute(QUEUED, {"workspace_ids": workspace_ids, "ids": ids})
    return [StoredLetter(**row) for row in rows.mappings()]


async def stored_letter(session: AsyncSession, workspace_id: UUID, email_id: UUID) -> StoredLetter:
    """One letter, whatever became of it; NotFound for a stranger's."""
    rows = await session.execute(ONE, {"workspace_id": workspace_id, "email_id": email_id})
    row = rows.mappings().one_or_none()
    if row is None:
        raise NotFound
    return StoredLetter(**row)


async def practices(session: AsyncSession, ids: Iterable[UUID]) -> Mapping[UUID, Practice]:
    """The looks of these practices; one statement, none where only the house is asked for."""
    wanted = [practice_id for practice_id in ids if practice_id != HOUSE]
    if not wanted:
        return {HOUSE: THE_HOUSE}
    rows = await session.execute(PRACTICES, {"ids": wanted})
    return {HOUSE: THE_HOUSE, **{row["id"]: Practice(**row) for row in rows.mappings()}}
