"""The keys documents are sealed with."""

import sqlalchemy as sa
from alembic import op

revision = "0024"
down_revision = "0023"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "seal_keys",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("certificate", sa.Text(), nullable=False),
        sa.Column("authority", sa.Text(), nullable=False),
        sa.Column("pkcs12", sa.LargeBinary(), nullable=True),
        sa.Column("secret_mark", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "(pkcs12 IS NULL) = (secret_mark IS NULL)", name=op.f("seal_keys_pkcs12_check")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("seal_keys_pkey")),
        sa.UniqueConstraint("fingerprint", name=op.f("seal_keys_fingerprint_key")),
    )
    op.create_index(
        "seal_keys_secret_mark_key",
        "seal_keys",
        ["secret_mark"],
        unique=True,
        postgresql_where=sa.text("secret_mark IS NOT NULL"),
    )


def downgrade() -> None:
    op.drop_table("seal_keys")
