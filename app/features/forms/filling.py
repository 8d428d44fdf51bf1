"""Filling in a form: kept as it is typed, judged when it is handed in."""

from datetime import datetime
from typing import Any
from uuid import UUID

from app.core.clock import now
from app.core.etags import check_version
from app.core.events import publish
from app.core.ids import new_id
from app.core.validation_errors import json_pointer
from app.features.forms.answer_types import normalised
from app.features.forms.failures import AnswersInvalid, WrongResponseState
from app.features.forms.reminders import follow
from app.features.forms.response_events import FormSubmitted, about
from app.features.forms.response_paths import Work
from app.features.forms.schemas import FormDefinition
from app.features.forms.schemas_fields import FileField
from app.features.forms.scoring import result_of
from app.features.forms.steps import step_done
from app.features.forms.taking import taken
from app.features.forms.validating import answer_problems
from app.features.forms.visibility import shown
from app.models import FormResponse, FormRevision
from app.repositories.file_attachments import AttachmentRepository, Subject

SUBJECT = "form_response"
HANDED_IN = frozenset({"submitted", "reviewed"})


async def save_answers(work: Work, sent: dict[str, Any], if_match: str | None) -> None:
    """Keep answers beside those there are; null takes one away.

    Raises WrongResponseState (409), VersionRequired (428), VersionMismatch (412), AnswersInvalid
    (422).
    """
    response = work.response
    if response.status != "draft":
        raise WrongResponseState(response.status)
    check_version(response.version, if_match, required=True)
    definition = await _definition(work)
    answers = taken(definition, sent)
    await _check_files(work, definition, answers)
    merged = {**response.answers, **answers}
    kept = {name: value for name, value in merged.items() if value is not None}
    if kept != response.answers:
        response.answers = kept
        await work.session.flush()


async def _definition(work: Work) -> FormDefinition:
    version = await work.responses.version_of(work.response)
    return FormDefinition.model_validate(version.definition)


async def _check_files(work: Work, definition: FormDefinition, answers: dict[str, Any]) -> None:
    """Refuse ids that name no file which this client has uploaded."""
    named = _named(definition, answers)
    if not named:
        return
    attachments = AttachmentRepository(work.session, work.responses.audience)
    usable = await attachments.usable([file_id for _, _, file_id in named])
    what = {"in": "body", "code": "unknown_file", "detail": "Not a file of yours"}
    refused = [
        {**what, "pointer": json_pointer(["answers", field_id, place])}
        for field_id, place, file_id in named
        if file_id not in usable
    ]
    if refused:
        raise AnswersInvalid(errors=refused)


def _named(definition: FormDefinition, answers: dict[str, Any]) -> list[tuple[str, int, UUID]]:
    """The files in answers: the field, the place in its list, the id."""
    return [
        (field.id, place, UUID(file_id))
        for field in definition.fields
        if isinstance(field, FileField)
        for place, file_id in enumerate(answers.get(field.id) or ())
    ]


async def submit(work: Work, if_match: str | None) -> None:
    """Hand the answers in; what is not shown is dropped, and a second time changes nothing.

    Raises WrongResponseState (409), VersionMismatch (412), AnswersInvalid (422).
    """
    response = work.response
    if response.status in HANDED_IN:
        return
    if response.status != "draft":
        raise WrongResponseState(response.status)
    check_version(response.version, if_match)
    definition = await _definition(work)
    response.answers = await _accepted(work, definition)
    response.status, response.submitted_at = "submitted", now()
    response.latest_revision = response.revision
    revision = await _revision(work, definition, at=response.submitted_at)
    await work.session.flush()
    await follow(work.session, response)
    await publish(work.session, _submitted(work, definition, revision))
    await step_done(work)


async def _accepted(work: Work, definition: FormDefinition) -> dict[str, Any]:
    """The answers that count, all of them as they must be."""
    seen = shown(definition, work.response.answers)
    problems = answer_problems(definition, seen.field_ids, seen.answers)
    if problems:
        raise AnswersInvalid(errors=problems)
    await _check_files(work, definition, seen.answers)
    fields = {field.id: field for field in definition.fields}
    return {name: normalised(fields[name], answer) for name, answer in seen.answers.items()}


async def _revision(work: Work, definition: FormDefinition, *, at: datetime) -> FormRevision:
    response = work.response
    result = result_of(definition, response.answers)
    revision = FormRevision(
        workspace_id=response.workspace_id,
        id=new_id(),
        response_id=response.id,
        number=response.revision,
        answers=response.answers,
        score=result.score,
        band=result.label,
        late=response.due_at is not None and at > response.due_at,
        created_at=at,
    )
    revision.files = await _hand_in_files(work, definition, revision.id)
    work.session.add(revision)
    return revision


async def _hand_in_files(
    work: Work, definition: FormDefinition, revision_id: UUID
) -> list[dict[str, Any]]:
    """Let the team see the files that the answers name, for good; what they are called now."""
    named = _named(definition, work.response.answers)
    if not named:
        return []
    attachments = AttachmentRepository(work.session, work.responses.audience)
    subject = Subject(kind=SUBJECT, id=revision_id, contact_id=work.response.contact_id)
    file_ids = list(dict.fromkeys(file_id for _, _, file_id in named))
    await attachments.hang({subject: file_ids}, shared=True)
    hanging = await attachments.of_subjects(SUBJECT, [revision_id])
    return [
        {"id": row.id, "name": row.name, "media_type": row.media_type, "size_bytes": row.size}
        for row in hanging.get(revision_id, ())
    ]


def _submitted(work: Work, definition: FormDefinition, revision: FormRevision) -> FormSubmitted:
    return FormSubmitted(
        **about(work.response, definition.title, work.principal.actor),
        revision=revision.number,
        late=revision.late,
        score=revision.score,
        band=revision.band,
    )


def open_again(response: FormResponse) -> None:
    """Begin the next revision, with the answers of the last one to start from."""
    response.status, response.reviewed_at = "draft", None
    response.revision += 1
