"""Working hours, and what can be booked in them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "schedules",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("is_default", sa.Boolean(), server_default=sa.text("false"), nullable=False),
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
        sa.ForeignKeyConstraint(
            ["workspace_id", "coach_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("schedules_workspace_id_coach_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("schedules_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("schedules_pkey")),
    )
    op.create_index(
        "schedules_by_coach_idx", "schedules", ["workspace_id", "coach_id", "id"], unique=False
    )
    op.create_index(
        "schedules_one_default_key",
        "schedules",
        ["workspace_id", "coach_id"],
        unique=True,
        postgresql_where=sa.text("is_default"),
    )
    op.create_table(
        "appointment_types",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("coach_id", sa.Uuid(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=True),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("description", sa.Text(), nullable=True),
        sa.Column("duration_minutes", sa.Integer(), nullable=False),
        sa.Column("slot_interval_minutes", sa.Integer(), nullable=False),
        sa.Column("buffer_before_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("buffer_after_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("min_notice_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("max_advance_days", sa.Integer(), nullable=True),
        sa.Column("max_per_day", sa.Integer(), nullable=True),
        sa.Column("max_per_week", sa.Integer(), nullable=True),
        sa.Column("client_max_per_day", sa.Integer(), nullable=True),
        sa.Column("client_max_per_week", sa.Integer(), nullable=True),
        sa.Column("capacity", sa.Integer(), server_default="1", nullable=False),
        sa.Column(
            "requires_confirmation", sa.Boolean(), server_default=sa.text("false"), nullable=False
        ),
        sa.Column(
            "client_can_cancel", sa.Boolean(), server_default=sa.text("true"), nullable=False
        ),
        sa.Column("cancel_notice_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("late_cancel_rule", sa.Text(), server_default="refuse", nullable=False),
        sa.Column(
            "client_can_reschedule", sa.Boolean(), server_default=sa.text("true"), nullable=False
        ),
        sa.Column("reschedule_notice_minutes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("max_reschedules", sa.Integer(), nullable=True),
        sa.Column("credit_cost", sa.Integer(), server_default="1", nullable=False),
        sa.Column("no_show_rule", sa.Text(), server_default="forfeit", nullable=False),
        sa.Column("location_kind", sa.Text(), nullable=True),
        sa.Column("location_value", sa.Text(), nullable=True),
        sa.Column(
            "reminders_minutes",
            postgresql.ARRAY(sa.Integer()),
            server_default=sa.text("'{1440,60}'"),
            nullable=False,
        ),
        sa.Column("remind_coach", sa.Boolean(), server_default=sa.text("false"), nullable=False),
        sa.Column("archived_at", sa.DateTime(timezone=True), nullable=True),
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
            "late_cancel_rule IN ('refuse', 'forfeit', 'release')",
            name=op.f("appointment_types_late_cancel_rule_check"),
        ),
        sa.CheckConstraint(
            "location_kind IN ('video', 'phone', 'in_person')",
            name=op.f("appointment_types_location_kind_check"),
        ),
        sa.CheckConstraint(
            "no_show_rule IN ('forfeit', 'release')",
            name=op.f("appointment_types_no_show_rule_check"),
        ),
        sa.CheckConstraint("capacity > 0", name=op.f("appointment_types_capacity_check")),
        sa.CheckConstraint("credit_cost >= 0", name=op.f("appointment_types_credit_cost_check")),
        sa.CheckConstraint(
            "duration_minutes > 0 AND slot_interval_minutes > 0",
            name=op.f("appointment_types_lengths_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "coach_id"],
            ["members.workspace_id", "members.id"],
            name=op.f("appointment_types_workspace_id_coach_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "schedule_id"],
            ["schedules.workspace_id", "schedules.id"],
            name=op.f("appointment_types_workspace_id_schedule_id_fkey"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id"],
            ["workspaces.workspace_id"],
            name=op.f("appointment_types_workspace_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("appointment_types_pkey")),
    )
    op.create_index(
        "appointment_types_by_coach_idx",
        "appointment_types",
        ["workspace_id", "coach_id", "id"],
        unique=False,
    )
    op.create_index(
        "appointment_types_by_schedule_idx",
        "appointment_types",
        ["workspace_id", "schedule_id"],
        unique=False,
    )
    op.create_table(
        "schedule_overrides",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("minutes", postgresql.INT4MULTIRANGE(), nullable=False),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "minutes <@ int4multirange(int4range(0, 2880))",
            name=op.f("schedule_overrides_minutes_check"),
        ),
        sa.ForeignKeyConstraint(
            ["workspace_id", "schedule_id"],
            ["schedules.workspace_id", "schedules.id"],
            name=op.f("schedule_overrides_workspace_id_schedule_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("schedule_overrides_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "schedule_id",
            "day",
            name=op.f("schedule_overrides_workspace_id_schedule_id_day_key"),
        ),
    )
    op.create_table(
        "schedule_rules",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("schedule_id", sa.Uuid(), nullable=False),
        sa.Column("weekday", sa.SmallInteger(), nullable=False),
        sa.Column("start_minute", sa.SmallInteger(), nullable=False),
        sa.Column("end_minute", sa.SmallInteger(), nullable=False),
        sa.Column(
            "minutes",
            postgresql.INT4MULTIRANGE(),
            sa.Computed(
                "int4multirange(int4range(weekday * 1440 + start_minute, LEAST(weekday * 1440 + end_minute, 10080))) + int4multirange(int4range(0, GREATEST(weekday * 1440 + end_minute - 10080, 0)))",
                persisted=True,
            ),
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
            (sa.column("schedule_id"), "="),
            (sa.column("minutes"), "&&"),
            using="gist",
            name="schedule_rules_apart_excl",
        ),
        sa.CheckConstraint(
            "end_minute > start_minute AND end_minute <= start_minute + 1440",
            name=op.f("schedule_rules_end_minute_check"),
        ),
        sa.CheckConstraint(
            "start_minute BETWEEN 0 AND 1439", name=op.f("schedule_rules_start_minute_check")
        ),
        sa.CheckConstraint("weekday BETWEEN 0 AND 6", name=op.f("schedule_rules_weekday_check")),
        sa.ForeignKeyConstraint(
            ["workspace_id", "schedule_id"],
            ["schedules.workspace_id", "schedules.id"],
            name=op.f("schedule_rules_workspace_id_schedule_id_fkey"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("schedule_rules_pkey")),
    )
    op.create_index(
        "schedule_rules_schedule_idx",
        "schedule_rules",
        ["workspace_id", "schedule_id"],
        unique=False,
    )
    for table in ("appointment_types", "schedule_overrides", "schedule_rules", "schedules"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_index("schedule_rules_schedule_idx", table_name="schedule_rules")
    op.drop_table("schedule_rules")
    op.drop_table("schedule_overrides")
    op.drop_index("appointment_types_by_schedule_idx", table_name="appointment_types")
    op.drop_index("appointment_types_by_coach_idx", table_name="appointment_types")
    op.drop_table("appointment_types")
    op.drop_index(
        "schedules_one_default_key", table_name="schedules", postgresql_where=sa.text("is_default")
    )
    op.drop_index("schedules_by_coach_idx", table_name="schedules")
    op.drop_table("schedules")
