"""Contacts and the practice's own fields."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "custom_fields",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("label", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "options", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("position", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('text', 'number', 'date', 'select', 'boolean')",
            name=op.f("custom_fields_kind_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("custom_fields_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("custom_fields_pkey")),
        sa.UniqueConstraint("workspace_id", "key", name=op.f("custom_fields_workspace_id_key_key")),
    )
    op.create_table(
        "contacts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), server_default="", nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("email_norm", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("company", sa.Text(), nullable=True),
        sa.Column("job_title", sa.Text(), nullable=True),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("type", sa.Text(), server_default="client", nullable=False),
        sa.Column(
            "tags", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column(
            "tag_keys", postgresql.ARRAY(sa.Text()), server_default=sa.text("'{}'"), nullable=False
        ),
        sa.Column("coach_id", sa.Uuid(), nullable=True),
        sa.Column(
            "custom_fields",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("external_id", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column("portal_status", sa.Text(), server_default="not_invited", nullable=False),
        sa.Column("invited_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invite_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("invite_event_id", sa.Uuid(), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_active_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("version", sa.BigInteger(), server_default="1", nullable=False),
        sa.Column(
            "updated_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.Column(
            "sort_name",
            sa.Text(),
            sa.Computed("lower(last_name || ' ' || first_name)", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "activity",
            sa.DateTime(timezone=True),
            sa.Computed("coalesce(last_active_at, to_timestamp(0))", persisted=True),
            nullable=False,
        ),
        sa.Column(
            "search_text",
            sa.Text(),
            sa.Computed(
                "lower(first_name || ' ' || last_name || ' ' || coalesce(email, '') || ' ' || coalesce(company, ''))",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "portal_status IN ('not_invited', 'pending', 'active', 'disabled')",
            name=op.f("contacts_portal_status_check"),
        ),
        sa.CheckConstraint(
            "type IN ('lead', 'prospect', 'client')", name=op.f("contacts_type_check")
        ),
        sa.CheckConstraint(
            "(email IS NULL) = (email_norm IS NULL)", name=op.f("contacts_email_norm_check")
        ),
        sa.CheckConstraint(
            "cardinality(tags) = cardinality(tag_keys)", name=op.f("contacts_tag_keys_check")
        ),
        sa.ForeignKeyConstraint(
            ["user_id"], ["users.id"], name=op.f("contacts_user_id_fkey"), ondelete="RESTRICT"
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "coach_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("contacts_workspace_id_coach_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("contacts_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contacts_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "email_norm", name=op.f("contacts_workspace_id_email_norm_key")
        ),
        sa.UniqueConstraint(
            "workspace_id", "external_id", name=op.f("contacts_workspace_id_external_id_key")
        ),
    )
    op.create_index(
        "contacts_by_activity_idx", "contacts", ["workspace_id", "activity", "id"], unique=False
    )
    op.create_index(
        "contacts_by_coach_idx", "contacts", ["workspace_id", "coach_id", "id"], unique=False
    )
    op.create_index(
        "contacts_by_name_idx", "contacts", ["workspace_id", "sort_name", "id"], unique=False
    )
    op.create_index(
        "contacts_by_portal_status_idx",
        "contacts",
        ["workspace_id", "portal_status", "id"],
        unique=False,
    )
    op.create_index(
        "contacts_search_idx",
        "contacts",
        ["workspace_id", "search_text"],
        unique=False,
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
    op.create_index(
        "contacts_tags_idx",
        "contacts",
        ["workspace_id", "tag_keys"],
        unique=False,
        postgresql_using="gin",
    )
    for table in ("contacts", "custom_fields"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_index("contacts_tags_idx", table_name="contacts", postgresql_using="gin")
    op.drop_index(
        "contacts_search_idx",
        table_name="contacts",
        postgresql_using="gin",
        postgresql_ops={"search_text": "gin_trgm_ops"},
    )
    op.drop_index("contacts_by_portal_status_idx", table_name="contacts")
    op.drop_index("contacts_by_name_idx", table_name="contacts")
    op.drop_index("contacts_by_coach_idx", table_name="contacts")
    op.drop_index("contacts_by_activity_idx", table_name="contacts")
    op.drop_table("contacts")
    op.drop_table("custom_fields")
