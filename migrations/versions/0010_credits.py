"""The ledger of session credits."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "credit_accounts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_type_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("granted", sa.Integer(), server_default="0", nullable=False),
        sa.Column("balance", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reserved", sa.Integer(), server_default="0", nullable=False),
        sa.Column("used", sa.Integer(), server_default="0", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
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
            "unit IN ('sessions', 'minutes')", name=op.f("credit_accounts_unit_check")
        ),
        sa.CheckConstraint(
            "balance >= 0 AND reserved >= 0 AND used >= 0",
            name=op.f("credit_accounts_never_negative_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "appointment_type_id"],
            ["appointment_types.workspace_id", "appointment_types.id"],
            name=op.f("credit_accounts_workspace_id_appointment_type_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("credit_accounts_workspace_id_enrollment_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("credit_accounts_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "enrollment_id",
            "appointment_type_id",
            name="credit_accounts_one_per_type_key",
        ),
    )
    op.create_index(
        "credit_accounts_by_type_idx",
        "credit_accounts",
        ["workspace_id", "appointment_type_id"],
        unique=False,
    )
    op.create_index(
        "credit_accounts_expiring_idx",
        "credit_accounts",
        ["workspace_id", "expires_at"],
        unique=False,
        postgresql_where=sa.text("balance > 0"),
    )
    op.create_table(
        "credit_entries",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column(
            "change",
            sa.Integer(),
            sa.Computed(
                "CASE WHEN kind = ANY (ARRAY['grant'::text, 'release'::text, 'adjust'::text]) THEN amount"
                " WHEN kind = ANY (ARRAY['reserve'::text, 'expire'::text]) THEN -amount ELSE 0 END",
                persisted=True,
            ),
            nullable=False,
        ),
        sa.Column("seat_id", sa.Uuid(), nullable=True),
        sa.Column("reservation_id", sa.Uuid(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_by", sa.Uuid(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(kind IN ('consume', 'release', 'forfeit')) = (reservation_id IS NOT NULL)",
            name=op.f("credit_entries_reservation_id_check"),
        ),
        sa.CheckConstraint(
            "amount > 0 OR (kind = 'adjust' AND amount < 0)",
            name=op.f("credit_entries_amount_check"),
        ),
        sa.CheckConstraint(
            "kind IN ('grant', 'reserve', 'consume', 'release', 'forfeit', 'expire', 'adjust')",
            name=op.f("credit_entries_kind_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["credit_accounts.workspace_id", "credit_accounts.id"],
            name=op.f("credit_entries_workspace_id_account_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "reservation_id"],
            ["credit_entries.workspace_id", "credit_entries.id"],
            name=op.f("credit_entries_workspace_id_reservation_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("credit_entries_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "reservation_id",
            name=op.f("credit_entries_workspace_id_reservation_id_key"),
        ),
    )
    op.create_index(
        "credit_entries_by_account_idx",
        "credit_entries",
        ["workspace_id", "account_id", "id"],
        unique=False,
    )
    op.create_index(
        "credit_entries_by_seat_idx", "credit_entries", ["workspace_id", "seat_id"], unique=False
    )
    for table in ("credit_accounts", "credit_entries"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_index("credit_entries_by_seat_idx", table_name="credit_entries")
    op.drop_index("credit_entries_by_account_idx", table_name="credit_entries")
    op.drop_table("credit_entries")
    op.drop_index(
        "credit_accounts_expiring_idx",
        table_name="credit_accounts",
        postgresql_where=sa.text("balance > 0"),
    )
    op.drop_index("credit_accounts_by_type_idx", table_name="credit_accounts")
    op.drop_table("credit_accounts")
