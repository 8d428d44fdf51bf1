"""Seats know their enrollment; holds are found quickly."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_foreign_key(
        op.f("appointment_attendees_workspace_id_enrollment_id_fkey"),
        "appointment_attendees",
        "enrollments",
        ["workspace_id", "enrollment_id"],
        ["workspace_id", "id"],
        ondelete="CASCADE",
    )
    op.create_index(
        "appointment_attendees_holds_idx",
        "appointment_attendees",
        ["workspace_id", "hold_expires_at"],
        unique=False,
        postgresql_where=sa.text("status = 'held'"),
    )


def downgrade() -> None:
    op.drop_index(
        "appointment_attendees_holds_idx",
        table_name="appointment_attendees",
        postgresql_where=sa.text("status = 'held'"),
    )
    op.drop_constraint(
        op.f("appointment_attendees_workspace_id_enrollment_id_fkey"),
        "appointment_attendees",
        type_="foreignkey",
    )
