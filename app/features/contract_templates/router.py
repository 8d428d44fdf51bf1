"""Texts that contracts are made from, coach side."""

from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Query, Request, Response

from app.access.callers import requires
from app.access.contacts import UnknownContact, UnknownProgram
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import SAFE_METHODS, TenantSession
from app.core.errors import TooManyRequests, VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.core.throttle_policy import Policy
from app.features.contract_templates import answers, service
from app.features.contract_templates.failures import (
    TemplateInUse,
    TemplateNotPrintable,
    TemplateUnusable,
)
from app.features.contract_templates.previewing import preview
from app.features.contract_templates.schemas import (
    ContractTemplateCard,
    ContractTemplateChanges,
    ContractTemplateIn,
    ContractTemplateOut,
    ContractTemplateQuery,
    MergeVariablesOut,
    PreviewIn,
)
from app.models import ContractTemplate
from app.repositories.contract_templates import ContractTemplateRepository

router = api_router("/v1/contract-templates", "contract templates")

PREVIEWS = Policy(name="contract-previews", limit=120, per_seconds=1200, burst=20)
"""By practice: each takes a processor for some hundredths of a second."""

Reader = Annotated[Principal, Depends(requires(Permission.CONTRACTS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.CONTRACTS_WRITE))]
TemplateId = Annotated[UUID, Path()]

PDF = {"application/pdf": {"schema": {"type": "string", "format": "binary"}}}
PDF_ANSWER: dict[int | str, dict[str, Any]] = {
    200: {"description": "The document", "content": PDF},
    **problems(
        UnknownContact, UnknownProgram, TemplateUnusable, TemplateNotPrintable, TooManyRequests
    ),
}


async def template_repository(reader: Reader, session: TenantSession) -> ContractTemplateRepository:
    """The templates of the caller's practice."""
    return ContractTemplateRepository(session, reader.workspace_id)


Templates = Annotated[ContractTemplateRepository, Depends(template_repository)]


async def template_in_path(
    request: Request, templates: Templates, template_id: TemplateId
) -> ContractTemplate:
    """The template the path names, locked when the request will change it."""
    return await templates.require(template_id, lock=request.method not in SAFE_METHODS)


TemplateInPath = Annotated[ContractTemplate, Depends(template_in_path)]


async def limited(request: Request, runtime: RuntimeInApp, reader: Reader) -> None:
    """Refuse a practice that asks for previews by the hundred."""
    await runtime.throttle.hit(str(reader.workspace_id), PREVIEWS, request=request)


@router.post("", status_code=201, responses=problems(TemplateUnusable))
async def create_contract_template(
    _: Writer, body: ContractTemplateIn, templates: Templates, response: Response
) -> ContractTemplateOut:
    """Keep a text that contracts can be made from."""
    made = await service.create_template(templates, body)
    response.headers["Location"] = f"/v1/contract-templates/{made.id}"
    return await answers.tagged(response, made)


@router.get("")
async def list_contract_templates(
    query: Annotated[ContractTemplateQuery, Query()], templates: Templates
) -> Page[ContractTemplateCard]:
    """The practice's templates, newest first; without what was put aside."""
    return await answers.list_templates(templates, query)


@router.get("/variables")
async def list_merge_variables(_: Reader) -> MergeVariablesOut:
    """The variables every template may use, and where the value of each comes from."""
    return answers.all_variables()


@router.get("/{template_id}", response_model=ContractTemplateOut)
async def get_contract_template(
    request: Request, row: TemplateInPath, response: Response
) -> ContractTemplateOut | Response:
    """One template, with what its text asks to be filled in."""
    return await answers.tagged_or_known(request, response, row)


@router.patch("/{template_id}", responses=problems(TemplateUnusable, VersionRequired))
async def change_contract_template(
    _: Writer,
    row: TemplateInPath,
    body: ContractTemplateChanges,
    templates: Templates,
    response: Response,
    if_match: IfMatch = None,
) -> ContractTemplateOut:
    """Change a template; two people may, so `If-Match` is required. Contracts stay as they are."""
    check_version(row.version, if_match, required=True)
    return await answers.tagged(response, await service.change_template(templates, row, body))


@router.delete("/{template_id}", status_code=204, responses=problems(TemplateInUse))
async def delete_contract_template(_: Writer, row: TemplateInPath, templates: Templates) -> None:
    """Remove a template that no contract and no program refers to."""
    await service.delete_template(templates, row)


@router.post("/{template_id}/archive")
async def archive_contract_template(
    _: Writer, row: TemplateInPath, templates: Templates, response: Response
) -> ContractTemplateOut:
    """Offer it no longer; contracts made from it stay."""
    await service.archive_template(templates, row)
    return await answers.tagged(response, row)


@router.post("/{template_id}/unarchive")
async def unarchive_contract_template(
    _: Writer, row: TemplateInPath, templates: Templates, response: Response
) -> ContractTemplateOut:
    """Offer it again."""
    await service.unarchive_template(templates, row)
    return await answers.tagged(response, row)


@router.post(
    "/{template_id}/preview",
    response_class=Response,
    dependencies=[Depends(limited)],
    responses=PDF_ANSWER,
)
async def preview_contract_template(
    reader: Reader, template_id: TemplateId, body: PreviewIn, runtime: RuntimeInApp
) -> Response:
    """The template as PDF, filled in with samples, a contact's values, or those in the body."""
    pdf = await preview(runtime, reader, template_id, body)
    return Response(pdf, media_type="application/pdf")
