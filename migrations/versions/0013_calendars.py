"""Feeds of ours, and calendars that coaches keep elsewhere."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "external_calendars",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("generation", sa.Integer(), server_default="1", nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("digest", sa.LargeBinary(), nullable=True),
        sa.Column("read_on", sa.Date(), nullable=True),
        sa.Column("synced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attempted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("failures", sa.Integer(), server_default="0", nullable=False),
        sa.Column("failing_since", sa.DateTime(timezone=True), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("outage_told", sa.Boolean(), server_default=sa.text("false"), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["workspace_id", "coach_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("external_calendars_workspace_id_coach_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("external_calendars_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("external_calendars_pkey")),
    )
    op.create_index(
        "external_calendars_by_coach_idx",
        "external_calendars",
        ["workspace_id", "coach_id", "id"],
        unique=False,
    )
    op.create_table(
        "calendar_feeds",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "num_nonnulls(member_id, contact_id) = 1", name=op.f("calendar_feeds_one_reader_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("calendar_feeds_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("calendar_feeds_workspace_id_member_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("calendar_feeds_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("calendar_feeds_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "token_hash", name=op.f("calendar_feeds_workspace_id_token_hash_key")
        ),
    )
    op.create_index(
        "calendar_feeds_by_contact_idx",
        "calendar_feeds",
        ["workspace_id", "contact_id", "id"],
        unique=False,
    )
    op.create_index(
        "calendar_feeds_by_member_idx",
        "calendar_feeds",
        ["workspace_id", "member_id", "id"],
        unique=False,
    )
    op.create_table(
        "external_busy",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("calendar_id", sa.Uuid(), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("starts_at < ends_at", name=op.f("external_busy_span_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "calendar_id"],
            ["external_calendars.workspace_id", "external_calendars.id"],
            name=op.f("external_busy_workspace_id_calendar_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("external_busy_pkey")),
    )
    op.create_index(
        "external_busy_by_calendar_idx",
        "external_busy",
        ["workspace_id", "calendar_id"],
        unique=False,
    )
    op.create_index(
        "external_busy_by_coach_idx",
        "external_busy",
        ["workspace_id", "coach_id", "ends_at"],
        unique=False,
    )
    for table in ("calendar_feeds", "external_busy", "external_calendars"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_index("external_busy_by_coach_idx", table_name="external_busy")
    op.drop_index("external_busy_by_calendar_idx", table_name="external_busy")
    op.drop_table("external_busy")
    op.drop_index("calendar_feeds_by_member_idx", table_name="calendar_feeds")
    op.drop_index("calendar_feeds_by_contact_idx", table_name="calendar_feeds")
    op.drop_table("calendar_feeds")
    op.drop_index("external_calendars_by_coach_idx", table_name="external_calendars")
    op.drop_table("external_calendars")
