"""Invoices with their lines, and schedules that make them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from app.models.policies import create_policy

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

TABLES = ("invoice_schedules", "invoices", "invoice_lines")


def upgrade() -> None:
    op.create_table(
        "invoice_schedules",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), server_default="active", nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("interval_count", sa.Integer(), server_default="1", nullable=False),
        sa.Column("starts_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("periods_total", sa.Integer(), nullable=True),
        sa.Column("periods_made", sa.Integer(), server_default="0", nullable=False),
        sa.Column("next_on", sa.Date(), nullable=True),
        sa.Column("autosend", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("template", JSONB(), nullable=False),
        sa.Column("trouble", sa.Text(), nullable=True),
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
            "(status = 'ended') = (next_on IS NULL)", name=op.f("invoice_schedules_next_on_check")
        ),
        sa.CheckConstraint(
            "status IN ('active', 'paused', 'ended')", name=op.f("invoice_schedules_status_check")
        ),
        sa.CheckConstraint(
            "unit IN ('week', 'month', 'year')", name=op.f("invoice_schedules_unit_check")
        ),
        sa.CheckConstraint(
            "interval_count > 0", name=op.f("invoice_schedules_interval_count_check")
        ),
        sa.CheckConstraint("periods_total > 0", name=op.f("invoice_schedules_periods_total_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("invoice_schedules_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("invoice_schedules_workspace_id_enrollment_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("invoice_schedules_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "enrollment_id",
            name=op.f("invoice_schedules_workspace_id_enrollment_id_key"),
        ),
    )
    op.create_index(
        "invoice_schedules_by_contact_idx",
        "invoice_schedules",
        ["workspace_id", "contact_id", "id"],
        unique=False,
    )
    op.create_index(
        "invoice_schedules_due_idx",
        "invoice_schedules",
        ["workspace_id", "next_on"],
        unique=False,
        postgresql_where=sa.text("status = 'active'"),
    )
    op.create_table(
        "invoices",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("installment", sa.Integer(), nullable=True),
        sa.Column("schedule_id", sa.Uuid(), nullable=True),
        sa.Column("period", sa.Integer(), nullable=True),
        sa.Column("status", sa.Text(), server_default="draft", nullable=False),
        sa.Column("number", sa.Text(), nullable=True),
        sa.Column("sequence", sa.Integer(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("memo", sa.Text(), server_default="", nullable=False),
        sa.Column("discount_percent", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("discount_amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("bill_to", JSONB(), nullable=True),
        sa.Column("seller", JSONB(), nullable=True),
        sa.Column("buyer", JSONB(), nullable=True),
        sa.Column(
            "tax_totals",
            JSONB(),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column("subtotal_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("tax_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("total_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("amount_paid_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("amount_due_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("amount_refunded_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("amount_credited_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("unapplied_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("finalized_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paid_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("pdf_key", sa.Text(), nullable=True),
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
            "(status = 'draft') = (number IS NULL)", name=op.f("invoices_number_check")
        ),
        sa.CheckConstraint(
            "status <> 'paid' OR amount_due_minor = 0", name=op.f("invoices_paid_check")
        ),
        sa.CheckConstraint(
            "status = 'draft' OR num_nonnulls(sequence, issued_on, due_on, seller, buyer) = 5",
            name=op.f("invoices_finalized_check"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'open', 'paid', 'void', 'uncollectible')",
            name=op.f("invoices_status_check"),
        ),
        sa.CheckConstraint(
            "num_nonnulls(discount_percent, discount_amount_minor) < 2",
            name=op.f("invoices_off_check"),
        ),
        sa.CheckConstraint(
            "total_minor = subtotal_minor - discount_minor + tax_minor AND total_minor >= 0",
            name=op.f("invoices_total_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("invoices_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("invoices_workspace_id_enrollment_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "schedule_id"],
            ["invoice_schedules.workspace_id", "invoice_schedules.id"],
            name=op.f("invoices_workspace_id_schedule_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("invoices_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "enrollment_id",
            "installment",
            name=op.f("invoices_workspace_id_enrollment_id_installment_key"),
        ),
        sa.UniqueConstraint(
            "workspace_id", "number", name=op.f("invoices_workspace_id_number_key")
        ),
        sa.UniqueConstraint(
            "workspace_id",
            "schedule_id",
            "period",
            name=op.f("invoices_workspace_id_schedule_id_period_key"),
        ),
    )
    op.create_index(
        "invoices_by_contact_idx", "invoices", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index(
        "invoices_by_due_idx",
        "invoices",
        ["workspace_id", "due_on", "id"],
        unique=False,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "invoices_by_enrollment_idx",
        "invoices",
        ["workspace_id", "enrollment_id", "id"],
        unique=False,
    )
    op.create_index(
        "invoices_by_status_idx", "invoices", ["workspace_id", "status", "id"], unique=False
    )
    op.create_table(
        "invoice_lines",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("invoice_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("quantity", sa.Numeric(precision=18, scale=6), nullable=False),
        sa.Column("unit_amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_percent", sa.Numeric(precision=7, scale=4), nullable=True),
        sa.Column("tax_rate", sa.Numeric(precision=7, scale=4), nullable=False),
        sa.Column("exempt_reason", sa.Text(), nullable=True),
        sa.Column("net_minor", sa.BigInteger(), nullable=False),
        sa.Column("discount_minor", sa.BigInteger(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "discount_minor BETWEEN 0 AND net_minor",
            name=op.f("invoice_lines_discount_minor_check"),
        ),
        sa.CheckConstraint(
            "discount_percent BETWEEN 0 AND 100", name=op.f("invoice_lines_discount_percent_check")
        ),
        sa.CheckConstraint(
            "exempt_reason IS NULL OR tax_rate = 0", name=op.f("invoice_lines_exempt_reason_check")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("invoice_lines_quantity_check")),
        sa.CheckConstraint("tax_rate BETWEEN 0 AND 100", name=op.f("invoice_lines_tax_rate_check")),
        sa.CheckConstraint(
            "unit_amount_minor >= 0", name=op.f("invoice_lines_unit_amount_minor_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoices.workspace_id", "invoices.id"],
            name=op.f("invoice_lines_workspace_id_invoice_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("invoice_lines_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "invoice_id",
            "position",
            name=op.f("invoice_lines_workspace_id_invoice_id_position_key"),
        ),
    )

    for table in TABLES:
        op.execute(create_policy(table))


def downgrade() -> None:
    for table in reversed(TABLES):
        op.drop_table(table)
