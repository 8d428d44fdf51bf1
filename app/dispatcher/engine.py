"""The engine: which kinds of work there are, and running all that is due."""

import asyncio
import os
import socket
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import uuid4

from prometheus_client import CollectorRegistry

from app.core.db import Database
from app.dispatcher import claims
from app.dispatcher.failures import Unavailable
from app.dispatcher.metrics import JobMetrics
from app.dispatcher.running import Runner
from app.dispatcher.schedule import Sweep, sweep_handlers
from app.dispatcher.settling import Settler
from app.dispatcher.work import ClaimedJob, Effect, Handler, Settled

LEASE = timedelta(seconds=30)
TIME_LIMIT = 60.0


class Engine:
    """Does jobs by their kind. A `Worker` keeps it going; `drain` runs it dry once.

    `concurrency` is how many jobs run together in this process, and so the most that can be done
    twice when it is killed; its jobs are taken over when their `lease` has expired. `timeouts`
    are seconds by kind, 60 where none is given.
    """

    def __init__(
        self,
        database: Database,
        *,
        handlers: Mapping[str, Handler] | None = None,
        effects: Mapping[str, Effect[Any, Any]] | None = None,
        sweeps: Sequence[Sweep] = (),
        concurrency: int = 20,
        lease: timedelta = LEASE,
        timeouts: Mapping[str, float] | None = None,
        metrics: JobMetrics | None = None,
    ) -> None:
        self.database = database
        self.sweeps = sweeps
        self.concurrency = concurrency
        self._at_most: dict[str, int] = {}
        self.lease = lease
        self.metrics = metrics or JobMetrics(CollectorRegistry())
        self.wake = asyncio.Event()
        self.name = f"{socket.gethostname()}:{os.getpid()}:{uuid4().hex[:8]}"
        all_handlers = {**(handlers or {}), **sweep_handlers(sweeps)}
        self.effects = dict(effects or {})
        self.kinds = frozenset({*all_handlers, *self.effects})
        self.runner = Runner(
            database,
            handlers=all_handlers,
            effects=self.effects,
            timeouts=timeouts or {},
            default_timeout=TIME_LIMIT,
        )

    def hold_back(self, kind: str, *, at_most: int) -> None:
        """Run no more than so many jobs of a kind together: others find room however slow it is."""
        self._at_most[kind] = at_most

    def settler(self) -> Settler:
        """A fresh keeper of endings."""
        return Settler(self.database, self.effects)

    async def claim(
        self, kinds: Collection[str], *, limit: int, running: Mapping[str, int] | None = None
    ) -> list[ClaimedJob]:
        """Lease up to `limit` due jobs of these kinds for this worker.

        `running` counts those it holds already, by kind.
        """
        held = running or {}
        room = {kind: most - held.get(kind, 0) for kind, most in self._at_most.items()}
        open_kinds = [kind for kind in kinds if room.get(kind, limit) > 0]
        if not open_kinds or limit <= 0:
            return []
        async with self.database.writing() as session:
            return await claims.claim(
                session, open_kinds, limit=limit, worker=self.name, lease=self.lease, room=room
            )

    async def claim_suspect(
        self, kinds: Collection[str], *, held: Collection[int]
    ) -> ClaimedJob | None:
        """Lease one job whose lease expired; see `Worker` for how it is run."""
        async with self.database.reading() as session:
            return await claims.claim_suspect(
                session, kinds, held=held, worker=self.name, lease=self.lease
            )

    async def drain(self, kinds: Collection[str] | None = None) -> list[Settled[Any]]:
        """Run what is due now, one job after the other, until nothing more is; for tests.

        Returns the endings in order; a job's failure is among them, it isn't raised. A kind
        that is unavailable is left alone for the rest of this call.
        """
        open_kinds = set(self.kinds if kinds is None else kinds)
        drained: list[Settled[Any]] = []
        while jobs := await self._next_batch(open_kinds):
            settler = self.settler()
            await self.runner.run(jobs, settler.report, at_once=1)
            endings = [ending async for batch in settler.flush() for ending in batch]
            open_kinds -= {e.job.kind for e in endings if isinstance(e.error, Unavailable)}
            drained += endings
        self.metrics.count(drained)
        return drained

    async def _next_batch(self, kinds: Collection[str]) -> list[ClaimedJob]:
        """Jobs that are due, or else one whose worker died."""
        if jobs := await self.claim(kinds, limit=self.concurrency):
            return jobs
        suspect = await self.claim_suspect(kinds, held=())
        return [suspect] if suspect else []
