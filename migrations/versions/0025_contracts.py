"""Contracts, and who signs them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contracts",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("author_id", sa.Uuid(), nullable=True),
        sa.Column("template_id", sa.Uuid(), nullable=True),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=True),
        sa.Column("body", sa.Text(), nullable=True),
        sa.Column("source_key", sa.Text(), nullable=True),
        sa.Column(
            "pages",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'[]'"),
            nullable=False,
        ),
        sa.Column(
            "variables",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("status", sa.Text(), server_default="draft", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
        sa.Column("document_key", sa.Text(), nullable=True),
        sa.Column("document_sha256", sa.Text(), nullable=True),
        sa.Column("document_size", sa.BigInteger(), nullable=True),
        sa.Column("sealed_key", sa.Text(), nullable=True),
        sa.Column("sealed_sha256", sa.Text(), nullable=True),
        sa.Column("sealed_size", sa.BigInteger(), nullable=True),
        sa.Column("audit_seq", sa.Integer(), server_default="0", nullable=False),
        sa.Column("audit_head", sa.Text(), server_default="", nullable=False),
        sa.Column("last_error", sa.Text(), nullable=True),
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
            "(status = 'completed') = (sealed_key IS NOT NULL)", name=op.f("contracts_sealed_check")
        ),
        sa.CheckConstraint(
            "(status = 'draft') = (document_key IS NULL) AND (document_key IS NULL) = (document_sha256 IS NULL) AND (document_key IS NULL) = (sent_at IS NULL)",
            name=op.f("contracts_document_check"),
        ),
        sa.CheckConstraint(
            "(status IN ('completed', 'declined', 'voided', 'expired')) = (ended_at IS NOT NULL)",
            name=op.f("contracts_ended_at_check"),
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'sent', 'completing', 'completed', 'declined', 'voided', 'expired')",
            name=op.f("contracts_status_check"),
        ),
        sa.CheckConstraint(
            "(body IS NULL) <> (source_key IS NULL)", name=op.f("contracts_source_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "author_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("contracts_workspace_id_author_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("contracts_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            name=op.f("contracts_workspace_id_enrollment_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["contract_templates.workspace_id", "contract_templates.id"],
            name=op.f("contracts_workspace_id_template_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contracts_pkey")),
    )
    op.create_index(
        "contracts_by_contact_idx", "contracts", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index(
        "contracts_by_enrollment_idx", "contracts", ["workspace_id", "enrollment_id"], unique=False
    )
    op.create_index(
        "contracts_by_status_idx", "contracts", ["workspace_id", "status", "id"], unique=False
    )
    op.create_index(
        "contracts_by_template_idx", "contracts", ["workspace_id", "template_id"], unique=False
    )
    op.create_index(
        "contracts_one_live_per_enrollment_key",
        "contracts",
        ["workspace_id", "enrollment_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('draft', 'sent', 'completing', 'completed')"),
    )
    op.create_table(
        "contract_signers",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("status", sa.Text(), server_default="waiting", nullable=False),
        sa.Column("token_hash", sa.LargeBinary(), nullable=True),
        sa.Column("notified_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("viewed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("consented_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("disclosure_version", sa.Text(), nullable=True),
        sa.Column("disclosure_sha256", sa.Text(), nullable=True),
        sa.Column("signed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("declined_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("reminders", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reminded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(status = 'signed') = (signed_at IS NOT NULL)",
            name=op.f("contract_signers_signed_at_check"),
        ),
        sa.CheckConstraint(
            "role IN ('client', 'coach', 'cc')", name=op.f("contract_signers_role_check")
        ),
        sa.CheckConstraint(
            "status IN ('waiting', 'notified', 'viewed', 'consented', 'signed', 'declined', 'expired')",
            name=op.f("contract_signers_status_check"),
        ),
        sa.CheckConstraint("place > 0", name=op.f("contract_signers_place_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("contract_signers_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contract_id"],
            ["contracts.workspace_id", "contracts.id"],
            name=op.f("contract_signers_workspace_id_contract_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "member_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("contract_signers_workspace_id_member_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contract_signers_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "contract_id",
            "who",
            name=op.f("contract_signers_workspace_id_contract_id_who_key"),
        ),
        sa.UniqueConstraint(
            "workspace_id", "token_hash", name=op.f("contract_signers_workspace_id_token_hash_key")
        ),
    )
    op.create_index(
        "contract_signers_by_contact_idx",
        "contract_signers",
        ["workspace_id", "contact_id", "contract_id"],
        unique=False,
    )
    op.add_column("programs", sa.Column("contract_template_id", sa.Uuid(), nullable=True))
    op.create_index(
        "programs_by_contract_template_idx",
        "programs",
        ["workspace_id", "contract_template_id"],
        unique=False,
    )
    op.create_foreign_key(
        op.f("programs_workspace_id_contract_template_id_fkey"),
        "programs",
        "contract_templates",
        ["workspace_id", "contract_template_id"],
        ["workspace_id", "id"],
    )

    for table in ("contracts", "contract_signers"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_constraint(
        op.f("programs_workspace_id_contract_template_id_fkey"), "programs", type_="foreignkey"
    )
    op.drop_index("programs_by_contract_template_idx", table_name="programs")
    op.drop_column("programs", "contract_template_id")
    op.drop_table("contract_signers")
    op.drop_table("contracts")
