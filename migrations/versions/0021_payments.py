"""Invoices' numbers, what is paid for them and paid back, and credit notes."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from app.models.policies import create_policy

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

TABLES = ("invoice_counters", "payments", "refunds", "credit_notes", "credit_note_lines")


def upgrade() -> None:
    op.create_table(
        "invoice_counters",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("series", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("invoice_counters_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("invoice_counters_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "series",
            "year",
            name=op.f("invoice_counters_workspace_id_series_year_key"),
        ),
    )
    op.create_table(
        "payments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), server_default="manual", nullable=False),
        sa.Column("provider_payment_id", sa.Text(), nullable=True),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reference", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("refunded_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("unapplied_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("payments_amount_minor_check")),
        sa.CheckConstraint(
            "refunded_minor BETWEEN 0 AND amount_minor", name=op.f("payments_refunded_minor_check")
        ),
        sa.CheckConstraint(
            "unapplied_minor BETWEEN 0 AND amount_minor",
            name=op.f("payments_unapplied_minor_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("payments_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoices.workspace_id", "invoices.id"],
            name=op.f("payments_workspace_id_invoice_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("payments_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "provider",
            "provider_payment_id",
            name=op.f("payments_workspace_id_provider_provider_payment_id_key"),
        ),
    )
    op.create_index(
        "payments_by_contact_idx", "payments", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index(
        "payments_by_invoice_idx", "payments", ["workspace_id", "invoice_id", "id"], unique=False
    )
    op.create_table(
        "refunds",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("payment_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("provider", sa.Text(), server_default="manual", nullable=False),
        sa.Column("provider_refund_id", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="succeeded", nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("refunded_on", sa.Date(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "status IN ('pending', 'succeeded', 'failed')", name=op.f("refunds_status_check")
        ),
        sa.CheckConstraint("amount_minor > 0", name=op.f("refunds_amount_minor_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("refunds_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoices.workspace_id", "invoices.id"],
            name=op.f("refunds_workspace_id_invoice_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "payment_id"],
            ["payments.workspace_id", "payments.id"],
            name=op.f("refunds_workspace_id_payment_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("refunds_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "provider",
            "provider_refund_id",
            name=op.f("refunds_workspace_id_provider_provider_refund_id_key"),
        ),
    )
    op.create_index(
        "refunds_by_contact_idx", "refunds", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index(
        "refunds_by_invoice_idx", "refunds", ["workspace_id", "invoice_id", "id"], unique=False
    )
    op.create_index(
        "refunds_by_payment_idx", "refunds", ["workspace_id", "payment_id", "id"], unique=False
    )
    op.create_table(
        "credit_notes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("seller", JSONB(), nullable=False),
        sa.Column("buyer", JSONB(), nullable=False),
        sa.Column(
            "tax_totals",
            JSONB(),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("subtotal_minor", sa.BigInteger(), nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), nullable=False),
        sa.Column("total_minor", sa.BigInteger(), nullable=False),
        sa.Column("pdf_key", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "total_minor = subtotal_minor + tax_minor", name=op.f("credit_notes_total_check")
        ),
        sa.CheckConstraint("total_minor > 0", name=op.f("credit_notes_total_minor_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("credit_notes_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoices.workspace_id", "invoices.id"],
            name=op.f("credit_notes_workspace_id_invoice_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("credit_notes_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "number", name=op.f("credit_notes_workspace_id_number_key")
        ),
    )
    op.create_index(
        "credit_notes_by_contact_idx",
        "credit_notes",
        ["workspace_id", "contact_id", "id"],
        unique=False,
    )
    op.create_index(
        "credit_notes_by_invoice_idx",
        "credit_notes",
        ["workspace_id", "invoice_id", "id"],
        unique=False,
    )
    op.create_table(
        "credit_note_lines",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("credit_note_id", sa.Uuid(), nullable=False),
        sa.Column("invoice_line_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("tax_rate", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("exempt_reason", sa.Text(), nullable=True),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("net_minor >= 0", name=op.f("credit_note_lines_net_minor_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "credit_note_id"],
            ["credit_notes.workspace_id", "credit_notes.id"],
            name=op.f("credit_note_lines_workspace_id_credit_note_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_line_id"],
            ["invoice_lines.workspace_id", "invoice_lines.id"],
            name=op.f("credit_note_lines_workspace_id_invoice_line_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("credit_note_lines_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "credit_note_id",
            "position",
            name="credit_note_lines_position_key",
        ),
    )
    op.create_index(
        "credit_note_lines_by_line_idx",
        "credit_note_lines",
        ["workspace_id", "invoice_line_id"],
        unique=False,
    )

    for table in TABLES:
        op.execute(create_policy(table))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
