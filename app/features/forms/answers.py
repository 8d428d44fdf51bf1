"""Forms and their versions as answers."""

from typing import Any
from uuid import UUID

from fastapi import Request, Response

from app.core.etags import etag, not_modified
from app.core.fields import Int4
from app.core.paging import Page, cut_page, decode_cursor
from app.features.forms.schemas import (
    FormDefinition,
    FormOut,
    FormQuery,
    FormStatus,
    FormSummaryOut,
    FormVersionOut,
    FormVersionSummaryOut,
    PreviewOut,
    ScoreRangeOut,
    VersionQuery,
)
from app.features.forms.scoring import result_of, score_span
from app.features.forms.taking import taken
from app.features.forms.validating import answer_problems
from app.features.forms.visibility import shown
from app.models import Form, FormVersion
from app.repositories.forms import FormCard, FormRepository

NEWEST_FIRST, LATEST_FIRST = "newest_first", "latest_first"
OWN = ("id", "author_id", "archived_at", "version", "created_at", "updated_at")
LISTED = ("id", "title", "open_requests", "submitted", "version", "created_at", "updated_at")


def form_out(form: Form) -> FormOut:
    """A form as the API gives it, with its draft."""
    return FormOut.model_construct(
        **{name: getattr(form, name) for name in OWN},
        **definition_out(FormDefinition.model_validate(form.definition)),
        **_standing(form),
    )


def definition_out(definition: FormDefinition) -> dict[str, Any]:
    """What a form says, and between which scores it ends."""
    span = score_span(definition)
    return {
        **{name: getattr(definition, name) for name in FormDefinition.model_fields},
        "score_range": span and ScoreRangeOut.model_construct(min=span.min, max=span.max),
    }


def _standing(form: Form | FormCard) -> dict[str, Any]:
    return {
        "status": _status(form),
        "latest_version": form.latest_number,
        "has_unpublished_changes": form.sha256 != form.published_sha256,
    }


def _status(form: Form | FormCard) -> FormStatus:
    if form.archived_at is not None:
        return "archived"
    return "published" if form.latest_number else "draft"


def tagged(response: Response, form: Form) -> FormOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = etag(form.version)
    return form_out(form)


def tagged_or_known(request: Request, response: Response, form: Form) -> FormOut | Response:
    """The same, or 304 for a caller who has this version of it already."""
    return not_modified(request, etag(form.version)) or tagged(response, form)


async def list_forms(forms: FormRepository, query: FormQuery) -> Page[FormSummaryOut]:
    """A page of forms, newest first."""
    before = _position(query.cursor, NEWEST_FIRST, tuple[UUID])
    rows = await forms.page(query.filter(), before=before, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=NEWEST_FIRST, key=lambda row: (row.id,))
    return Page[FormSummaryOut].model_construct(
        data=[_summary(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _summary(card: FormCard) -> FormSummaryOut:
    plain = {name: getattr(card, name) for name in LISTED}
    return FormSummaryOut.model_construct(**plain, **_standing(card))


async def list_versions(
    forms: FormRepository, form_id: UUID, query: VersionQuery
) -> Page[FormVersionSummaryOut]:
    """A page of a form's versions, the latest first; NotFound for a stranger's form."""
    before = _position(query.cursor, LATEST_FIRST, tuple[Int4])
    await forms.require(form_id)
    rows = await forms.versions(form_id, before=before, limit=query.limit)
    page = cut_page(rows, limit=query.limit, sort=LATEST_FIRST, key=lambda row: (row.number,))
    return Page[FormVersionSummaryOut].model_construct(
        data=[FormVersionSummaryOut.model_validate(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(cursor: str | None, sort: str, shape: Any) -> Any:
    return None if cursor is None else decode_cursor(cursor, sort=sort, shape=shape)[0]


def version_out(version: FormVersion) -> FormVersionOut:
    """A version as the API gives it."""
    return FormVersionOut.model_construct(
        number=version.number,
        sha256=version.sha256,
        published_at=version.created_at,
        **definition_out(FormDefinition.model_validate(version.definition)),
    )


def preview_out(form: Form, answers: dict[str, Any]) -> PreviewOut:
    """How the draft would take these answers; files are taken for the client's own."""
    definition = FormDefinition.model_validate(form.definition)
    seen = shown(definition, taken(definition, answers))
    result = result_of(definition, seen.answers)
    return PreviewOut(
        visible_field_ids=list(seen.field_ids),
        score=result.score,
        band=result.label,
        problems=answer_problems(definition, seen.field_ids, seen.answers),
    )
