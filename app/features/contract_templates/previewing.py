"""Previews: a template as PDF, before anything is made of it.

The row is read, the connection given back, and only then is the text typeset.
"""

from uuid import UUID

from app.access.merge_variables import OWN_PREFIX, values_for
from app.access.principal import Principal
from app.access.runtime import Runtime
from app.core.clock import now
from app.core.documents.failures import DocumentFailure
from app.core.documents.markdown_documents import Party, typeset_markdown
from app.features.contract_templates.failures import TemplateNotPrintable
from app.features.contract_templates.reading import Declared, check, findings, known
from app.features.contract_templates.schemas import PreviewIn
from app.repositories.contract_templates import ContractTemplateRepository

PARTIES = (("client", "contact.name"), ("coach", "coach.name"))
"""Who signs, and the variable with their name."""


async def preview(
    runtime: Runtime, principal: Principal, template_id: UUID, asked: PreviewIn
) -> bytes:
    """The PDF. Raises NotFound, UnknownContact, UnknownProgram and TemplateUnusable (422)."""
    at = now()
    async with runtime.database.reading(principal.workspace_id) as session:
        templates = ContractTemplateRepository(session, principal.workspace_id)
        template = await templates.require(template_id)
        real = await values_for(
            session,
            principal.workspace_id,
            contact_id=asked.contact_id,
            program_id=asked.program_id,
            at=at,
        )
    declared = [*template.variables, *_given(asked)]
    markdown = template.body if asked.body is None else asked.body
    await check(markdown, declared)
    values = _shown(asked, declared) | real | asked.variables
    try:
        made = await typeset_markdown(
            runtime.print_shop,
            markdown,
            values,
            title=template.name,
            reference=f"{template.name} · Preview",
            parties=await _parties(markdown, values),
            at=at,
        )
    except DocumentFailure as failure:
        raise TemplateNotPrintable.because(failure) from failure
    return made.pdf


def _given(asked: PreviewIn) -> Declared:
    """Own variables that the template may not know yet, with their values as samples."""
    own = {name: value for name, value in asked.variables.items() if name.startswith(OWN_PREFIX)}
    return [{"name": name, "label": name, "sample": value} for name, value in own.items()]


def _shown(asked: PreviewIn, declared: Declared) -> dict[str, str]:
    """What stands for values that aren't known: samples, or what is missing where it should be."""
    real = {"workspace", "document"}
    real |= {"contact", "coach"} if asked.contact_id else set()
    real |= {"program"} if asked.program_id else set()
    return {
        name: f"[{one.label}]" if one.source in real else one.sample
        for name, one in known(declared).items()
    }


async def _parties(markdown: str, values: dict[str, str]) -> list[Party]:
    """The client and the coach, and who else the text has sign."""
    named = {who: values[variable] for who, variable in PARTIES}
    others = {mark.who for mark in (await findings(markdown)).marks} - named.keys()
    return [Party(who, name) for who, name in (*named.items(), *zip(others, others, strict=True))]
