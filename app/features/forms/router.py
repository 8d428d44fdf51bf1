"""The practice's forms: drafts, versions and what they look like to programs; coach side."""

from typing import Annotated, Any

from fastapi import Query, Request, Response

from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.forms import answers, building
from app.features.forms.failures import (
    AnswersInvalid,
    EmptyForm,
    FormArchived,
    FormInUse,
    InvalidForm,
)
from app.features.forms.json_schema import form_schema
from app.features.forms.paths import FormId, FormInPath, Forms, VersionNumber, Writer
from app.features.forms.publishing import publish_form as published
from app.features.forms.schemas import (
    AnswersIn,
    DuplicateFormIn,
    FormChanges,
    FormDefinition,
    FormOut,
    FormQuery,
    FormSummaryOut,
    FormVersionOut,
    FormVersionSummaryOut,
    PreviewOut,
    VersionQuery,
)

router = api_router("/v1/forms", "forms")


@router.post("", status_code=201, responses=problems(InvalidForm))
async def create_form(
    writer: Writer, body: FormDefinition, forms: Forms, response: Response
) -> FormOut:
    """Begin a form. It is a draft until it is published."""
    form = await building.create_form(forms, body, writer)
    response.headers["Location"] = f"/v1/forms/{form.id}"
    return answers.tagged(response, form)


@router.get("")
async def list_forms(query: Annotated[FormQuery, Query()], forms: Forms) -> Page[FormSummaryOut]:
    """The practice's forms, newest first."""
    return await answers.list_forms(forms, query)


@router.get("/{form_id}", response_model=FormOut)
async def get_form(form: FormInPath, request: Request, response: Response) -> FormOut | Response:
    """One form with its draft."""
    return answers.tagged_or_known(request, response, form)


@router.patch("/{form_id}", responses=problems(InvalidForm, VersionRequired))
async def change_form(
    writer: Writer,
    form: FormInPath,
    body: FormChanges,
    forms: Forms,
    response: Response,
    if_match: IfMatch = None,
) -> FormOut:
    """Change the draft; versions, and what was answered, stay as they are. Needs `If-Match`."""
    check_version(form.version, if_match, required=True)
    return answers.tagged(response, await building.change_form(forms, form, body, writer))


@router.delete("/{form_id}", status_code=204, responses=problems(FormInUse))
async def delete_form(writer: Writer, form: FormInPath, forms: Forms) -> None:
    """Remove a form that nobody was ever asked to fill in."""
    await building.delete_form(forms, form, writer)


@router.post("/{form_id}/publish", responses=problems(EmptyForm, FormArchived))
async def publish_form(writer: Writer, form: FormInPath, forms: Forms) -> FormVersionOut:
    """Make the draft the next version; unchanged, it is the version there is."""
    return answers.version_out(await published(forms, form, writer))


@router.post("/{form_id}/archive", responses=problems(FormInUse))
async def archive_form(
    writer: Writer, form: FormInPath, forms: Forms, response: Response
) -> FormOut:
    """Send it to nobody any longer; whoever was asked may still answer."""
    return answers.tagged(response, await building.archive_form(forms, form, writer))


@router.post("/{form_id}/unarchive")
async def unarchive_form(
    writer: Writer, form: FormInPath, forms: Forms, response: Response
) -> FormOut:
    """Let it be sent again."""
    return answers.tagged(response, await building.unarchive_form(forms, form, writer))


@router.post("/{form_id}/duplicate", status_code=201)
async def duplicate_form(
    writer: Writer, form: FormInPath, forms: Forms, body: DuplicateFormIn | None = None
) -> FormOut:
    """Copy the draft into a new form."""
    title = body.title if body else None
    return answers.form_out(await building.duplicate_form(forms, form, title, writer))


@router.post("/{form_id}/preview", responses=problems(AnswersInvalid))
async def preview_form(form: FormInPath, body: AnswersIn) -> PreviewOut:
    """What these answers would show of the draft, score, and be refused for; keeps nothing."""
    return answers.preview_out(form, body.answers)


@router.get("/{form_id}/schema")
async def get_form_schema(form: FormInPath) -> dict[str, Any]:
    """The draft as JSON Schema 2020-12, for answers without those that are hidden."""
    return form_schema(FormDefinition.model_validate(form.definition))


@router.get("/{form_id}/versions")
async def list_form_versions(
    form_id: FormId, query: Annotated[VersionQuery, Query()], forms: Forms
) -> Page[FormVersionSummaryOut]:
    """What it was published as, the latest version first."""
    return await answers.list_versions(forms, form_id, query)


@router.get("/{form_id}/versions/{number}")
async def get_form_version(form_id: FormId, number: VersionNumber, forms: Forms) -> FormVersionOut:
    """One version; nothing changes it."""
    return answers.version_out(await forms.version(form_id, number))


@router.get("/{form_id}/versions/{number}/schema")
async def get_form_version_schema(
    form_id: FormId, number: VersionNumber, forms: Forms
) -> dict[str, Any]:
    """One version as JSON Schema 2020-12, for answers without those that are hidden."""
    version = await forms.version(form_id, number)
    return form_schema(FormDefinition.model_validate(version.definition))
