"""Whom practices are paid through, and the pages their invoices are paid on."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0029"
down_revision = "0028"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "payment_accounts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("secrets", sa.LargeBinary(), nullable=False),
        sa.Column("key_hint", sa.Text(), nullable=False),
        sa.Column("live", sa.Boolean(), nullable=False),
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
        sa.CheckConstraint("provider IN ('stripe')", name=op.f("payment_accounts_provider_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("payment_accounts_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("payment_accounts_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "provider", name=op.f("payment_accounts_workspace_id_provider_key")
        ),
    )
    op.create_table(
        "checkouts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("session_id", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), server_default="open", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("checkouts_amount_minor_check")),
        sa.CheckConstraint(
            "status IN ('open', 'completed', 'failed', 'expired', 'replaced')",
            name=op.f("checkouts_status_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoices.workspace_id", "invoices.id"],
            name=op.f("checkouts_workspace_id_invoice_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("checkouts_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "provider",
            "session_id",
            name=op.f("checkouts_workspace_id_provider_session_id_key"),
        ),
    )
    op.create_index(
        "checkouts_one_open_key",
        "checkouts",
        ["workspace_id", "invoice_id"],
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "checkouts_by_invoice_idx", "checkouts", ["workspace_id", "invoice_id", "id"], unique=False
    )
    op.create_table(
        "provider_events",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("provider_events_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("provider_events_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "provider",
            "event_id",
            name=op.f("provider_events_workspace_id_provider_event_id_key"),
        ),
    )

    for table in ("payment_accounts", "checkouts", "provider_events"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_table("provider_events")
    op.drop_table("checkouts")
    op.drop_table("payment_accounts")
