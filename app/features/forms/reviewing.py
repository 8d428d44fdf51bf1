"""What the coach does with a response: read it, open it again, take the request back."""

from app.core.clock import now
from app.core.events import publish
from app.features.forms.failures import DueInThePast, WrongResponseState
from app.features.forms.filling import HANDED_IN, open_again
from app.features.forms.reminders import follow
from app.features.forms.response_events import FormCancelled, FormReopened, FormReviewed, about
from app.features.forms.response_paths import Work
from app.features.forms.schemas_responses import ReopenIn
from app.features.forms.steps import step_done


async def review(work: Work) -> None:
    """Mark what was handed in as read; a second time changes nothing. Raises WrongResponseState."""
    response = work.response
    if response.status not in HANDED_IN:
        raise WrongResponseState(response.status)
    if response.status != "reviewed":
        response.status, response.reviewed_at = "reviewed", now()
        await work.session.flush()
        title = (await work.responses.version_of(response)).title
        await publish(work.session, FormReviewed(**about(response, title, work.principal.actor)))


async def reopen(work: Work, body: ReopenIn) -> None:
    """Ask for another revision; the last one stays. Raises WrongResponseState, DueInThePast."""
    response = work.response
    if response.status not in HANDED_IN:
        raise WrongResponseState(response.status)
    if body.due_at is not None and body.due_at <= now():
        raise DueInThePast
    revision = await work.responses.latest_revision(response)
    if revision is not None:
        revision.reopened_at, revision.reopen_comment = now(), body.comment
    open_again(response)
    response.due_at = body.due_at
    await work.session.flush()
    await follow(work.session, response)
    title = (await work.responses.version_of(response)).title
    facts = about(response, title, work.principal.actor)
    event = FormReopened(**facts, comment=body.comment, due_at=body.due_at)
    await publish(work.session, event)


async def cancel(work: Work) -> None:
    """Take the request back; of a form that was opened again, the opening.

    A second time changes nothing. Raises WrongResponseState (409) for what was handed in.
    """
    response = work.response
    if response.status == "cancelled":
        return
    if response.status != "draft":
        raise WrongResponseState(response.status)
    revision = await work.responses.latest_revision(response)
    if revision is None:
        response.status, response.cancelled_at, response.answers = "cancelled", now(), {}
    else:
        revision.reopened_at = revision.reopen_comment = None
        response.status, response.revision = "submitted", revision.number
        response.answers = revision.answers
    await work.session.flush()
    await follow(work.session, response)
    title = (await work.responses.version_of(response)).title
    await publish(work.session, FormCancelled(**about(response, title, work.principal.actor)))
    await step_done(work)
