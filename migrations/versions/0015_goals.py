"""Goals of either side, their milestones and check-ins."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "goals",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("description_html", sa.Text(), server_default="", nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("unit", sa.Text(), nullable=True),
        sa.Column("start_value", sa.Double(), nullable=True),
        sa.Column("target_value", sa.Double(), nullable=True),
        sa.Column("current_value", sa.Double(), nullable=True),
        sa.Column("checked_in_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "untold_by_member",
            sa.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "untold_by_client",
            sa.ARRAY(sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(status = 'active') = (closed_at IS NULL)", name=op.f("goals_closed_at_check")
        ),
        sa.CheckConstraint(
            "side = 'member' OR author_id IS NULL", name=op.f("goals_author_id_check")
        ),
        sa.CheckConstraint("side IN ('member', 'client')", name=op.f("goals_side_check")),
        sa.CheckConstraint(
            "status IN ('active', 'achieved', 'abandoned')", name=op.f("goals_status_check")
        ),
        sa.CheckConstraint(
            "num_nonnulls(unit, start_value, target_value) IN (0, 3)",
            name=op.f("goals_target_check"),
        ),
        sa.CheckConstraint("start_value <> target_value", name=op.f("goals_distance_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("goals_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("goals_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("goals_workspace_id_enrollment_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("goals_pkey")),
    )
    op.create_index(
        "goals_by_contact_idx", "goals", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index(
        "goals_by_enrollment_idx", "goals", ["workspace_id", "enrollment_id", "id"], unique=False
    )
    op.create_index("goals_by_status_idx", "goals", ["workspace_id", "status", "id"], unique=False)
    op.create_table(
        "goal_milestones",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("completed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "goal_id"],
            ["goals.workspace_id", "goals.id"],
            name=op.f("goal_milestones_workspace_id_goal_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("goal_milestones_pkey")),
    )
    op.create_index(
        "goal_milestones_by_goal_idx",
        "goal_milestones",
        ["workspace_id", "goal_id", "position", "id"],
        unique=False,
    )
    op.create_table(
        "goal_check_ins",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("goal_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("comment", sa.Text(), server_default="", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "side = 'member' OR author_id IS NULL", name=op.f("goal_check_ins_author_id_check")
        ),
        sa.CheckConstraint("side IN ('member', 'client')", name=op.f("goal_check_ins_side_check")),
        sa.CheckConstraint(
            "value IS NOT NULL OR comment <> ''", name=op.f("goal_check_ins_something_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("goal_check_ins_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "goal_id"],
            ["goals.workspace_id", "goals.id"],
            name=op.f("goal_check_ins_workspace_id_goal_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("goal_check_ins_pkey")),
    )
    op.create_index(
        "goal_check_ins_by_goal_idx",
        "goal_check_ins",
        ["workspace_id", "goal_id", "at", "id"],
        unique=False,
    )

    for table in ("goals", "goal_milestones", "goal_check_ins"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_table("goal_check_ins")
    op.drop_table("goal_milestones")
    op.drop_table("goals")
