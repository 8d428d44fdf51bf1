"""Changing a row and recording its event in one statement, for the hot writes."""

from typing import Any

from sqlalchemy import Insert, Select, bindparam, insert, select

from app.core.clock import now
from app.core.events import FANOUT, DomainEvent, fanout_jobs
from app.models import Event, Job

EVENT_COLUMNS = (
    "workspace_id",
    "id",
    "type",
    "actor_kind",
    "actor_id",
    "contact_id",
    "subject_id",
    "data",
)


def recorded(change: Insert) -> Select[Any]:
    """The insert, its event and the event's planning job as one statement of three CTEs.

    Answers what `change` returns. Run it with the insert's values and `event_values`.
    """
    changed = change.cte("changed")
    event = insert(Event).values({name: bindparam(f"event_{name}") for name in EVENT_COLUMNS})
    job = insert(Job).values(
        kind=FANOUT,
        payload=bindparam("job_payload"),
        lane=bindparam("job_lane"),
        run_at=bindparam("job_run_at"),
    )
    return select(changed).add_cte(event.cte("event"), job.cte("job"))


def event_values(event: DomainEvent) -> dict[str, Any]:
    """The parameters `recorded` statements take for this event."""
    job = fanout_jobs([event])[0]
    return {
        **{f"event_{name}": value for name, value in event.row().items()},
        "job_payload": job["payload"],
        "job_lane": job["lane"],
        "job_run_at": now(),
    }
