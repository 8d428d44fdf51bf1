"""What texts about a contact may be filled in with, as the practice knows it now."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row, RowMapping, and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CoachProfile, Contact, Member, Program, User, Workspace

OF_WORKSPACE = select(
    Workspace.name.label("workspace_name"),
    Workspace.time_zone,
    Workspace.locale,
    Workspace.invoice_settings,
).where(Workspace.workspace_id == bindparam("workspace_id"))

OF_CONTACT = select(
    Contact.first_name,
    Contact.last_name,
    Contact.email,
    Contact.phone,
    Contact.company,
    Contact.job_title,
).where(
    Contact.workspace_id == bindparam("workspace_id"),
    Contact.id == bindparam("contact_id"),
)

OF_COACH = (
    select(func.coalesce(CoachProfile.display_name, User.name).label("name"), User.email)
    .select_from(Contact)
    .join(Member, and_(Member.workspace_id == Contact.workspace_id, Member.removed_at.is_(None)))
    .join(User, User.id == Member.user_id)
    .outerjoin(
        CoachProfile,
        and_(CoachProfile.workspace_id == Member.workspace_id, CoachProfile.member_id == Member.id),
    )
    .where(Contact.workspace_id == bindparam("workspace_id"), Contact.id == bindparam("contact_id"))
    .order_by(
        func.coalesce(Member.id == Contact.coach_id, False).desc(),
        Member.role != "owner",
        Member.id,
    )
    .limit(1)
)
"""The contact's own coach, else the owner."""

OF_PROGRAM = select(
    Program.name, Program.price_minor, Program.currency, Program.duration_weeks
).where(
    Program.workspace_id == bindparam("workspace_id"),
    Program.id == bindparam("program_id"),
)

Facts = Row[*tuple[Any, ...]]


async def facts_of_workspace(session: AsyncSession, workspace_id: UUID) -> Facts:
    """Its name, zone, locale and invoice settings."""
    return (await session.execute(OF_WORKSPACE, {"workspace_id": workspace_id})).one()


async def facts_of_contact(
    session: AsyncSession, workspace_id: UUID, contact_id: UUID
) -> tuple[RowMapping, Facts] | None:
    """The contact's columns and its coach's row; None when there is no such contact."""
    values = {"workspace_id": workspace_id, "contact_id": contact_id}
    contact = (await session.execute(OF_CONTACT, values)).mappings().one_or_none()
    if contact is None:
        return None
    return contact, (await session.execute(OF_COACH, values)).one()


async def facts_of_program(
    session: AsyncSession, workspace_id: UUID, program_id: UUID
) -> Facts | None:
    """The program's name, price and length; None when there is no such program."""
    values = {"workspace_id": workspace_id, "program_id": program_id}
    return (await session.execute(OF_PROGRAM, values)).one_or_none()
