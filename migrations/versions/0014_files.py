"""Files, their versions, and whom they are shown to."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "file_usage",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("bytes", sa.BigInteger(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("file_usage_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", name=op.f("file_usage_pkey")),
    )
    op.create_table(
        "files",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("side", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("current_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("latest_number", sa.Integer(), server_default="0", nullable=False),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "sort_name", sa.Text(), sa.Computed("lower(name)", persisted=True), nullable=False
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(side = 'client') = (contact_id IS NOT NULL)", name=op.f("files_contact_id_check")
        ),
        sa.CheckConstraint(
            "side = 'member' OR author_id IS NULL", name=op.f("files_author_id_check")
        ),
        sa.CheckConstraint("side IN ('member', 'client')", name=op.f("files_side_check")),
        sa.CheckConstraint(
            "state IN ('pending', 'scanning', 'available', 'infected', 'rejected', 'deleted')",
            name=op.f("files_state_check"),
        ),
        sa.CheckConstraint(
            "current_number BETWEEN 0 AND latest_number", name=op.f("files_current_number_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("files_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("files_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("files_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("files_pkey")),
    )
    op.create_index(
        "files_by_contact_idx", "files", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index("files_by_name_idx", "files", ["workspace_id", "sort_name", "id"], unique=False)
    op.create_table(
        "file_attachments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("subject_kind", sa.Text(), nullable=False),
        sa.Column("subject_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column("shared", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "subject_kind IN ('note', 'comment', 'goal', 'assignment', 'submission', 'form_response')",
            name=op.f("file_attachments_subject_kind_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("file_attachments_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "file_id"],
            ["files.workspace_id", "files.id"],
            name=op.f("file_attachments_workspace_id_file_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("file_attachments_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "subject_kind",
            "subject_id",
            "contact_id",
            "file_id",
            name="file_attachments_subject_key",
        ),
    )
    op.create_index(
        "file_attachments_by_file_idx",
        "file_attachments",
        ["workspace_id", "file_id"],
        unique=False,
    )
    op.create_index(
        "file_attachments_shared_idx",
        "file_attachments",
        ["workspace_id", "contact_id", "file_id"],
        unique=False,
        postgresql_where=sa.text("shared"),
    )
    op.create_table(
        "file_shares",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("program_id", sa.Uuid(), nullable=True),
        sa.Column("announced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "num_nonnulls(contact_id, program_id) = 1", name=op.f("file_shares_target_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("file_shares_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "file_id"],
            ["files.workspace_id", "files.id"],
            name=op.f("file_shares_workspace_id_file_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            name=op.f("file_shares_workspace_id_program_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("file_shares_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "file_id",
            "contact_id",
            name=op.f("file_shares_workspace_id_file_id_contact_id_key"),
        ),
        sa.UniqueConstraint(
            "workspace_id",
            "file_id",
            "program_id",
            name=op.f("file_shares_workspace_id_file_id_program_id_key"),
        ),
    )
    op.create_index(
        "file_shares_by_contact_idx",
        "file_shares",
        ["workspace_id", "contact_id", "file_id"],
        unique=False,
    )
    op.create_index(
        "file_shares_by_program_idx",
        "file_shares",
        ["workspace_id", "program_id", "file_id"],
        unique=False,
    )
    op.create_table(
        "file_versions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("file_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("refusal", sa.Text(), nullable=True),
        sa.Column("storage_key", sa.Text(), nullable=False),
        sa.Column("thumbnail_key", sa.Text(), nullable=True),
        sa.Column(
            "media_type", sa.Text(), server_default="application/octet-stream", nullable=False
        ),
        sa.Column("size", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("width", sa.Integer(), nullable=True),
        sa.Column("height", sa.Integer(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'scanning', 'available', 'infected', 'rejected', 'deleted')",
            name=op.f("file_versions_state_check"),
        ),
        sa.CheckConstraint("number > 0", name=op.f("file_versions_number_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("file_versions_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "file_id"],
            ["files.workspace_id", "files.id"],
            name=op.f("file_versions_workspace_id_file_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("file_versions_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "file_id",
            "number",
            name=op.f("file_versions_workspace_id_file_id_number_key"),
        ),
    )
    op.create_index(
        "file_versions_pending_idx",
        "file_versions",
        ["workspace_id", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'pending'"),
    )
    for table in ("file_attachments", "file_shares", "file_usage", "file_versions", "files"):
        op.execute(create_policy(table))


def downgrade() -> None:

    op.drop_index(
        "file_versions_pending_idx",
        table_name="file_versions",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_table("file_versions")
    op.drop_index("file_shares_by_program_idx", table_name="file_shares")
    op.drop_index("file_shares_by_contact_idx", table_name="file_shares")
    op.drop_table("file_shares")
    op.drop_index(
        "file_attachments_shared_idx",
        table_name="file_attachments",
        postgresql_where=sa.text("shared"),
    )
    op.drop_index("file_attachments_by_file_idx", table_name="file_attachments")
    op.drop_table("file_attachments")
    op.drop_index("files_by_name_idx", table_name="files")
    op.drop_index("files_by_contact_idx", table_name="files")
    op.drop_table("files")
    op.drop_table("file_usage")
