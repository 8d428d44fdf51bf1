"""Templates: making, changing and putting them aside."""

from sqlalchemy.exc import IntegrityError

from app.core.clock import now
from app.core.fields import changes
from app.features.contract_templates.failures import TemplateInUse
from app.features.contract_templates.reading import check
from app.features.contract_templates.schemas import ContractTemplateChanges, ContractTemplateIn
from app.models import ContractTemplate
from app.repositories.contract_templates import ContractTemplateRepository


async def create_template(
    templates: ContractTemplateRepository, body: ContractTemplateIn
) -> ContractTemplate:
    """Keep a new template. Raises TemplateUnusable (422)."""
    values = body.model_dump()
    await check(body.body, values["variables"])
    made = templates.add(ContractTemplate(**values))
    await templates.session.flush()
    return made


async def change_template(
    templates: ContractTemplateRepository, changed: ContractTemplate, body: ContractTemplateChanges
) -> ContractTemplate:
    """Give a template, whose row is locked, another text; contracts made from it stay as they are.

    Raises TemplateUnusable (422).
    """
    values = changes(body)
    await check(values.get("body", changed.body), values.get("variables", changed.variables))
    for name, value in values.items():
        setattr(changed, name, value)
    await templates.session.flush()
    return changed


async def archive_template(
    templates: ContractTemplateRepository, archived: ContractTemplate
) -> None:
    """Offer a template no longer; contracts made from it stay."""
    archived.archived_at = archived.archived_at or now()
    await templates.session.flush()


async def unarchive_template(
    templates: ContractTemplateRepository, archived: ContractTemplate
) -> None:
    """Offer it again."""
    archived.archived_at = None
    await templates.session.flush()


async def delete_template(templates: ContractTemplateRepository, unused: ContractTemplate) -> None:
    """Remove a template that nothing refers to. Raises TemplateInUse (409)."""
    try:
        await templates.delete(unused)
    except IntegrityError:
        raise TemplateInUse from None
