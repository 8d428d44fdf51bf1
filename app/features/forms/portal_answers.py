"""Responses as answers, for clients: the form without scores, and their own words."""

from typing import Any
from uuid import UUID

from fastapi import Request, Response

from app.core.etags import etag, not_modified
from app.core.paging import Page, cut_page
from app.features.forms.response_answers import (
    ORDER,
    asked_and_answered,
    definition_of,
    is_overdue,
    position,
)
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import (
    FormField,
    MultiChoiceField,
    ScaleField,
    SingleChoiceField,
)
from app.features.forms.schemas_portal import (
    FormResultOut,
    PortalResponseDetailOut,
    PortalResponseOut,
    PortalRevisionOut,
    PortalRevisionsOut,
)
from app.features.forms.schemas_responses import PortalResponseQuery
from app.features.forms.visibility import shown
from app.repositories.form_responses import FormResponseRepository, ResponseCard

PLAIN = tuple(name for name in PortalResponseOut.model_fields if name != "overdue")


def _listed(card: ResponseCard) -> dict[str, Any]:
    return {**{name: getattr(card, name) for name in PLAIN}, "overdue": is_overdue(card)}


async def list_own(
    responses: FormResponseRepository, query: PortalResponseQuery
) -> Page[PortalResponseOut]:
    """A page of what one was asked, newest first."""
    before = position(query.cursor)
    rows = await responses.page(query.filter(), before=before, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[PortalResponseOut].model_construct(
        data=[PortalResponseOut.model_construct(**_listed(row)) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


async def own_tagged(
    responses: FormResponseRepository, response_id: UUID, response: Response
) -> PortalResponseDetailOut:
    """One with its form and answers, and its entity tag in the answer's headers."""
    card = await responses.card(response_id)
    response.headers["ETag"] = _tag(card)
    return await _detail(responses, card)


async def own_tagged_or_known(
    responses: FormResponseRepository, response_id: UUID, request: Request, response: Response
) -> PortalResponseDetailOut | Response:
    """The same, or 304 for a client who has this version of it already."""
    card = await responses.card(response_id)
    known = not_modified(request, _tag(card))
    if known is not None:
        return known
    response.headers["ETag"] = _tag(card)
    return await _detail(responses, card)


def _tag(card: ResponseCard) -> str:
    return etag(card.version, is_overdue(card))


async def _detail(responses: FormResponseRepository, card: ResponseCard) -> PortalResponseDetailOut:
    definition = await definition_of(responses, card)
    return PortalResponseDetailOut.model_construct(
        **_listed(card),
        description=definition.description,
        fields=unscored(definition).fields,
        visible_field_ids=list(shown(definition, card.answers).field_ids),
        answers=card.answers,
        result=_result(definition, card),
        version=card.version,
        updated_at=card.updated_at,
    )


def unscored(definition: FormDefinition) -> FormDefinition:
    """The form without what its answers are worth."""
    fields = [_unscored(field) for field in definition.fields]
    return definition.model_copy(update={"fields": fields, "bands": []})


def _unscored(field: FormField) -> FormField:
    if isinstance(field, SingleChoiceField | MultiChoiceField):
        choices = [choice.model_copy(update={"score": None}) for choice in field.choices]
        return field.model_copy(update={"choices": choices})
    return field.model_copy(update={"scored": False}) if isinstance(field, ScaleField) else field


def _result(definition: FormDefinition, card: ResponseCard) -> FormResultOut | None:
    if not definition.show_result or card.score is None:
        return None
    messages = {band.label: band.message for band in definition.bands}
    return FormResultOut.model_construct(
        score=card.score, band=card.band, message=messages.get(card.band, "")
    )


async def list_own_revisions(
    responses: FormResponseRepository, response_id: UUID
) -> PortalRevisionsOut:
    """All that one submitted; NotFound for somebody else's."""
    card = await responses.card(response_id)
    definition = unscored(await definition_of(responses, card))
    found = await responses.revisions(response_id)
    revisions = [
        PortalRevisionOut.model_construct(**asked_and_answered(definition, each)) for each in found
    ]
    return PortalRevisionsOut.model_construct(revisions=revisions)
