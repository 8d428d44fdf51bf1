"""What one person of a practice wishes to be told by mail, and by whose clock."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Uuid,
    and_,
    bindparam,
    exists,
    func,
    literal_column,
    or_,
    select,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import Contact, Email, Inbox, Member, User, Workspace
from app.models.inboxes import DIGEST_HOUR
from app.repositories.audiences import Side
from app.repositories.base import Repository
from app.repositories.inboxes import Holder

NOTHING: ColumnElement[Any] = literal_column("'{}'::jsonb")

WISHES = (
    func.coalesce(Inbox.choices, NOTHING).label("choices"),
    func.coalesce(Inbox.set_aside, NOTHING).label("set_aside"),
    func.coalesce(Inbox.digest_hour, DIGEST_HOUR).label("digest_hour"),
)
HERE = {
    "workspace_id": bindparam("workspace_id", type_=Uuid()),
    "id": bindparam("id", type_=Uuid()),
}

OF_MEMBER = (
    select(*WISHES, User.time_zone)
    .select_from(Member)
    .join(User, User.id == Member.user_id)
    .outerjoin(Inbox, and_(Inbox.workspace_id == Member.workspace_id, Inbox.id == Member.id))
    .where(
        Member.workspace_id == HERE["workspace_id"],
        Member.id == HERE["id"],
        Member.removed_at.is_(None),
    )
)

OF_CLIENT = (
    select(
        *WISHES,
        func.coalesce(User.time_zone, Contact.time_zone, Workspace.time_zone).label("time_zone"),
    )
    .select_from(Contact)
    .join(Workspace, Workspace.workspace_id == Contact.workspace_id)
    .outerjoin(User, User.id == Contact.user_id)
    .outerjoin(Inbox, and_(Inbox.workspace_id == Contact.workspace_id, Inbox.id == Contact.id))
    .where(Contact.workspace_id == HERE["workspace_id"], Contact.id == HERE["id"])
)

DEFERRED = (
    Email.workspace_id == HERE["workspace_id"],
    Email.status == "deferred",
    or_(
        Email.contact_id == HERE["id"],
        and_(
            Email.contact_id.is_(None),
            Email.context["member_id"].astext == bindparam("id_text"),
        ),
    ),
)
"""A person's letters that wait for their digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What somebody chose, by event type; the hour of their digest and the zone it is meant in.

    `set_aside` is what they had chosen before one click switched a group off.
    """

    choices: Mapping[str, Any]
    set_aside: Mapping[str, Any]
    digest_hour: int
    time_zone: str


class InboxRepository(Repository[Inbox]):
    """One person's inbox."""

    model = Inbox

    def __init__(self, session: AsyncSession, workspace_id: UUID, holder: Holder) -> None:
        """Speak through `session`, about this person's inbox only."""
        super().__init__(session, workspace_id)
        self.holder = holder

    @property
    def side(self) -> Side:
        """Which side the person is on."""
        return "client" if self.holder.contact_id else "member"

    async def wishes(self) -> Wishes:
        """What they chose; NotFound for somebody who is not here any longer. One statement."""
        statement = OF_CLIENT if self.holder.contact_id else OF_MEMBER
        row = (await self.session.execute(statement, self._here())).mappings().one_or_none()
        if row is None:
            raise NotFound
        return Wishes(**row)

    async def locked(self) -> Inbox:
        """The row, made if there is none; nothing is planned for its holder until the commit."""
        new = {"contact_id": self.holder.contact_id, "member_id": self.holder.member_id}
        made = insert(Inbox).values(workspace_id=self.workspace_id, id=self.holder.id, **new)
        await self.session.execute(made.on_conflict_do_nothing())
        return await self.require(self.holder.id, lock=True)

    async def has_deferred(self) -> bool:
        """Whether a letter waits for their digest."""
        statement = select(exists().where(*DEFERRED))
        return bool(await self.session.scalar(statement, self._here()))

    def _here(self) -> dict[str, Any]:
        holder_id = self.holder.id
        return {"workspace_id": self.workspace_id, "id": holder_id, "id_text": str(holder_id)}
