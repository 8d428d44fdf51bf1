"""What a program brings along for each client: goals and assignments, as they will be given."""

from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, Double, ForeignKeyConstraint, Index, Integer, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class GoalTemplate(TenantRecord):
    """A goal that each new enrollment in a program begins with, in the order of `position`.

    It is due so many days after the enrollment's first; None is never. `milestones` are objects
    with a `title` and their own `due_after_days`.
    """

    __tablename__ = "goal_templates"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("due_after_days >= 0", name="due_after_days"),
        CheckConstraint("num_nonnulls(unit, start_value, target_value) IN (0, 3)", name="target"),
        CheckConstraint("start_value <> target_value", name="distance"),
        Index("goal_templates_by_program_idx", "workspace_id", "program_id", "position"),
    )

    program_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    description: Mapped[str] = mapped_column(server_default="")
    description_html: Mapped[str] = mapped_column(server_default="")
    due_after_days: Mapped[int | None] = mapped_column(Integer)
    unit: Mapped[str | None]
    start_value: Mapped[float | None] = mapped_column(Double)
    target_value: Mapped[float | None] = mapped_column(Double)
    milestones: Mapped[list[dict[str, Any]]] = mapped_column(
        JSONB, server_default=text("'[]'::jsonb")
    )


class AssignmentTemplate(TenantRecord):
    """Something to do that each new enrollment in a program begins with; days as in a goal's."""

    __tablename__ = "assignment_templates"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("due_after_days >= 0", name="due_after_days"),
        Index("assignment_templates_by_program_idx", "workspace_id", "program_id", "position"),
    )

    program_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
    title: Mapped[str]
    instructions: Mapped[str] = mapped_column(server_default="")
    instructions_html: Mapped[str] = mapped_column(server_default="")
    due_after_days: Mapped[int | None] = mapped_column(Integer)


class AssignmentTemplateFile(TenantRecord):
    """A file of the team's that each assignment made from a template gives."""

    __tablename__ = "assignment_template_files"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["assignment_templates.workspace_id", "assignment_templates.id"],
            name="assignment_template_files_template_fkey",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["workspace_id", "file_id"], ["files.workspace_id", "files.id"]),
        Index("assignment_template_files_idx", "workspace_id", "template_id", "position"),
        Index("assignment_template_files_by_file_idx", "workspace_id", "file_id"),
    )

    template_id: Mapped[UUID]
    file_id: Mapped[UUID]
    position: Mapped[int] = mapped_column(Integer)
