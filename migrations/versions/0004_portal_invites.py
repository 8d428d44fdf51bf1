"""Portal invitations, one by one and in batches."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "portal_invite_batches",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("created_by", sa.Uuid(), nullable=True),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("total", sa.BigInteger(), nullable=False),
        sa.Column("invited", sa.BigInteger(), nullable=False),
        sa.Column(
            "skipped",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("portal_invite_batches_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("portal_invite_batches_pkey")),
    )
    op.create_table(
        "portal_invite_batch_items",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("result", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "batch_id"],
            ["portal_invite_batches.workspace_id", "portal_invite_batches.id"],
            name=op.f("portal_invite_batch_items_workspace_id_batch_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("portal_invite_batch_items_pkey")),
    )
    op.create_index(
        "portal_invite_batch_items_batch_idx",
        "portal_invite_batch_items",
        ["workspace_id", "batch_id", "id"],
        unique=False,
    )
    op.create_table(
        "portal_invites",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("email_norm", sa.Text(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("batch_id", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'accepted', 'revoked', 'replaced')",
            name=op.f("portal_invites_state_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "batch_id"],
            ["portal_invite_batches.workspace_id", "portal_invite_batches.id"],
            name=op.f("portal_invites_workspace_id_batch_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("portal_invites_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("portal_invites_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "token_hash", name=op.f("portal_invites_workspace_id_token_hash_key")
        ),
    )
    op.create_index(
        "portal_invites_by_batch_idx",
        "portal_invites",
        ["workspace_id", "batch_id", "id"],
        unique=False,
    )
    op.create_index(
        "portal_invites_one_pending_key",
        "portal_invites",
        ["workspace_id", "contact_id"],
        unique=True,
        postgresql_where=sa.text("state = 'pending'"),
    )
    for table in ("portal_invite_batch_items", "portal_invite_batches", "portal_invites"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_index(
        "portal_invites_one_pending_key",
        table_name="portal_invites",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index("portal_invites_by_batch_idx", table_name="portal_invites")
    op.drop_table("portal_invites")
    op.drop_index("portal_invite_batch_items_batch_idx", table_name="portal_invite_batch_items")
    op.drop_table("portal_invite_batch_items")
    op.drop_table("portal_invite_batches")
