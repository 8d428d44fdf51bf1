"""Forms, their versions, and what clients answer."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None

TABLES = ("forms", "form_versions", "program_forms", "form_responses", "form_revisions")


def upgrade() -> None:
    op.create_table(
        "forms",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("latest_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("published_sha256", sa.Text(), nullable=True),
        sa.Column(
            "field_types",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
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
            "(latest_number > 0) = (published_sha256 IS NOT NULL)",
            name=op.f("forms_published_sha256_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("forms_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("forms_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("forms_pkey")),
    )
    op.create_table(
        "form_versions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("definition", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("number > 0", name=op.f("form_versions_number_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "form_id"],
            ["forms.workspace_id", "forms.id"],
            name=op.f("form_versions_workspace_id_form_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("form_versions_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "form_id",
            "number",
            name=op.f("form_versions_workspace_id_form_id_number_key"),
        ),
    )
    op.create_table(
        "program_forms",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("program_id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "form_id"],
            ["forms.workspace_id", "forms.id"],
            name=op.f("program_forms_workspace_id_form_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            name=op.f("program_forms_workspace_id_program_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("program_forms_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "program_id",
            "form_id",
            name=op.f("program_forms_workspace_id_program_id_form_id_key"),
        ),
    )
    op.create_index(
        "program_forms_by_form_idx", "program_forms", ["workspace_id", "form_id"], unique=False
    )
    op.create_table(
        "form_responses",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("form_id", sa.Uuid(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("status", sa.Text(), server_default="draft", nullable=False),
        sa.Column("revision", sa.Integer(), server_default="1", nullable=False),
        sa.Column("latest_revision", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "answers",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reviewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
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
            "status IN ('draft', 'submitted', 'reviewed', 'cancelled')",
            name=op.f("form_responses_status_check"),
        ),
        sa.CheckConstraint(
            "status NOT IN ('submitted', 'reviewed') OR latest_revision = revision",
            name=op.f("form_responses_submitted_revision_check"),
        ),
        sa.CheckConstraint(
            "latest_revision BETWEEN 0 AND revision",
            name=op.f("form_responses_latest_revision_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("form_responses_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("form_responses_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("form_responses_workspace_id_enrollment_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "form_id"],
            ["forms.workspace_id", "forms.id"],
            name=op.f("form_responses_workspace_id_form_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "version_id"],
            ["form_versions.workspace_id", "form_versions.id"],
            name=op.f("form_responses_workspace_id_version_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("form_responses_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "enrollment_id", "form_id", name="form_responses_one_per_enrollment_key"
        ),
    )
    op.create_index(
        "form_responses_by_contact_idx",
        "form_responses",
        ["workspace_id", "contact_id", "id"],
        unique=False,
    )
    op.create_index(
        "form_responses_by_form_idx",
        "form_responses",
        ["workspace_id", "form_id", "id"],
        unique=False,
    )
    op.create_index(
        "form_responses_by_status_idx",
        "form_responses",
        ["workspace_id", "status", "id"],
        unique=False,
    )
    op.create_index(
        "form_responses_one_open_key",
        "form_responses",
        ["workspace_id", "form_id", "contact_id"],
        unique=True,
        postgresql_where=sa.text("status = 'draft' AND revision = 1 AND enrollment_id IS NULL"),
    )
    op.create_table(
        "form_revisions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("response_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("answers", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column(
            "files",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("score", sa.Integer(), nullable=True),
        sa.Column("band", sa.Text(), nullable=True),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("reopened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reopen_comment", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("number > 0", name=op.f("form_revisions_number_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "response_id"],
            ["form_responses.workspace_id", "form_responses.id"],
            name=op.f("form_revisions_workspace_id_response_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("form_revisions_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "response_id",
            "number",
            name=op.f("form_revisions_workspace_id_response_id_number_key"),
        ),
    )
    op.add_column(
        "programs",
        sa.Column("forms_required", sa.Boolean(), server_default=sa.text("true"), nullable=False),
    )

    for table in TABLES:
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_column("programs", "forms_required")
    for table in reversed(TABLES):
        op.drop_table(table)
