"""The planner's statistics after thousands of rows came in at once.

A practice the statistics have not seen yet looks like one without rows, so that any index that
starts with the workspace seems as good as the right one, and a join over ten thousand rows takes
minutes. Autovacuum looks once a minute; who writes in bulk asks for a look at once.
"""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.jobs import URGENT, NewJob, enqueue
from app.models import Base

REFRESH_STATISTICS = "refresh_statistics"
SOON = timedelta(seconds=1)
"""However many ask, a table is looked at once a second."""
LATER = timedelta(seconds=10)
"""When the rows that follow from the first ones are there as well."""


class Asked(Protocol):
    """The job that asks: its payload names the tables."""

    @property
    def payload(self) -> dict[str, Any]:
        """`{"tables": [...]}`."""
        ...


async def refresh_soon(session: AsyncSession, tables: Iterable[str]) -> None:
    """Have these tables looked at soon after this transaction has committed, and once more."""
    names = sorted(tables)
    jobs = [
        NewJob(
            kind=REFRESH_STATISTICS,
            payload={"tables": names},
            lane=URGENT,
            key=f"{REFRESH_STATISTICS}:{','.join(names)}:{wait.seconds}",
            run_at=now() + wait,
        )
        for wait in (SOON, LATER)
    ]
    await enqueue(session, *jobs)


async def refresh_statistics(session: AsyncSession, job: Asked) -> None:
    """Look at the tables of a job; a transactional handler of the dispatcher."""
    known = [name for name in job.payload["tables"] if name in Base.metadata.tables]
    await session.execute(text(f"ANALYZE {', '.join(known)}"))
