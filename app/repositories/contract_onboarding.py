"""The contracts that programs bring along: which are to be made, and which are signed."""

from collections.abc import Collection, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, Row, Uuid, and_, any_, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import (
    Contact,
    Contract,
    ContractSigner,
    ContractTemplate,
    Enrollment,
    Program,
    User,
)

IDS = bindparam("ids", type_=ARRAY(Uuid()))
WORKSPACE_ID = bindparam("workspace_id", type_=Uuid())

Awaited = Row[*tuple[Any, ...]]
"""An enrollment's id, its contact's id, name, address and coach, its template's id, name, body."""

AWAITED = (
    select(
        Enrollment.id.label("enrollment_id"),
        Contact.id.label("contact_id"),
        func.rtrim(Contact.first_name + " " + Contact.last_name).label("contact_name"),
        func.coalesce(Contact.email, User.email).label("contact_email"),
        Contact.coach_id,
        Contact.user_id,
        ContractTemplate.id.label("template_id"),
        ContractTemplate.name.label("title"),
        ContractTemplate.body,
    )
    .join(
        Program,
        and_(Program.workspace_id == Enrollment.workspace_id, Program.id == Enrollment.program_id),
    )
    .join(
        ContractTemplate,
        and_(
            ContractTemplate.workspace_id == Program.workspace_id,
            ContractTemplate.id == Program.contract_template_id,
        ),
    )
    .join(
        Contact,
        and_(Contact.workspace_id == Enrollment.workspace_id, Contact.id == Enrollment.contact_id),
    )
    .outerjoin(User, User.id == Contact.user_id)
    .where(
        Enrollment.workspace_id == WORKSPACE_ID,
        Enrollment.id == any_(IDS),
        ~exists().where(
            Contract.workspace_id == Enrollment.workspace_id,
            Contract.enrollment_id == Enrollment.id,
        ),
    )
    .order_by(Enrollment.id)
)

UNSIGNED = exists().where(
    ContractSigner.workspace_id == Contract.workspace_id,
    ContractSigner.contract_id == Contract.id,
    ContractSigner.role == "client",
    ContractSigner.status != "signed",
)
SIGNED = select(Contract.enrollment_id).where(
    Contract.workspace_id == WORKSPACE_ID,
    Contract.enrollment_id == any_(IDS),
    Contract.status.in_(("sent", "completing", "completed")),
    ~UNSIGNED,
)


async def awaited(
    session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID]
) -> Sequence[Awaited]:
    """Those of these enrollments whose program has a template, and that never had a contract."""
    values = {"workspace_id": workspace_id, "ids": list(enrollment_ids)}
    return (await session.execute(AWAITED, values)).all()


async def signed_by_client(
    session: AsyncSession, workspace_id: UUID, enrollment_ids: Collection[UUID]
) -> frozenset[UUID]:
    """Those of these enrollments whose contract bears all signatures of the client's side."""
    values = {"workspace_id": workspace_id, "ids": list(enrollment_ids)}
    found = await session.scalars(SIGNED, values)
    return frozenset(one for one in found if one is not None)
