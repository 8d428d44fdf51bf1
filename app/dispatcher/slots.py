"""The jobs a worker holds: each takes a slot from its claim until its end is written down."""

import asyncio
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from app.dispatcher.work import ClaimedJob


@dataclass(frozen=True, slots=True)
class _Slot:
    job: ClaimedJob
    started: float


class Slots:
    """At most `size` jobs.

    Because a slot stays taken until the commit of its job's end, no more than that many can be
    done twice when the worker is killed.
    """

    def __init__(self, size: int) -> None:
        self._size = size
        self._taken: dict[tuple[int, int], _Slot] = {}

    @property
    def free(self) -> int:
        """How many more jobs fit."""
        return self._size - len(self._taken)

    @property
    def taken(self) -> int:
        """How many jobs are held."""
        return len(self._taken)

    def __bool__(self) -> bool:
        """Whether any job is held."""
        return bool(self._taken)

    def take(self, jobs: Iterable[ClaimedJob]) -> None:
        """Hold these jobs, started now."""
        started = asyncio.get_running_loop().time()
        for job in jobs:
            self._taken[job.id, job.fence] = _Slot(job, started)

    def release(self, job: ClaimedJob) -> float:
        """Let go of a job whose end is written down; answers the loop time it was started."""
        return self._taken.pop((job.id, job.fence)).started

    def jobs(self) -> list[ClaimedJob]:
        """What is held."""
        return [slot.job for slot in self._taken.values()]

    def ids(self) -> set[int]:
        """The ids of what is held."""
        return {slot.job.id for slot in self._taken.values()}

    def by_kind(self) -> Mapping[str, int]:
        """How many jobs of each kind are held."""
        return Counter(slot.job.kind for slot in self._taken.values())
