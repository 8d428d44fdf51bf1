"""In how many installments a program may be paid."""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column(
        "programs",
        sa.Column("installment_count", sa.Integer(), server_default="3", nullable=False),
    )
    op.create_check_constraint(
        op.f("programs_installment_count_check"), "programs", "installment_count BETWEEN 2 AND 60"
    )


def downgrade() -> None:
    op.drop_column("programs", "installment_count")
