"""What work looks like: claimed jobs, the two shapes of doing them, and how they ended."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Generic, Literal, Protocol, TypeVar

from sqlalchemy.ext.asyncio import AsyncSession

T = TypeVar("T")
R = TypeVar("R")

Outcome = Literal["done", "retry", "postponed", "dead", "expired", "lost"]
"""Done; failed and tried again; not its fault and tried again; failed for good; too late;
taken over by another worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimedJob:
    """A job this worker may do: it holds the lease as long as the row carries its `fence`.

    `attempts` counts the failures so far, `crashes` the workers that died holding the job.
    """

    id: int
    kind: str
    payload: dict[str, Any]
    lane: int
    run_at: datetime
    expires_at: datetime | None
    key: str | None
    order_key: str | None
    attempts: int
    max_attempts: int
    crashes: int
    fence: int
    created_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled(Generic[R]):
    """How a job ended: `result` when done, else the `error`, and `run_at` when tried again."""

    job: ClaimedJob
    outcome: Outcome
    result: R | None = None
    error: Exception | None = None
    run_at: datetime | None = None


Handler = Callable[[AsyncSession, ClaimedJob], Awaitable[None]]
"""Work inside the database: its changes and the job's own end commit in one transaction, so it
happens exactly once. The job's row is already gone in that transaction: a handler may ask for a
new job under the same key. It must not commit, nor wait for anything but the database."""


class Effect(Protocol[T, R]):
    """Work outside the database, done at least once: again when a worker dies before settling."""

    async def load(self, session: AsyncSession, jobs: Sequence[ClaimedJob]) -> Mapping[int, T]:
        """What `perform` needs, by job id, in one query for all of them.

        A job left out has nothing left to do (cancelled, already sent): it ends as done, with
        no result. If loading fails, each job is loaded alone, so that a bad one fails alone.
        """
        ...

    async def perform(self, job: ClaimedJob, loaded: T) -> R:
        """Do it, without the database; raises GiveUp, Unavailable, or anything to try again."""
        ...

    async def settle(self, session: AsyncSession, results: Sequence[Settled[R]]) -> None:
        """Record how these ended, in the transaction that ends the jobs themselves.

        Told of every outcome but `lost`; must not fail for what one of them brought.
        """
        ...
