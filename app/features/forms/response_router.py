"""Who was asked to fill in forms, and what they answered; coach side."""

from typing import Annotated, Any

from fastapi import Query
from fastapi.responses import StreamingResponse

from app.access.runtime import RuntimeInApp
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.forms import exporting, response_answers, reviewing, sending
from app.features.forms.failures import (
    DueInThePast,
    FormArchived,
    FormNotPublished,
    ReminderTooSoon,
    WrongResponseState,
)
from app.features.forms.paths import FormInPath, Forms, Writer
from app.features.forms.response_paths import ResponseId, TeamResponses, TeamWork
from app.features.forms.schemas_responses import (
    ExportQuery,
    FormRequestIn,
    FormResponseDetailOut,
    FormResponseOut,
    FormResponseQuery,
    FormRevisionsOut,
    ReopenIn,
    SentOut,
)

requests = api_router("/v1/forms/{form_id}/requests", "forms")
exports = api_router("/v1/forms/{form_id}/responses/export", "forms")
router = api_router("/v1/form-responses", "forms")

EXPORTED: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "A table with a head, or a list of objects.",
        "content": {
            "text/csv": {"schema": {"type": "string"}},
            "application/json": {"schema": {"type": "array", "items": {"type": "object"}}},
        },
    }
}

STATE = problems(WrongResponseState)


@requests.post(
    "",
    status_code=201,
    dependencies=[IdempotencyRequired],
    responses=problems(FormArchived, FormNotPublished, DueInThePast, *sending.REFUSALS.values()),
)
async def send_form(
    writer: Writer,
    form: FormInPath,
    body: FormRequestIn,
    forms: Forms,
    responses: TeamResponses,
    runtime: RuntimeInApp,
) -> SentOut:
    """Ask contacts to fill in the latest version; they are told by e-mail.

    Whoever has no account gets the portal invite in the same e-mail, and whoever has the form open
    already is left in peace.
    """
    sent = await sending.send_form(forms, form, body, principal=writer, mint=runtime.mint)
    return await response_answers.sent_out(responses, sent)


@exports.get("", response_class=StreamingResponse, responses=EXPORTED)
async def export_form_responses(
    form: FormInPath,
    query: Annotated[ExportQuery, Query()],
    forms: Forms,
    runtime: RuntimeInApp,
) -> StreamingResponse:
    """What was handed in, each response's latest revision; no cell is taken for a formula."""
    return await exporting.export(forms, form, query, runtime)


@router.get("")
async def list_form_responses(
    query: Annotated[FormResponseQuery, Query()], responses: TeamResponses
) -> Page[FormResponseOut]:
    """Who was asked, and how far they are; newest first."""
    return await response_answers.list_responses(responses, query)


@router.get("/{response_id}")
async def get_form_response(
    response_id: ResponseId, responses: TeamResponses
) -> FormResponseDetailOut:
    """One response, with what was submitted last beside what was asked."""
    return await response_answers.response_detail(responses, response_id)


@router.get("/{response_id}/revisions")
async def get_form_revisions(response_id: ResponseId, responses: TeamResponses) -> FormRevisionsOut:
    """All that was submitted, the latest first."""
    return await response_answers.list_revisions(responses, response_id)


@router.post("/{response_id}/review", responses=STATE)
async def review_form_response(work: TeamWork) -> FormResponseOut:
    """Mark what was handed in as read; it can still be opened again."""
    await reviewing.review(work)
    return response_answers.response_out(await work.responses.card(work.response.id))


@router.post("/{response_id}/reopen", responses=problems(WrongResponseState, DueInThePast))
async def reopen_form_response(work: TeamWork, body: ReopenIn) -> FormResponseOut:
    """Ask the client for another revision; the last one stays. They are told by e-mail."""
    await reviewing.reopen(work, body)
    return response_answers.response_out(await work.responses.card(work.response.id))


@router.post("/{response_id}/cancel", responses=STATE)
async def cancel_form_response(work: TeamWork) -> FormResponseOut:
    """Take the request back; of a form that was opened again, only the opening."""
    await reviewing.cancel(work)
    return response_answers.response_out(await work.responses.card(work.response.id))


@router.post(
    "/{response_id}/remind",
    responses=problems(WrongResponseState, ReminderTooSoon, *sending.REFUSALS.values()),
)
async def remind_of_form(
    writer: Writer, response_id: ResponseId, responses: TeamResponses, runtime: RuntimeInApp
) -> FormResponseOut:
    """Remind the client by e-mail, at most once in twelve hours."""
    await sending.remind(responses, response_id, principal=writer, mint=runtime.mint)
    return response_answers.response_out(await responses.card(response_id))
