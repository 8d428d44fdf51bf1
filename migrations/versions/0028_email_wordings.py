"""What practices say in their letters in words of their own."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "email_wordings",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("intro", sa.Text(), nullable=True),
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
            "subject IS NOT NULL OR intro IS NOT NULL",
            name=op.f("email_wordings_says_something_check"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("email_wordings_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "template", name=op.f("email_wordings_workspace_id_template_key")
        ),
    )
    op.execute(create_policy("email_wordings"))


def downgrade() -> None:
    op.drop_table("email_wordings")
