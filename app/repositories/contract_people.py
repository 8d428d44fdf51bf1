"""Who may sign in a practice: its team, and the contact a contract is with."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import CoachProfile, Contact, Contract, ContractSigner, Enrollment, Member, User

TEAM = (
    select(
        Member.id,
        Member.role,
        func.coalesce(CoachProfile.display_name, User.name).label("name"),
        User.email,
    )
    .join(User, User.id == Member.user_id)
    .outerjoin(
        CoachProfile,
        and_(CoachProfile.workspace_id == Member.workspace_id, CoachProfile.member_id == Member.id),
    )
    .where(Member.workspace_id == bindparam("workspace_id"), Member.removed_at.is_(None))
    .order_by(Member.role != "owner", Member.created_at, Member.id)
)

PARTNER = (
    select(
        Contact.id,
        func.rtrim(Contact.first_name + " " + Contact.last_name).label("name"),
        func.coalesce(Contact.email, User.email).label("email"),
        Contact.coach_id,
        Contact.user_id,
    )
    .outerjoin(User, User.id == Contact.user_id)
    .where(Contact.workspace_id == bindparam("workspace_id"), Contact.id == bindparam("contact_id"))
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamMember:
    """A member of the team; `id` is the member's."""

    id: UUID
    role: str
    name: str
    email: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Partner:
    """The contact a contract is with; `user_id` once they have an account."""

    id: UUID
    name: str
    email: str | None
    coach_id: UUID | None
    user_id: UUID | None


async def team_of(session: AsyncSession, workspace_id: UUID) -> Sequence[TeamMember]:
    """The present team, owners first."""
    rows = await session.execute(TEAM, {"workspace_id": workspace_id})
    return [TeamMember(**row) for row in rows.mappings()]


async def partner(session: AsyncSession, workspace_id: UUID, contact_id: UUID) -> Partner | None:
    """The contact, with the address of their account where the practice knows none."""
    values = {"workspace_id": workspace_id, "contact_id": contact_id}
    row = (await session.execute(PARTNER, values)).mappings().one_or_none()
    return Partner(**row) if row else None


async def enrolled_in(
    session: AsyncSession,
    workspace_id: UUID,
    contact_id: UUID,
    enrollment_id: UUID,
    *,
    lock: bool = False,
) -> UUID | None:
    """The program of this contact's enrollment; None when it is not theirs.

    With `lock`, whoever else brings it a contract waits, and finds this one.
    """
    statement = select(Enrollment.program_id).where(
        Enrollment.workspace_id == workspace_id,
        Enrollment.contact_id == contact_id,
        Enrollment.id == enrollment_id,
    )
    if lock:
        statement = statement.with_for_update(key_share=True)
    return await session.scalar(statement)


async def signer_with(
    session: AsyncSession, workspace_id: UUID, token_hash: bytes
) -> ContractSigner | None:
    """Whom this token was mailed to."""
    return await session.scalar(
        select(ContractSigner).where(
            ContractSigner.workspace_id == workspace_id, ContractSigner.token_hash == token_hash
        )
    )


async def ended_signers(
    session: AsyncSession, workspace_id: UUID, ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those of these signers whose contract came to nothing: their links lead nowhere."""
    if not ids:
        return frozenset()
    found = await session.scalars(
        select(ContractSigner.id)
        .join(
            Contract,
            and_(
                Contract.workspace_id == ContractSigner.workspace_id,
                Contract.id == ContractSigner.contract_id,
            ),
        )
        .where(
            ContractSigner.workspace_id == workspace_id,
            ContractSigner.id.in_(ids),
            Contract.status.in_(("declined", "voided", "expired")),
        )
    )
    return frozenset(found)
