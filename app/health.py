"""Is the process alive, can it serve, and in figures: for load balancers and Prometheus."""

from fastapi import Response

from app.access.runtime import RuntimeInApp
from app.core.errors import Unavailable
from app.core.fields import Out
from app.core.metrics import CONTENT_TYPE
from app.core.schema import current_revision, newest_revision
from app.core.strict_route import api_router
from app.dispatcher.heartbeat import latest_heartbeat_age

router = api_router("", "health")


class Alive(Out):
    """The process answers."""

    status: str


class Ready(Out):
    """What serving depends on. Heartbeat age in seconds; null when no dispatcher ever ran."""

    status: str
    database_revision: str | None
    dispatcher_heartbeat_age_seconds: float | None


class SchemaBehind(Unavailable):
    """The database waits for `atrium migrate`."""

    code, title = "schema_behind", "The database schema is not the one this version needs"


@router.get("/livez")
async def livez() -> Alive:
    """The process answers; asks nothing of the database."""
    return Alive(status="ok")


@router.get("/readyz")
async def readyz(runtime: RuntimeInApp) -> Ready:
    """The database answers with the right schema; tells the age of the newest heartbeat."""
    async with runtime.database.reading() as session:
        revision = await current_revision(session)
        age = await latest_heartbeat_age(session)
    if revision != newest_revision():
        raise SchemaBehind(f"The database is at {revision}.")
    seconds = age.total_seconds() if age is not None else None
    return Ready(status="ok", database_revision=revision, dispatcher_heartbeat_age_seconds=seconds)


@router.get("/metrics", response_class=Response)
async def metrics(runtime: RuntimeInApp) -> Response:
    """Figures in Prometheus's text format."""
    return Response(runtime.metrics.render(), media_type=CONTENT_TYPE)
