"""What a client was asked to fill in, and how they do."""

from typing import Annotated

from fastapi import Query, Request, Response

from app.core.errors import VersionRequired
from app.core.etags import IfMatch
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.forms import filling, portal_answers
from app.features.forms.failures import AnswersInvalid, WrongResponseState
from app.features.forms.response_paths import ClientResponses, ClientWork, ResponseId
from app.features.forms.schemas import AnswersIn
from app.features.forms.schemas_portal import (
    PortalResponseDetailOut,
    PortalResponseOut,
    PortalRevisionsOut,
)
from app.features.forms.schemas_responses import PortalResponseQuery

router = api_router("/v1/portal/form-responses", "forms")


@router.get("")
async def list_portal_form_responses(
    query: Annotated[PortalResponseQuery, Query()], responses: ClientResponses
) -> Page[PortalResponseOut]:
    """What one was asked to fill in; newest first."""
    return await portal_answers.list_own(responses, query)


@router.get("/{response_id}", response_model=PortalResponseDetailOut)
async def get_portal_form_response(
    response_id: ResponseId, responses: ClientResponses, request: Request, response: Response
) -> PortalResponseDetailOut | Response:
    """One with its form, one's answers, and which fields these show."""
    return await portal_answers.own_tagged_or_known(responses, response_id, request, response)


@router.get("/{response_id}/revisions")
async def get_portal_form_revisions(
    response_id: ResponseId, responses: ClientResponses
) -> PortalRevisionsOut:
    """All that one submitted, the latest first."""
    return await portal_answers.list_own_revisions(responses, response_id)


@router.patch(
    "/{response_id}", responses=problems(WrongResponseState, AnswersInvalid, VersionRequired)
)
async def save_portal_form_answers(
    work: ClientWork, body: AnswersIn, response: Response, if_match: IfMatch = None
) -> PortalResponseDetailOut:
    """Keep some answers beside the others, unfinished as they may be; nobody is told.

    Needs `If-Match`, so that two open tabs don't undo each other.
    """
    await filling.save_answers(work, body.answers, if_match)
    return await portal_answers.own_tagged(work.responses, work.response.id, response)


@router.post("/{response_id}/submit", responses=problems(WrongResponseState, AnswersInvalid))
async def submit_portal_form(
    work: ClientWork, response: Response, if_match: IfMatch = None
) -> PortalResponseDetailOut:
    """Hand it in; the coach is told by e-mail. What is not shown is dropped; twice is once."""
    await filling.submit(work, if_match)
    return await portal_answers.own_tagged(work.responses, work.response.id, response)
