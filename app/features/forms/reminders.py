"""What the clock does about forms: jobs that wait for their hour, and look again then."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal, get_args
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.core.jobs import NewJob, cancel, enqueue
from app.features.forms.response_events import FormReminder, about
from app.models import FormResponse
from app.repositories.audiences import Audience
from app.repositories.form_responses import FormResponseRepository

KIND = "form.clock"
"""Kind of the job that looks whether one form was filled in."""

Moment = Literal["due_soon", "overdue"]
"""A day before it is due; a day after."""

MOMENTS: dict[Moment, timedelta] = {"due_soon": -timedelta(days=1), "overdue": timedelta(days=1)}

PAUSE = timedelta(hours=12)
"""Between two reminders of one form."""


async def watch(
    session: AsyncSession, workspace_id: UUID, ids: Iterable[UUID], due_at: datetime | None
) -> None:
    """Ask for the looks at responses that are due then; those whose hour is past are left out."""
    if due_at is None:
        return
    jobs = [
        _job(workspace_id, response_id, moment, due_at=due_at)
        for response_id in ids
        for moment in get_args(Moment)
    ]
    await enqueue(session, *(job for job in jobs if job.run_at > now()))


async def follow(session: AsyncSession, response: FormResponse) -> None:
    """Let the looks at a response follow its change, in the same transaction."""
    await cancel(session, *(_key(response.id, moment) for moment in get_args(Moment)))
    if response.status == "draft":
        await watch(session, response.workspace_id, [response.id], response.due_at)


def _job(workspace_id: UUID, response_id: UUID, moment: Moment, *, due_at: datetime) -> NewJob:
    payload: dict[str, Any] = {
        "workspace_id": workspace_id,
        "response_id": response_id,
        "moment": moment,
    }
    run_at = due_at + MOMENTS[moment]
    return NewJob(kind=KIND, payload=payload, key=_key(response_id, moment), run_at=run_at)


def _key(response_id: UUID, moment: Moment) -> str:
    return f"form_response:{response_id}:{moment}"


async def look(
    session: AsyncSession, workspace_id: UUID, response_id: UUID, *, moment: Moment
) -> None:
    """What the job does: look again, and remind the client.

    A response that is due at another time by now is looked at anew.
    """
    responses = FormResponseRepository(session, Audience.team(workspace_id))
    try:
        response = await responses.require(response_id, lock=True)
    except NotFound:
        return
    if response.status != "draft" or response.due_at is None:
        return
    job = _job(workspace_id, response_id, moment, due_at=response.due_at)
    if job.run_at > now():
        await enqueue(session, job)
    elif not was_reminded(response) and (moment == "overdue" or response.due_at > now()):
        await _remind(responses, response, moment)


def was_reminded(response: FormResponse) -> bool:
    """Whether the client heard of it a short while ago."""
    return response.reminded_at is not None and response.reminded_at > now() - PAUSE


async def _remind(
    responses: FormResponseRepository, response: FormResponse, moment: Moment
) -> None:
    response.reminded_at = now()
    await responses.session.flush()
    title = (await responses.version_of(response)).title
    facts = about(response, title, SYSTEM)
    event = FormReminder(**facts, kind=moment, due_at=response.due_at)
    await publish(responses.session, event)
