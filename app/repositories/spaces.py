"""People's places in practices, across all of them, and when a client was last seen in one."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, bindparam, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.models import Contact, LoginSession, Space, WorkspaceListing

SEEN_EVERY = timedelta(minutes=5)
"""How often a client's last activity is written at most."""

LAST_USED = (
    select(func.max(LoginSession.last_used_at))
    .where(
        LoginSession.user_id == Space.user_id,
        LoginSession.workspace_id == Space.workspace_id,
        LoginSession.side == Space.side,
    )
    .scalar_subquery()
)

SPACES = (
    select(
        Space.workspace_id,
        WorkspaceListing.name.label("workspace_name"),
        Space.side,
        Space.role,
        Space.member_id,
        Space.contact_id,
    )
    .join(WorkspaceListing, WorkspaceListing.workspace_id == Space.workspace_id)
    .where(Space.user_id == bindparam("user_id"))
    .order_by(LAST_USED.desc().nulls_last(), Space.created_at, Space.workspace_id, Space.side)
)

SEEN = (
    update(Contact)
    .where(
        Contact.workspace_id == bindparam("seen_in"),
        Contact.id == bindparam("seen_id"),
        or_(
            Contact.last_active_at.is_(None),
            Contact.last_active_at < bindparam("seen_before"),
        ),
    )
    # being seen is no edit: it must not move updated_at
    .values(last_active_at=bindparam("seen_at"), updated_at=Contact.updated_at)
)

SpaceRow = Row[*tuple[Any, ...]]
"""workspace_id, workspace_name, side, role, member_id, contact_id."""


async def spaces_of(session: AsyncSession, user_id: UUID) -> Sequence[SpaceRow]:
    """A person's places in practices, the one used last first, the unused by age after it."""
    result = await session.execute(SPACES, {"user_id": user_id})
    rows: Sequence[SpaceRow] = result.all()
    return rows


async def add_space(
    session: AsyncSession,
    *,
    user_id: UUID,
    workspace_id: UUID,
    role: str,
    member_id: UUID | None = None,
    contact_id: UUID | None = None,
) -> None:
    """Give a person a place in a practice: a member's, or a client's with their contact."""
    await session.execute(
        insert(Space).values(
            user_id=user_id,
            workspace_id=workspace_id,
            side="client" if role == "client" else "member",
            role=role,
            member_id=member_id,
            contact_id=contact_id,
        )
    )


async def change_member_role(
    session: AsyncSession, *, user_id: UUID, workspace_id: UUID, role: str
) -> None:
    """Give a member's place another role; tokens with the old one stop working as below."""
    await session.execute(
        update(Space)
        .where(
            and_(
                Space.user_id == user_id,
                Space.workspace_id == workspace_id,
                Space.side == "member",
            )
        )
        .values(role=role)
    )


async def close_space(
    session: AsyncSession, *, user_id: UUID, workspace_id: UUID, side: str
) -> None:
    """Take the place away; tokens bound to it stop working once the doorkeeper asks again."""
    await session.execute(
        delete(Space).where(
            and_(
                Space.user_id == user_id,
                Space.workspace_id == workspace_id,
                Space.side == side,
            )
        )
    )


async def client_seen(session: AsyncSession, *, workspace_id: UUID, contact_id: UUID) -> None:
    """Note that a client is here now, every five minutes at most."""
    at = now()
    await session.execute(
        SEEN,
        {
            "seen_in": workspace_id,
            "seen_id": contact_id,
            "seen_before": at - SEEN_EVERY,
            "seen_at": at,
        },
        execution_options={"synchronize_session": False},
    )
