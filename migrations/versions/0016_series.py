"""A weekly series is a client's: its appointments may be group sessions that others share."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("appointment_attendees", sa.Column("series_id", sa.Uuid(), nullable=True))
    op.execute(
        """
        UPDATE appointment_attendees SET series_id = appointments.series_id FROM appointments
        WHERE appointments.workspace_id = appointment_attendees.workspace_id
          AND appointments.id = appointment_attendees.appointment_id
        """
    )
    op.drop_column("appointments", "series_id")


def downgrade() -> None:
    op.add_column("appointments", sa.Column("series_id", sa.Uuid(), nullable=True))
    op.drop_column("appointment_attendees", "series_id")
