"""Booked meetings and their attendees."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "appointments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_type_id", sa.Uuid(), nullable=False),
        sa.Column("series_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("hold_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_from", sa.DateTime(timezone=True), nullable=False),
        sa.Column("blocked_until", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "blocked",
            postgresql.TSTZRANGE(),
            sa.Computed("tstzrange(blocked_from, blocked_until)", persisted=True),
            nullable=False,
        ),
        sa.Column("local_date", sa.Date(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("capacity", sa.Integer(), nullable=False),
        sa.Column("seats_taken", sa.Integer(), nullable=False),
        sa.Column("location_kind", sa.Text(), nullable=True),
        sa.Column("location_value", sa.Text(), nullable=True),
        sa.Column(
            "reminders_minutes",
            postgresql.ARRAY(sa.Integer()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
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
        postgresql.ExcludeConstraint(
            (sa.column("workspace_id"), "="),
            (sa.column("coach_id"), "="),
            (sa.column("blocked"), "&&"),
            where=sa.text("status IN ('held', 'pending', 'confirmed', 'completed', 'no_show')"),
            using="gist",
            name="appointments_apart_excl",
        ),
        sa.CheckConstraint(
            "(status = 'held') = (hold_expires_at IS NOT NULL)",
            name=op.f("appointments_hold_check"),
        ),
        sa.CheckConstraint(
            "status IN ('held', 'pending', 'confirmed', 'completed', 'no_show', 'cancelled', 'declined')",
            name=op.f("appointments_status_check"),
        ),
        sa.CheckConstraint(
            "seats_taken BETWEEN 0 AND capacity", name=op.f("appointments_seats_taken_check")
        ),
        sa.CheckConstraint(
            "starts_at < ends_at AND blocked_from <= starts_at AND ends_at <= blocked_until",
            name=op.f("appointments_span_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "appointment_type_id"],
            ["appointment_types.workspace_id", "appointment_types.id"],
            name=op.f("appointments_workspace_id_appointment_type_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "coach_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("appointments_workspace_id_coach_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("appointments_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("appointments_pkey")),
    )
    op.create_index(
        "appointments_by_coach_idx",
        "appointments",
        ["workspace_id", "coach_id", "starts_at", "id"],
        unique=False,
    )
    op.create_index(
        "appointments_by_start_idx",
        "appointments",
        ["workspace_id", "starts_at", "id"],
        unique=False,
    )
    op.create_table(
        "appointment_attendees",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("appointment_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("enrollment_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("hold_expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("booked_by", sa.Text(), nullable=False),
        sa.Column("client_time_zone", sa.Text(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("ical_uid", sa.Text(), nullable=False),
        sa.Column("ical_sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("reschedules", sa.Integer(), server_default="0", nullable=False),
        sa.Column("rescheduled_from", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("cancelled_by", sa.Text(), nullable=True),
        sa.Column("cancel_reason", sa.Text(), nullable=True),
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
            "(status = 'held') = (hold_expires_at IS NOT NULL)",
            name=op.f("appointment_attendees_hold_check"),
        ),
        sa.CheckConstraint(
            "status IN ('held', 'pending', 'confirmed', 'completed', 'no_show', 'cancelled', 'declined')",
            name=op.f("appointment_attendees_status_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "appointment_id"],
            ["appointments.workspace_id", "appointments.id"],
            name=op.f("appointment_attendees_workspace_id_appointment_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("appointment_attendees_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("appointment_attendees_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "ical_uid", name=op.f("appointment_attendees_workspace_id_ical_uid_key")
        ),
    )
    op.create_index(
        "appointment_attendees_appointment_idx",
        "appointment_attendees",
        ["workspace_id", "appointment_id"],
        unique=False,
    )
    op.create_index(
        "appointment_attendees_contact_idx",
        "appointment_attendees",
        ["workspace_id", "contact_id", "appointment_id"],
        unique=False,
    )
    op.create_index(
        "appointment_attendees_enrollment_idx",
        "appointment_attendees",
        ["workspace_id", "enrollment_id"],
        unique=False,
    )
    op.create_index(
        "appointment_attendees_one_seat_key",
        "appointment_attendees",
        ["workspace_id", "appointment_id", "contact_id"],
        unique=True,
        postgresql_where=sa.text(
            "status IN ('held', 'pending', 'confirmed', 'completed', 'no_show')"
        ),
    )
    for table in ("appointment_attendees", "appointments"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_index(
        "appointment_attendees_one_seat_key",
        table_name="appointment_attendees",
        postgresql_where=sa.text(
            "status IN ('held', 'pending', 'confirmed', 'completed', 'no_show')"
        ),
    )
    op.drop_index("appointment_attendees_enrollment_idx", table_name="appointment_attendees")
    op.drop_index("appointment_attendees_contact_idx", table_name="appointment_attendees")
    op.drop_index("appointment_attendees_appointment_idx", table_name="appointment_attendees")
    op.drop_table("appointment_attendees")
    op.drop_index("appointments_by_start_idx", table_name="appointments")
    op.drop_index("appointments_by_coach_idx", table_name="appointments")
    op.drop_table("appointments")
