"""Programs, enrollments and sign-ups on a program's public page."""

import sqlalchemy as sa
from alembic import op

from app.models.policies import create_policy

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "programs",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("slug", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), server_default="", nullable=False),
        sa.Column("description_html", sa.Text(), server_default="", nullable=False),
        sa.Column("cover_file_id", sa.Uuid(), nullable=True),
        sa.Column("status", sa.Text(), server_default="draft", nullable=False),
        sa.Column("duration_weeks", sa.Integer(), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("payment_plan", sa.Text(), server_default="upfront", nullable=False),
        sa.Column("enrollment_mode", sa.Text(), server_default="sign_up", nullable=False),
        sa.Column(
            "self_scheduling_enabled", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column("schedule_id", sa.Uuid(), nullable=True),
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
            "enrollment_mode IN ('quick_start', 'sign_up')",
            name=op.f("programs_enrollment_mode_check"),
        ),
        sa.CheckConstraint(
            "payment_plan IN ('upfront', 'installments')", name=op.f("programs_payment_plan_check")
        ),
        sa.CheckConstraint(
            "status IN ('draft', 'published', 'archived')", name=op.f("programs_status_check")
        ),
        sa.CheckConstraint("duration_weeks > 0", name=op.f("programs_duration_weeks_check")),
        sa.CheckConstraint("price_minor >= 0", name=op.f("programs_price_minor_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "schedule_id"],
            ["schedules.workspace_id", "schedules.id"],
            name=op.f("programs_workspace_id_schedule_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("programs_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("programs_pkey")),
        sa.UniqueConstraint("workspace_id", "slug", name=op.f("programs_workspace_id_slug_key")),
    )
    op.create_index(
        "programs_by_schedule_idx", "programs", ["workspace_id", "schedule_id"], unique=False
    )
    op.create_index(
        "programs_by_status_idx", "programs", ["workspace_id", "status", "id"], unique=False
    )
    op.create_table(
        "allotments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("program_id", sa.Uuid(), nullable=False),
        sa.Column("appointment_type_id", sa.Uuid(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("expires_after_days", sa.Integer(), nullable=True),
        sa.Column("position", sa.Integer(), server_default="0", nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint("unit IN ('sessions', 'minutes')", name=op.f("allotments_unit_check")),
        sa.CheckConstraint("amount > 0", name=op.f("allotments_amount_check")),
        sa.CheckConstraint(
            "expires_after_days > 0", name=op.f("allotments_expires_after_days_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "appointment_type_id"],
            ["appointment_types.workspace_id", "appointment_types.id"],
            name=op.f("allotments_workspace_id_appointment_type_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            name=op.f("allotments_workspace_id_program_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("allotments_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "program_id", "appointment_type_id", name="allotments_one_per_type_key"
        ),
    )
    op.create_index(
        "allotments_by_type_idx",
        "allotments",
        ["workspace_id", "appointment_type_id"],
        unique=False,
    )
    op.create_table(
        "enrollments",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("program_id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("activated_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("paused_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("ended_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("end_reason", sa.Text(), nullable=True),
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
            "(status = 'paused') = (paused_at IS NOT NULL)",
            name=op.f("enrollments_paused_at_check"),
        ),
        sa.CheckConstraint(
            "(status IN ('completed', 'declined', 'cancelled')) = (ended_at IS NOT NULL)",
            name=op.f("enrollments_ended_at_check"),
        ),
        sa.CheckConstraint(
            "origin IN ('invited', 'quick_start', 'self_registered')",
            name=op.f("enrollments_origin_check"),
        ),
        sa.CheckConstraint(
            "status IN ('invited', 'active', 'paused', 'completed', 'declined', 'cancelled')",
            name=op.f("enrollments_status_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            name=op.f("enrollments_workspace_id_contact_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            name=op.f("enrollments_workspace_id_program_id_fkey"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("enrollments_pkey")),
    )
    op.create_index(
        "enrollments_by_contact_idx",
        "enrollments",
        ["workspace_id", "contact_id", "id"],
        unique=False,
    )
    op.create_index(
        "enrollments_by_program_idx",
        "enrollments",
        ["workspace_id", "program_id", "id"],
        unique=False,
    )
    op.create_index(
        "enrollments_by_status_idx", "enrollments", ["workspace_id", "status", "id"], unique=False
    )
    op.create_index(
        "enrollments_one_live_key",
        "enrollments",
        ["workspace_id", "program_id", "contact_id"],
        unique=True,
        postgresql_where=sa.text("status IN ('invited', 'active', 'paused')"),
    )
    op.create_table(
        "sign_ups",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("program_id", sa.Uuid(), nullable=False),
        sa.Column("email", sa.Text(), nullable=False),
        sa.Column("email_norm", sa.Text(), nullable=False),
        sa.Column("first_name", sa.Text(), nullable=False),
        sa.Column("last_name", sa.Text(), server_default="", nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=True),
        sa.Column("token_hash", sa.LargeBinary(), nullable=False),
        sa.Column("state", sa.Text(), server_default="pending", nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('pending', 'confirmed', 'replaced')", name=op.f("sign_ups_state_check")
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "program_id"],
            ["programs.workspace_id", "programs.id"],
            name=op.f("sign_ups_workspace_id_program_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("sign_ups_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "token_hash", name=op.f("sign_ups_workspace_id_token_hash_key")
        ),
    )
    op.create_index(
        "sign_ups_by_expiry_idx", "sign_ups", ["workspace_id", "expires_at"], unique=False
    )
    op.create_index(
        "sign_ups_one_pending_key",
        "sign_ups",
        ["workspace_id", "program_id", "email_norm"],
        unique=True,
        postgresql_where=sa.text("state = 'pending'"),
    )
    for table in ("programs", "allotments", "enrollments", "sign_ups"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_index(
        "sign_ups_one_pending_key",
        table_name="sign_ups",
        postgresql_where=sa.text("state = 'pending'"),
    )
    op.drop_index("sign_ups_by_expiry_idx", table_name="sign_ups")
    op.drop_table("sign_ups")
    op.drop_index(
        "enrollments_one_live_key",
        table_name="enrollments",
        postgresql_where=sa.text("status IN ('invited', 'active', 'paused')"),
    )
    op.drop_index("enrollments_by_status_idx", table_name="enrollments")
    op.drop_index("enrollments_by_program_idx", table_name="enrollments")
    op.drop_index("enrollments_by_contact_idx", table_name="enrollments")
    op.drop_table("enrollments")
    op.drop_index("allotments_by_type_idx", table_name="allotments")
    op.drop_table("allotments")
    op.drop_index("programs_by_status_idx", table_name="programs")
    op.drop_index("programs_by_schedule_idx", table_name="programs")
    op.drop_table("programs")
