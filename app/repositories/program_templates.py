"""What programs bring along: their templates of goals and assignments."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, bindparam, delete, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.ids import new_id
from app.models import AssignmentTemplate, AssignmentTemplateFile, GoalTemplate
from app.repositories.attached import linked_files

GoalTemplateCard = Row[*tuple[Any, ...]]
"""The columns of GoalTemplate."""

AssignmentTemplateCard = Row[*tuple[Any, ...]]
"""The columns of AssignmentTemplate and its `attachments` (as `linked_files` tells them)."""

ATTACHMENTS = linked_files(
    AssignmentTemplateFile,
    AssignmentTemplateFile.workspace_id == AssignmentTemplate.workspace_id,
    AssignmentTemplateFile.template_id == AssignmentTemplate.id,
)


def _of_program(model: type[Any], *more: Any) -> Select[Any]:
    return (
        select(*model.__table__.c, *more)
        .where(
            model.workspace_id == bindparam("workspace_id"),
            model.program_id == bindparam("program_id"),
        )
        .order_by(model.position)
    )


GOALS = _of_program(GoalTemplate)
ASSIGNMENTS = _of_program(AssignmentTemplate, ATTACHMENTS)

TEMPLATES = (GoalTemplate, AssignmentTemplate)


class TemplateRepository:
    """The templates of one practice's programs."""

    def __init__(self, session: AsyncSession, workspace_id: UUID) -> None:
        """Speak through `session`, about this workspace only."""
        self.session = session
        self.workspace_id = workspace_id

    async def goals(self, program_id: UUID) -> Sequence[GoalTemplateCard]:
        """The goals a program brings along, in order."""
        return await self._all(GOALS, program_id)

    async def assignments(self, program_id: UUID) -> Sequence[AssignmentTemplateCard]:
        """The assignments a program brings along, in order."""
        return await self._all(ASSIGNMENTS, program_id)

    async def _all(self, statement: Select[Any], program_id: UUID) -> Sequence[Row[Any]]:
        values = {"workspace_id": self.workspace_id, "program_id": program_id}
        rows: Sequence[Row[Any]] = (await self.session.execute(statement, values)).all()
        return rows

    async def replace(
        self,
        program_id: UUID,
        *,
        goals: Sequence[Mapping[str, Any]],
        assignments: Sequence[Mapping[str, Any]],
    ) -> None:
        """Let the program bring along exactly these, in this order.

        They are columns by name; an assignment's `file_ids` are files of the team's.
        """
        for model in TEMPLATES:
            await self.session.execute(
                delete(model).where(
                    model.workspace_id == self.workspace_id, model.program_id == program_id
                )
            )
        given = [{**one, "id": new_id()} for one in assignments]
        await self._add(GoalTemplate, program_id, [{**one, "id": new_id()} for one in goals])
        await self._add(
            AssignmentTemplate,
            program_id,
            [{name: one[name] for name in one if name != "file_ids"} for one in given],
        )
        await self._add_files({one["id"]: one["file_ids"] for one in given})

    async def _add(
        self, model: type[Any], program_id: UUID, rows: Sequence[Mapping[str, Any]]
    ) -> None:
        scope = {"workspace_id": self.workspace_id, "program_id": program_id}
        if rows:
            numbered = [{**row, **scope, "position": n} for n, row in enumerate(rows)]
            await self.session.execute(insert(model), numbered)

    async def _add_files(self, files: Mapping[UUID, Sequence[UUID]]) -> None:
        rows = [
            {
                "workspace_id": self.workspace_id,
                "id": new_id(),
                "template_id": template_id,
                "file_id": file_id,
                "position": position,
            }
            for template_id, file_ids in files.items()
            for position, file_id in enumerate(file_ids)
        ]
        if rows:
            await self.session.execute(insert(AssignmentTemplateFile), rows)

    async def copy(self, original_id: UUID, copy_id: UUID) -> None:
        """Let a new program bring along what the original does."""
        goals = [_values(GoalTemplate, row) for row in await self.goals(original_id)]
        assignments = [
            {
                **_values(AssignmentTemplate, row),
                "file_ids": [UUID(file["id"]) for file in row.attachments or ()],
            }
            for row in await self.assignments(original_id)
        ]
        await self.replace(copy_id, goals=goals, assignments=assignments)


OF_THE_ROW = frozenset({"workspace_id", "id", "program_id", "position", "created_at"})


def _values(model: type[Any], row: Row[Any]) -> dict[str, Any]:
    names = {column.name for column in model.__table__.c} - OF_THE_ROW
    return {name: getattr(row, name) for name in names}
