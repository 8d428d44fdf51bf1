"""What clients have to do, and what they hand in."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "assignments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("instructions", sa.Text(), server_default="", nullable=False),
        sa.Column("instructions_html", sa.Text(), server_default="", nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Text(), server_default="assigned", nullable=False),
        sa.Column("latest_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("return_comment", sa.Text(), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("late_told_at", sa.DateTime(timezone=True), nullable=True),
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
            "status IN ('assigned', 'submitted', 'returned', 'completed', 'cancelled')",
            name=op.f("assignments_status_check"),
        ),
        sa.CheckConstraint(
            "(latest_number > 0) = (submitted_at IS NOT NULL)",
            name=op.f("assignments_submitted_at_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("assignments_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("assignments_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("assignments_pkey")),
    )
    op.create_index(
        "assignments_by_contact_idx",
        "assignments",
        ["workspace_id", "contact_id", "id"],
        unique=False,
    )
    op.create_index(
        "assignments_by_status_idx", "assignments", ["workspace_id", "status", "id"], unique=False
    )
    op.create_table(
        "submissions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("assignment_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_html", sa.Text(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("number > 0", name=op.f("submissions_number_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "assignment_id"],
            ["assignments.workspace_id", "assignments.id"],
            name=op.f("submissions_workspace_id_assignment_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("submissions_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "assignment_id",
            "number",
            name=op.f("submissions_workspace_id_assignment_id_number_key"),
        ),
    )

    for table in ("assignments", "submissions"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_table("submissions")
    op.drop_table("assignments")
