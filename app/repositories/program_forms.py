"""The forms that programs bring along."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, and_, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.models import Program, ProgramForm


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
