"""Doing claimed jobs: handlers in their transaction, effects loaded together."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator, Mapping, Sequence
from contextlib import asynccontextmanager
from itertools import groupby
from typing import Any

import structlog

from app.core.clock import now
from app.core.db import Database
from app.dispatcher import claims
from app.dispatcher.failures import CancelledItself, TookTooLong
from app.dispatcher.verdicts import is_database_down, judge, judge_database_work, refuse
from app.dispatcher.work import ClaimedJob, Effect, Handler, Settled

Report = Callable[[Settled[Any]], None]
"""Told of each job as it ends."""

log = structlog.get_logger(__name__)


class Runner:
    """Knows how each kind of job is done. It reports endings; writing them down is another's."""

    def __init__(
        self,
        database: Database,
        *,
        handlers: Mapping[str, Handler],
        effects: Mapping[str, Effect[Any, Any]],
        timeouts: Mapping[str, float],
        default_timeout: float,
    ) -> None:
        """Take the known kinds, and for how many seconds each may run."""
        self._database = database
        self._handlers = handlers
        self._effects = effects
        self._timeouts = timeouts
        self._default_timeout = default_timeout

    async def run(self, jobs: Sequence[ClaimedJob], report: Report, *, at_once: int) -> None:
        """Do the jobs, up to `at_once` of them together, started in their order.

        Each is reported once, however it ends; only when `run` itself is cancelled some are not.
        """
        turn = asyncio.Semaphore(at_once)
        unreported = {job.id: job for job in jobs}

        def report_once(ending: Settled[Any]) -> None:
            del unreported[ending.job.id]
            report(ending)

        await self._run_together(jobs, report_once, turn)
        for job in list(unreported.values()):
            report_once(judge(job, CancelledItself("the work cancelled its own task")))

    async def _run_together(
        self, jobs: Sequence[ClaimedJob], report: Report, turn: asyncio.Semaphore
    ) -> None:
        async with asyncio.TaskGroup() as group:
            for kind, of_kind in _by_kind(self._startable(jobs, report)):
                if kind in self._effects:
                    group.create_task(self._run_effects(of_kind, report, turn))
                else:
                    for job in of_kind:
                        group.create_task(self._run_handler(job, report, turn))

    def _startable(self, jobs: Sequence[ClaimedJob], report: Report) -> Iterator[ClaimedJob]:
        at = now()
        for job in jobs:
            if reason := refuse(job, at):
                report(judge(job, reason))
            else:
                yield job

    async def _run_handler(self, job: ClaimedJob, report: Report, turn: asyncio.Semaphore) -> None:
        try:
            async with turn, self._database.writing() as session:
                await claims.take_off(session, job)
                async with self._time_limit(job):
                    await self._handlers[job.kind](session, job)
        except Exception as error:  # noqa: BLE001 - a job may fail in any way
            report(judge_database_work(job, error))
        else:
            report(Settled(job=job, outcome="done"))

    async def _run_effects(
        self, jobs: Sequence[ClaimedJob], report: Report, turn: asyncio.Semaphore
    ) -> None:
        loaded = await self._load(jobs, report)
        async with asyncio.TaskGroup() as group:
            for job in jobs:
                if job.id in loaded:
                    group.create_task(self._perform(job, loaded[job.id], report, turn))

    async def _load(self, jobs: Sequence[ClaimedJob], report: Report) -> Mapping[int, Any]:
        """What the jobs need; those that need nothing more, or can't be loaded, are reported."""
        try:
            async with self._database.reading() as session, self._time_limit(jobs[0]):
                loaded = await self._effects[jobs[0].kind].load(session, jobs)
        except Exception as error:  # noqa: BLE001 - a job may fail in any way
            return await self._load_one_by_one(jobs, error, report)
        for job in jobs:
            if job.id not in loaded:
                report(Settled(job=job, outcome="done"))
        return loaded

    async def _load_one_by_one(
        self, jobs: Sequence[ClaimedJob], error: Exception, report: Report
    ) -> Mapping[int, Any]:
        if len(jobs) == 1 or is_database_down(error):
            for job in jobs:
                report(judge_database_work(job, error))
            return {}
        log.warning("jobs_loaded_one_by_one", kind=jobs[0].kind, error=repr(error))
        loaded: dict[int, Any] = {}
        for job in jobs:
            loaded |= await self._load([job], report)
        return loaded

    async def _perform(
        self, job: ClaimedJob, loaded: object, report: Report, turn: asyncio.Semaphore
    ) -> None:
        try:
            async with turn, self._time_limit(job):
                result = await self._effects[job.kind].perform(job, loaded)
        except Exception as error:  # noqa: BLE001 - a job may fail in any way
            report(judge(job, error))
        else:
            report(Settled(job=job, outcome="done", result=result))

    @asynccontextmanager
    async def _time_limit(self, job: ClaimedJob) -> AsyncIterator[None]:
        seconds = self._timeouts.get(job.kind, self._default_timeout)
        limit = asyncio.timeout(seconds)
        try:
            async with limit:
                yield
        except TimeoutError:
            if limit.expired():
                raise TookTooLong(f"took longer than {seconds:g} s") from None
            raise


def _by_kind(jobs: Iterator[ClaimedJob]) -> Iterator[tuple[str, list[ClaimedJob]]]:
    ordered = sorted(jobs, key=lambda job: job.kind)
    return ((kind, list(of_kind)) for kind, of_kind in groupby(ordered, lambda job: job.kind))
