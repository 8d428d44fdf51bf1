"""What a draft is made of: a template's text as it is now, or a PDF that was uploaded."""

from dataclasses import dataclass, field
from typing import Any

from app.core.errors import NotFound
from app.features.contracts.failures import UnknownTemplate
from app.features.contracts.paths import Maker
from app.features.contracts.schemas import ContractIn
from app.repositories.contract_templates import ContractTemplateRepository


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text, or an object of the store with the sizes of its pages."""

    title: str
    body: str | None = None
    key: str | None = None
    pages: list[dict[str, Any]] = field(default_factory=list)


async def source_of(maker: Maker, body: ContractIn) -> Source:
    """Fetch it, before any transaction begins.

    Raises UnknownTemplate, UnknownFile and DocumentUnusable (422).
    """
    practice, template_id = maker.principal.workspace_id, body.template_id
    if template_id is None:
        raise UnknownTemplate
    async with maker.runtime.database.reading(practice) as session:
        try:
            template = await ContractTemplateRepository(session, practice).require(template_id)
        except NotFound:
            raise UnknownTemplate from None
    if template.archived_at is not None:
        raise UnknownTemplate
    return Source(title=template.name, body=template.body)
