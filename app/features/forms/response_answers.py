"""Responses as answers, for coaches."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from app.core.clock import now
from app.core.paging import Page, cut_page, decode_cursor
from app.features.forms.displaying import in_words
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_responses import (
    AnsweredFileOut,
    FormResponseDetailOut,
    FormResponseOut,
    FormResponseQuery,
    FormRevisionOut,
    FormRevisionsOut,
    QuestionOut,
    RespondentOut,
    SentItem,
    SentOut,
)
from app.features.forms.sending import Sent
from app.features.forms.visibility import shown
from app.models import FormRevision
from app.repositories.form_responses import FormResponseRepository, ResponseCard

ORDER = "newest_first"
MADE = frozenset({"contact", "overdue", "late"})
PLAIN = tuple(name for name in FormResponseOut.model_fields if name not in MADE)


def response_out(card: ResponseCard) -> FormResponseOut:
    """A response as the API gives it to coaches."""
    return FormResponseOut.model_construct(**_values(card))


def _values(card: ResponseCard) -> dict[str, Any]:
    contact = RespondentOut.model_construct(
        id=card.contact_id, first_name=card.first_name, last_name=card.last_name
    )
    plain = {name: getattr(card, name) for name in PLAIN}
    return {**plain, "contact": contact, "overdue": is_overdue(card), "late": bool(card.late)}


def is_overdue(card: ResponseCard) -> bool:
    """Whether it was due and is still awaited."""
    return card.status == "draft" and card.due_at is not None and bool(card.due_at < now())


async def response_detail(
    responses: FormResponseRepository, response_id: UUID
) -> FormResponseDetailOut:
    """A response with what was submitted last, beside what was asked."""
    card = await responses.card(response_id)
    revision = await responses.latest_revision(card)
    if revision is None:
        return FormResponseDetailOut.model_construct(**_values(card), submission=None)
    definition = await definition_of(responses, card)
    submission = revision_out(definition, revision)
    return FormResponseDetailOut.model_construct(**_values(card), submission=submission)


async def definition_of(responses: FormResponseRepository, card: ResponseCard) -> FormDefinition:
    """The form as it was when the contact was asked."""
    return FormDefinition.model_validate((await responses.version_of(card)).definition)


def revision_out(definition: FormDefinition, revision: FormRevision) -> FormRevisionOut:
    """What was submitted, as coaches see it."""
    return FormRevisionOut.model_construct(
        **asked_and_answered(definition, revision),
        late=revision.late,
        score=revision.score,
        band=revision.band,
    )


def asked_and_answered(definition: FormDefinition, revision: FormRevision) -> dict[str, Any]:
    """What both sides see of a revision."""
    return {
        "number": revision.number,
        "submitted_at": revision.created_at,
        "questions": _questions(definition, revision),
        "files": [AnsweredFileOut(**file) for file in revision.files],
        "reopened_at": revision.reopened_at,
        "reopen_comment": revision.reopen_comment,
    }


def _questions(definition: FormDefinition, revision: FormRevision) -> list[QuestionOut]:
    visible = set(shown(definition, revision.answers).field_ids)
    return [
        QuestionOut.model_construct(
            field=field,
            visible=field.id in visible,
            answer=revision.answers.get(field.id),
            display=in_words(field, revision.answers, revision.files),
        )
        for field in definition.fields
    ]


async def list_revisions(responses: FormResponseRepository, response_id: UUID) -> FormRevisionsOut:
    """All that was submitted; NotFound for a stranger's response."""
    card = await responses.card(response_id)
    definition = await definition_of(responses, card)
    found = await responses.revisions(response_id)
    revisions = [revision_out(definition, revision) for revision in found]
    return FormRevisionsOut.model_construct(revisions=revisions)


async def list_responses(
    responses: FormResponseRepository, query: FormResponseQuery
) -> Page[FormResponseOut]:
    """A page of responses, newest first."""
    before = position(query.cursor)
    rows = await responses.page(query.filter(), before=before, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[FormResponseOut].model_construct(
        data=[response_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def position(cursor: str | None) -> UUID | None:
    """The response after which a page begins."""
    if cursor is None:
        return None
    response_id: UUID = decode_cursor(cursor, sort=ORDER, shape=tuple[UUID])[0]
    return response_id


async def sent_out(responses: FormResponseRepository, sent: Sent) -> SentOut:
    """What became of each contact who was named."""
    made: Sequence[ResponseCard] = await responses.cards(list(sent.response_ids.values()))
    by_contact = {card.contact_id: response_out(card) for card in made}
    return SentOut.of(
        [
            SentItem.model_construct(
                contact_id=contact_id, result=result, response=by_contact.get(contact_id)
            )
            for contact_id, result in sent.results.items()
        ]
    )
