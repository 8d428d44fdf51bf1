"""What signers of contracts filled in, and the log that proves it."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "contract_audit",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("actor", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("data", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("prev_hash", sa.Text(), nullable=False),
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("seq > 0", name=op.f("contract_audit_seq_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contract_id"],
            ["contracts.workspace_id", "contracts.id"],
            name=op.f("contract_audit_workspace_id_contract_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contract_audit_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "contract_id",
            "seq",
            name=op.f("contract_audit_workspace_id_contract_id_seq_key"),
        ),
    )
    op.create_table(
        "contract_fields",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("page", sa.Integer(), nullable=False),
        sa.Column("x", sa.Float(), nullable=False),
        sa.Column("y", sa.Float(), nullable=False),
        sa.Column("w", sa.Float(), nullable=False),
        sa.Column("h", sa.Float(), nullable=False),
        sa.Column("required", sa.Boolean(), server_default=sa.text("true"), nullable=False),
        sa.Column("label", sa.Text(), server_default="", nullable=False),
        sa.Column("value", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "kind IN ('signature', 'initials', 'name', 'date', 'text', 'checkbox')",
            name=op.f("contract_fields_kind_check"),
        ),
        sa.CheckConstraint(
            "page > 0 AND x >= 0 AND y >= 0 AND w > 0 AND h > 0",
            name=op.f("contract_fields_place_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contract_id"],
            ["contracts.workspace_id", "contracts.id"],
            name=op.f("contract_fields_workspace_id_contract_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "signer_id"],
            ["contract_signers.workspace_id", "contract_signers.id"],
            name=op.f("contract_fields_workspace_id_signer_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contract_fields_pkey")),
    )
    op.create_index(
        "contract_fields_by_contract_idx",
        "contract_fields",
        ["workspace_id", "contract_id", "id"],
        unique=False,
    )
    op.create_index(
        "contract_fields_by_signer_idx",
        "contract_fields",
        ["workspace_id", "signer_id"],
        unique=False,
    )
    op.create_table(
        "contract_signatures",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contract_id", sa.Uuid(), nullable=False),
        sa.Column("signer_id", sa.Uuid(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("typed", sa.Text(), nullable=True),
        sa.Column("image", sa.LargeBinary(), nullable=True),
        sa.Column("document_sha256", sa.Text(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(method = 'typed') = (typed IS NOT NULL)", name=op.f("contract_signatures_typed_check")
        ),
        sa.CheckConstraint(
            "method IN ('typed', 'drawn', 'uploaded')",
            name=op.f("contract_signatures_method_check"),
        ),
        sa.CheckConstraint(
            "(typed IS NULL) <> (image IS NULL)", name=op.f("contract_signatures_image_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contract_id"],
            ["contracts.workspace_id", "contracts.id"],
            name=op.f("contract_signatures_workspace_id_contract_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "signer_id"],
            ["contract_signers.workspace_id", "contract_signers.id"],
            name=op.f("contract_signatures_workspace_id_signer_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("contract_signatures_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "signer_id", name=op.f("contract_signatures_workspace_id_signer_id_key")
        ),
    )
    op.create_index(
        "contract_signatures_by_contract_idx",
        "contract_signatures",
        ["workspace_id", "contract_id"],
        unique=False,
    )

    for table in ("contract_fields", "contract_signatures", "contract_audit"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_table("contract_audit")
    op.drop_table("contract_signatures")
    op.drop_table("contract_fields")
