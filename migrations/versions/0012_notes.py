"""Notes of either side, and comments on what the two share."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "comments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("body_html", sa.Text(), nullable=False),
        sa.Column("internal", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column("mailed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("edited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deleted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "side = 'member' OR author_id IS NULL", name=op.f("comments_author_id_check")
        ),
        sa.CheckConstraint("side IN ('member', 'client')", name=op.f("comments_side_check")),
        sa.CheckConstraint(
            "subject_kind IN ('note', 'goal', 'assignment', 'file')",
            name=op.f("comments_subject_kind_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("comments_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("comments_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("comments_pkey")),
    )
    op.create_index(
        "comments_by_contact_idx", "comments", ["workspace_id", "contact_id"], unique=False
    )
    op.create_index(
        "comments_by_subject_idx",
        "comments",
        ["workspace_id", "subject_kind", "subject_id", "contact_id", "id"],
        unique=False,
    )
    op.execute(create_policy("comments"))
    op.create_table(
        "notes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("appointment_id", sa.Uuid(), nullable=True),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("body", sa.Text(), server_default="", nullable=False),
        sa.Column("body_html", sa.Text(), server_default="", nullable=False),
        sa.Column("shared_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("shared_event_id", sa.Uuid(), nullable=True),
        sa.Column("seen_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "search_text",
            sa.Text(),
            sa.Computed("lower(title || ' ' || body)", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "side = 'member' OR author_id IS NULL", name=op.f("notes_author_id_check")
        ),
        sa.CheckConstraint("side IN ('member', 'client')", name=op.f("notes_side_check")),
        sa.CheckConstraint(
            "(shared_at IS NULL) = (shared_event_id IS NULL)",
            name=op.f("notes_shared_event_id_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "appointment_id"],
            ["appointments.workspace_id", "appointments.id"],
            name=op.f("notes_workspace_id_appointment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("notes_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("notes_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("notes_workspace_id_enrollment_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("notes_pkey")),
    )
    op.create_index(
        "notes_by_appointment_idx", "notes", ["workspace_id", "appointment_id", "id"], unique=False
    )
    op.create_index(
        "notes_by_contact_idx", "notes", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index(
        "notes_by_enrollment_idx", "notes", ["workspace_id", "enrollment_id", "id"], unique=False
    )
    op.create_index(
        "notes_search_idx",
        "notes",
        ["workspace_id", "search_text"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
    op.execute(create_policy("notes"))


def downgrade() -> None:
    op.drop_table("notes")
    op.drop_table("comments")
