"""The forms that programs bring along."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Row,
    Uuid,
    and_,
    any_,
    bindparam,
    delete,
    exists,
    func,
    insert,
    select,
    true,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import Enrollment, Form, FormResponse, FormVersion, Program, ProgramForm

AwaitedForm = Row[*tuple[Any, ...]]
"""An enrollment's `enrollment_id` and `contact_id`, its program's `program_name`, and a form's
`form_id` with its latest version's `version_id` and `title`."""

FORMS = (
    select(func.jsonb_agg(func.jsonb_build_array(ProgramForm.position, ProgramForm.form_id)))
    .where(
        ProgramForm.workspace_id == Program.workspace_id,
        ProgramForm.program_id == Program.id,
    )
    .correlate(Program)
    .scalar_subquery()
    .label("forms")
)
"""What a program brings along, as a column: pairs of a position and an id, in no order."""


def in_order(forms: Sequence[tuple[int, str]] | None) -> list[UUID]:
    """The ids of FORMS as the coach put them."""
    return [UUID(form_id) for _, form_id in sorted(forms or ())]


BRINGS_FORMS = (
    select(true())
    .where(
        ProgramForm.workspace_id == Enrollment.workspace_id,
        ProgramForm.program_id == Enrollment.program_id,
    )
    .limit(1)
    .correlate(Enrollment)
    .scalar_subquery()
    .label("program_brings_forms")
)
HAS_OPEN_FORMS = (
    exists()
    .where(
        FormResponse.workspace_id == Enrollment.workspace_id,
        FormResponse.enrollment_id == Enrollment.id,
        FormResponse.status == "draft",
    )
    .correlate(Enrollment)
    .label("has_open_forms")
)
"""Columns of an enrollment."""

AWAITED = (
    select(
        Enrollment.id.label("enrollment_id"),
        Enrollment.contact_id,
        Program.name.label("program_name"),
        ProgramForm.form_id,
        FormVersion.id.label("version_id"),
        FormVersion.title,
    )
    .join(
        Program,
        and_(Program.workspace_id == Enrollment.workspace_id, Program.id == Enrollment.program_id),
    )
    .join(
        ProgramForm,
        and_(
            ProgramForm.workspace_id == Program.workspace_id, ProgramForm.program_id == Program.id
        ),
    )
    .join(
        Form,
        and_(Form.workspace_id == ProgramForm.workspace_id, Form.id == ProgramForm.form_id),
    )
    .join(
        FormVersion,
        and_(
            FormVersion.workspace_id == Form.workspace_id,
            FormVersion.form_id == Form.id,
            FormVersion.number == Form.latest_number,
        ),
    )
    .where(
        Enrollment.workspace_id == bindparam("workspace_id"),
        Enrollment.id == any_(bindparam("ids", type_=ARRAY(Uuid()))),
        Program.forms_required == bindparam("required"),
    )
    .order_by(Enrollment.id, ProgramForm.position)
)


async def awaited_forms(
    session: AsyncSession, workspace_id: UUID, enrollment_ids: Sequence[UUID], *, required: bool
) -> Sequence[AwaitedForm]:
    """What the programs of these enrollments bring along, where they wait for it, or don't."""
    values = {"workspace_id": workspace_id, "ids": list(enrollment_ids), "required": required}
    return (await session.execute(AWAITED, values)).all()


async def programs_with(
    session: AsyncSession, workspace_id: UUID, form_id: UUID
) -> Sequence[Row[*tuple[Any, ...]]]:
    """The programs that bring a form along, as `id` and `name`."""
    found = await session.execute(
        select(Program.id, Program.name)
        .join(
            ProgramForm,
            and_(
                ProgramForm.workspace_id == Program.workspace_id,
                ProgramForm.program_id == Program.id,
            ),
        )
        .where(ProgramForm.workspace_id == workspace_id, ProgramForm.form_id == form_id)
        .order_by(Program.id)
    )
    return found.all()


async def unsendable_forms(
    session: AsyncSession, workspace_id: UUID, form_ids: Sequence[UUID]
) -> set[UUID]:
    """Those of these ids that are no form of the practice's, have no version, or are archived.

    The others are held until the commit, so that nobody archives them meanwhile.
    """
    if not form_ids:
        return set()
    known = (
        select(Form.id)
        .where(
            Form.workspace_id == workspace_id,
            Form.id.in_(form_ids),
            Form.latest_number > 0,
            Form.archived_at.is_(None),
        )
        .with_for_update(read=True)
    )
    return set(form_ids) - set(await session.scalars(known))


async def form_ids_of(session: AsyncSession, workspace_id: UUID, program_id: UUID) -> list[UUID]:
    """What a program brings along, in its order."""
    found = await session.scalars(
        select(ProgramForm.form_id)
        .where(ProgramForm.workspace_id == workspace_id, ProgramForm.program_id == program_id)
        .order_by(ProgramForm.position)
    )
    return list(found)


async def replace_forms(
    session: AsyncSession, workspace_id: UUID, program_id: UUID, form_ids: Sequence[UUID]
) -> None:
    """Let the program bring these forms along, and no others, from now on."""
    of_program = (ProgramForm.workspace_id == workspace_id, ProgramForm.program_id == program_id)
    await session.execute(delete(ProgramForm).where(*of_program))
    place = {"workspace_id": workspace_id, "program_id": program_id}
    rows = [
        {**place, "id": new_id(), "form_id": form_id, "position": position}
        for position, form_id in enumerate(form_ids)
    ]
    if rows:
        await session.execute(insert(ProgramForm), rows)
