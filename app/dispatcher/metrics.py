"""What the dispatcher tells Prometheus."""

from collections.abc import Iterable
from typing import Any

from prometheus_client import CollectorRegistry, Counter, Gauge
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.dispatcher.work import Settled

LANES = {0: "urgent", 1: "normal", 2: "bulk"}

OLDEST_READY = text("""
SELECT lanes.lane, min((
  SELECT min(job.run_at) FROM jobs AS job
  WHERE job.state = 'ready' AND job.kind = kinds.kind AND job.lane = lanes.lane)) AS run_at
FROM unnest(cast(:kinds AS text[])) AS kinds(kind)
CROSS JOIN generate_series(0, 2) AS lanes(lane)
GROUP BY lanes.lane
""")

DEAD = text("SELECT count(*) FROM jobs WHERE state = 'dead'")


class JobMetrics:
    """The dispatcher's collectors on one registry; make one for a process."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self.oldest_ready = Gauge(
            "atrium_jobs_oldest_ready_seconds",
            "How long the longest due job of a lane has been waiting.",
            ["lane"],
            registry=registry,
        )
        self.dead = Gauge("atrium_jobs_dead", "Jobs in the dead letters.", registry=registry)
        self.ended = Counter(
            "atrium_jobs_ended",
            "Jobs by kind and by how they ended; lost: another worker had taken over.",
            ["kind", "outcome"],
            registry=registry,
        )
        self.breaker_open = Gauge(
            "atrium_jobs_breaker_open",
            "1 while a kind is paused because its outside world is away.",
            ["kind"],
            registry=registry,
        )

    def count(self, endings: Iterable[Settled[Any]]) -> None:
        """Count jobs that ended."""
        for ending in endings:
            self.ended.labels(ending.job.kind, ending.outcome).inc()

    def show_breakers(self, kinds: Iterable[str], *, paused: Iterable[str]) -> None:
        """Show which kinds are paused."""
        open_kinds = set(paused)
        for kind in kinds:
            self.breaker_open.labels(kind).set(kind in open_kinds)

    async def sample(self, session: AsyncSession, kinds: Iterable[str]) -> None:
        """Measure the queue of these kinds."""
        at = now()
        for row in await session.execute(OLDEST_READY, {"kinds": list(kinds)}):
            waited = (at - row.run_at).total_seconds() if row.run_at else 0.0
            self.oldest_ready.labels(LANES[row.lane]).set(max(0.0, waited))
        self.dead.set(await session.scalar(DEAD) or 0)
