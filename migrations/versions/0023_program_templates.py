"""What programs bring along: goals and assignments for each new enrollment."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _create_goal_templates()
    _create_assignment_templates()
    for table in ("goal_templates", "assignment_templates", "assignment_template_files"):
        op.execute(create_policy(table))
    for table in ("goals", "assignments"):
        op.add_column(table, sa.Column("template_id", sa.Uuid(), nullable=True))
    op.add_column("assignments", sa.Column("enrollment_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("assignments_workspace_id_enrollment_id_fkey"),
        "assignments",
        "enrollments",
        ["workspace_id", "enrollment_id"],
        ["workspace_id", "id"],
    )
    op.create_index(
        "assignments_by_enrollment_idx", "assignments", ["workspace_id", "enrollment_id", "id"]
    )
    for table in ("goals", "assignments"):
        op.create_unique_constraint(
            op.f(f"{table}_one_per_template_key"),
            table,
            ["workspace_id", "enrollment_id", "template_id"],
        )


def _create_goal_templates() -> None:
    op.create_table(
        "goal_templates",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("program_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("description_html", sa.Text(), server_default="", nullable=False),
        sa.Column("due_after_days", sa.Integer(), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("start_value", sa.Double(), nullable=True),
        sa.Column("target_value", sa.Double(), nullable=True),
        sa.Column(
            "milestones",
            postgresql.JSONB(),
            server_default=sa.text("'[]'::jsonb"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("due_after_days >= 0", name=op.f("goal_templates_due_after_days_check")),
        sa.CheckConstraint(
            "num_nonnulls(unit, start_value, target_value) IN (0, 3)",
            name=op.f("goal_templates_target_check"),
        ),
        sa.CheckConstraint(
            "start_value <> target_value", name=op.f("goal_templates_distance_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            name=op.f("goal_templates_workspace_id_program_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("goal_templates_pkey")),
    )
    op.create_index(
        "goal_templates_by_program_idx",
        "goal_templates",
        ["workspace_id", "program_id", "position"],
    )


def _create_assignment_templates() -> None:
    op.create_table(
        "assignment_templates",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("program_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), server_default="", nullable=False),
        sa.Column("instructions_html", sa.Text(), server_default="", nullable=False),
        sa.Column("due_after_days", sa.Integer(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "due_after_days >= 0", name=op.f("assignment_templates_due_after_days_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            name=op.f("assignment_templates_workspace_id_program_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("assignment_templates_pkey")),
    )
    op.create_index(
        "assignment_templates_by_program_idx",
        "assignment_templates",
        ["workspace_id", "program_id", "position"],
    )
    op.create_table(
        "assignment_template_files",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("template_id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "file_id"],
            ["files.workspace_id", "files.id"],
            name=op.f("assignment_template_files_workspace_id_file_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["assignment_templates.workspace_id", "assignment_templates.id"],
            name="assignment_template_files_template_fkey",
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("assignment_template_files_pkey")),
    )
    for name, columns in {
        "assignment_template_files_idx": ["template_id", "position"],
        "assignment_template_files_by_file_idx": ["file_id"],
    }.items():
        op.create_index(name, "assignment_template_files", ["workspace_id", *columns])


def downgrade() -> None:
    for table in ("assignments", "goals"):
        op.drop_constraint(op.f(f"{table}_one_per_template_key"), table, type_="unique")
        op.drop_column(table, "template_id")
    op.drop_index("assignments_by_enrollment_idx", table_name="assignments")
    op.drop_constraint(
        op.f("assignments_workspace_id_enrollment_id_fkey"), "assignments", type_="foreignkey"
    )
    op.drop_column("assignments", "enrollment_id")
    for table in ("assignment_template_files", "assignment_templates", "goal_templates"):
        op.drop_table(table)
