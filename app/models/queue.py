"""Local tables of the engine room: jobs, throttle, idempotency, heartbeats."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, Identity, Index, LargeBinary, SmallInteger, func, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import Base


class Job(Base):
    """Work to be done after the commit that asked for it. A finished job's row is deleted."""

    __tablename__ = "jobs"
    __table_args__ = (
        CheckConstraint("state IN ('ready', 'leased', 'dead', 'cancelled')", name="state"),
        CheckConstraint("lane BETWEEN 0 AND 2", name="lane"),
        Index(  # the kind first: a hundred thousand jobs of a paused kind stand in nobody's way
            "jobs_ready_idx",
            "kind",
            "lane",
            "run_at",
            "id",
            postgresql_where=text("state = 'ready'"),
        ),
        Index("jobs_leased_idx", "lease_until", postgresql_where=text("state = 'leased'")),
        Index(
            "jobs_key_key",
            "key",
            unique=True,
            postgresql_where=text("key IS NOT NULL AND state IN ('ready', 'leased')"),
        ),
        Index(
            "jobs_order_idx",
            "order_key",
            "id",
            postgresql_where=text("order_key IS NOT NULL AND state IN ('ready', 'leased')"),
        ),
        Index("jobs_dead_idx", "id", postgresql_where=text("state = 'dead'")),
        {
            "postgresql_with": {
                "fillfactor": 80,
                "autovacuum_vacuum_scale_factor": 0.01,
                "autovacuum_vacuum_threshold": 500,
                "autovacuum_vacuum_cost_delay": 0,
                "autovacuum_analyze_scale_factor": 0.05,
            }
        },
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    kind: Mapped[str]
    payload: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    state: Mapped[str] = mapped_column(server_default="ready")
    lane: Mapped[int] = mapped_column(SmallInteger, server_default="1")
    run_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime | None]
    key: Mapped[str | None]
    order_key: Mapped[str | None]
    attempts: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    max_attempts: Mapped[int] = mapped_column(SmallInteger, server_default="10")
    crashes: Mapped[int] = mapped_column(SmallInteger, server_default="0")
    fence: Mapped[int] = mapped_column(server_default="0")
    lease_until: Mapped[datetime | None]
    leased_by: Mapped[str | None]
    last_error: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ThrottleBucket(Base):
    """One GCRA bucket: the theoretical arrival time of the next allowed request."""

    __tablename__ = "throttle_buckets"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    arrival: Mapped[datetime]


class IdempotencyKey(Base):
    """A POST that was answered, kept 24 hours so that its repetition gets the same answer."""

    __tablename__ = "idempotency_keys"
    __table_args__ = (Index(None, "created_at"),)

    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    fingerprint: Mapped[bytes]
    status: Mapped[int | None] = mapped_column(SmallInteger)
    headers: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    body: Mapped[bytes | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class WorkerHeartbeat(Base):
    """A dispatcher that is alive: it writes its row every few seconds."""

    __tablename__ = "worker_heartbeats"

    worker: Mapped[str] = mapped_column(primary_key=True)
    beat_at: Mapped[datetime] = mapped_column(server_default=func.now())
    started_at: Mapped[datetime] = mapped_column(server_default=func.now())
