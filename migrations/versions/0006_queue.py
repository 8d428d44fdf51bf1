"""The engine room: jobs, throttle, idempotency, heartbeats."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "idempotency_keys",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("fingerprint", sa.LargeBinary(), nullable=False),
        sa.Column("status", sa.SmallInteger(), nullable=True),
        sa.Column(
            "headers",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("body", sa.LargeBinary(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("key", name=op.f("idempotency_keys_pkey")),
    )
    op.create_index(
        op.f("idempotency_keys_created_at_idx"), "idempotency_keys", ["created_at"], unique=False
    )
    op.create_table(
        "jobs",
        sa.Column("id", sa.BigInteger(), sa.Identity(always=True), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column(
            "payload",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("state", sa.Text(), server_default="ready", nullable=False),
        sa.Column("lane", sa.SmallInteger(), server_default="1", nullable=False),
        sa.Column(
            "run_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("key", sa.Text(), nullable=True),
        sa.Column("order_key", sa.Text(), nullable=True),
        sa.Column("attempts", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("max_attempts", sa.SmallInteger(), server_default="10", nullable=False),
        sa.Column("crashes", sa.SmallInteger(), server_default="0", nullable=False),
        sa.Column("fence", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("lease_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "state IN ('ready', 'leased', 'dead', 'cancelled')", name=op.f("jobs_state_check")
        ),
        sa.CheckConstraint("lane BETWEEN 0 AND 2", name=op.f("jobs_lane_check")),
        sa.PrimaryKeyConstraint("id", name=op.f("jobs_pkey")),
        postgresql_with={
            "fillfactor": 80,
            "autovacuum_vacuum_scale_factor": 0.01,
            "autovacuum_vacuum_threshold": 500,
            "autovacuum_vacuum_cost_delay": 0,
            "autovacuum_analyze_scale_factor": 0.05,
        },
    )
    op.create_index(
        "jobs_dead_idx", "jobs", ["id"], unique=False, postgresql_where=sa.text("state = 'dead'")
    )
    op.create_index(
        "jobs_key_key",
        "jobs",
        ["key"],
        unique=True,
        postgresql_where=sa.text("key IS NOT NULL AND state IN ('ready', 'leased')"),
    )
    op.create_index(
        "jobs_leased_idx",
        "jobs",
        ["lease_until"],
        unique=False,
        postgresql_where=sa.text("state = 'leased'"),
    )
    op.create_index(
        "jobs_order_idx",
        "jobs",
        ["order_key", "id"],
        unique=False,
        postgresql_where=sa.text("order_key IS NOT NULL AND state IN ('ready', 'leased')"),
    )
    op.create_index(
        "jobs_ready_idx",
        "jobs",
        ["kind", "lane", "run_at", "id"],
        unique=False,
        postgresql_where=sa.text("state = 'ready'"),
    )
    op.create_table(
        "throttle_buckets",
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.Column("arrival", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("throttle_buckets_pkey")),
        prefixes=["UNLOGGED"],
    )
    op.create_table(
        "worker_heartbeats",
        sa.Column("worker", sa.Text(), nullable=False),
        sa.Column(
            "beat_at", sa.DateTime(timezone=True), server_default=sa.text("now()"), nullable=False
        ),
        sa.Column(
            "started_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.PrimaryKeyConstraint("worker", name=op.f("worker_heartbeats_pkey")),
    )


def downgrade() -> None:
    op.drop_table("worker_heartbeats")
    op.drop_table("throttle_buckets")
    op.drop_index("jobs_ready_idx", table_name="jobs", postgresql_where=sa.text("state = 'ready'"))
    op.drop_index(
        "jobs_order_idx",
        table_name="jobs",
        postgresql_where=sa.text("order_key IS NOT NULL AND state IN ('ready', 'leased')"),
    )
    op.drop_index(
        "jobs_leased_idx", table_name="jobs", postgresql_where=sa.text("state = 'leased'")
    )
    op.drop_index(
        "jobs_key_key",
        table_name="jobs",
        postgresql_where=sa.text("key IS NOT NULL AND state IN ('ready', 'leased')"),
    )
    op.drop_index("jobs_dead_idx", table_name="jobs", postgresql_where=sa.text("state = 'dead'"))
    op.drop_table("jobs")
    op.drop_index(op.f("idempotency_keys_created_at_idx"), table_name="idempotency_keys")
    op.drop_table("idempotency_keys")
