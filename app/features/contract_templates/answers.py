"""Templates' rows as answers."""

from uuid import UUID

from fastapi import Request, Response

from app.access.merge_variables import CATALOGUE, Variable
from app.core.etags import etag, not_modified
from app.core.paging import Page, cut_page, decode_cursor
from app.features.contract_templates.reading import findings, known
from app.features.contract_templates.schemas import (
    ContractTemplateCard,
    ContractTemplateOut,
    ContractTemplateQuery,
    MarkOut,
    MergeVariableOut,
    MergeVariablesOut,
    OwnVariableOut,
)
from app.models import ContractTemplate
from app.repositories.contract_templates import ContractTemplateRepository

ORDER = "newest_first"
CARD = tuple(ContractTemplateCard.model_fields)
ARCHIVED = {"false": False, "true": True, "all": None}


async def tagged(response: Response, row: ContractTemplate) -> ContractTemplateOut:
    """A template as the API gives it, with its entity tag in the answer's headers."""
    response.headers["ETag"] = etag(row.version)
    found = await findings(row.body)
    variables = known(row.variables)
    return ContractTemplateOut.model_construct(
        **{name: getattr(row, name) for name in CARD},
        body=row.body,
        variables=[OwnVariableOut.model_construct(**one) for one in row.variables],
        uses=[_variable(variables[name]) for name in found.names if name in variables],
        marks=[MarkOut.model_validate(mark, from_attributes=True) for mark in found.marks],
    )


async def tagged_or_known(
    request: Request, response: Response, row: ContractTemplate
) -> ContractTemplateOut | Response:
    """The same, unless the caller has this version already."""
    return not_modified(request, etag(row.version)) or await tagged(response, row)


def all_variables() -> MergeVariablesOut:
    """What every template may use."""
    return MergeVariablesOut(variables=[_variable(one) for one in CATALOGUE.values()])


def _variable(one: Variable) -> MergeVariableOut:
    return MergeVariableOut.model_construct(
        name=one.name, source=one.source, label=one.label, sample=one.sample
    )


async def list_templates(
    templates: ContractTemplateRepository, query: ContractTemplateQuery
) -> Page[ContractTemplateCard]:
    """A page of templates, newest first."""
    rows = await templates.page(
        archived=ARCHIVED[query.archived], after=_position(query), limit=query.limit
    )
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[ContractTemplateCard].model_construct(
        data=[_card(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _card(row: ContractTemplate) -> ContractTemplateCard:
    return ContractTemplateCard.model_construct(**{name: getattr(row, name) for name in CARD})


def _position(query: ContractTemplateQuery) -> UUID | None:
    if query.cursor is None:
        return None
    template_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return template_id
