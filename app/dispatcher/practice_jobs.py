"""Jobs that name the practice they are about."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, TypeVar
from uuid import UUID

from app.dispatcher.work import ClaimedJob, Settled

R = TypeVar("R")


def practice_of(job: ClaimedJob) -> UUID:
    """The practice a job is about."""
    return UUID(job.payload["workspace_id"])


def named(job: ClaimedJob, what: str) -> UUID:
    """An id in a job's payload."""
    return UUID(job.payload[what])


def by_practice(jobs: Iterable[ClaimedJob]) -> Iterator[tuple[UUID, Sequence[ClaimedJob]]]:
    """The jobs of each practice together."""
    ordered = sorted(jobs, key=practice_of)
    return ((practice, list(some)) for practice, some in groupby(ordered, practice_of))


def endings_by_practice(
    results: Sequence[Settled[R]],
) -> Iterator[tuple[UUID, Sequence[Settled[R]]]]:
    """The same for jobs that have ended."""

    def practice(ending: Settled[Any]) -> UUID:
        return practice_of(ending.job)

    ordered = sorted(results, key=practice)
    return ((each, list(some)) for each, some in groupby(ordered, practice))
