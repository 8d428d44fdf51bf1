"""Reading, changing and looking at the wording of letters."""

from collections.abc import Iterator
from typing import Any

from app.access.principal import Principal
from app.core.documents.merge_fields import Mark, Mistake, Name, pieces
from app.core.errors import NotFound
from app.core.events import publish
from app.core.letters import RenderedLetter
from app.features.email_templates.events import EmailTemplateChanged, EmailTemplateReset
from app.features.email_templates.failures import UnknownVariables
from app.features.email_templates.schemas import (
    EmailTemplateOut,
    EmailTemplatesOut,
    VariableOut,
    WordingIn,
)
from app.features.email_templates.shelf import LetterFacts, Shelf
from app.models import EmailWording
from app.repositories.letters import practices
from app.repositories.wordings import WordingRepository


async def list_templates(wordings: WordingRepository, shelf: Shelf) -> EmailTemplatesOut:
    """Every letter, with the practice's own words where it has some."""
    own = await wordings.all()
    listed = [_out(name, facts, own.get(name)) for name, facts in shelf.letters.items()]
    return EmailTemplatesOut.model_construct(templates=listed)


async def get_template(
    wordings: WordingRepository, shelf: Shelf, template: str
) -> EmailTemplateOut:
    """One letter. Raises NotFound."""
    return _out(template, _facts(shelf, template), await wordings.of(template))


def _facts(shelf: Shelf, template: str) -> LetterFacts:
    facts = shelf.letters.get(template)
    if facts is None:
        raise NotFound
    return facts


def _out(name: str, facts: LetterFacts, own: EmailWording | None) -> EmailTemplateOut:
    return EmailTemplateOut.model_construct(
        name=name,
        standard_subject=facts.standard_subject,
        subject=own.subject if own else None,
        intro=own.intro if own else None,
        variables=[
            VariableOut.model_construct(name=variable, kind=kind)
            for variable, kind in facts.variables.items()
        ],
        updated_at=own.updated_at if own else None,
    )


async def put_wording(
    wordings: WordingRepository, shelf: Shelf, template: str, body: WordingIn, principal: Principal
) -> EmailTemplateOut:
    """Say it in these words from now on. Raises NotFound, UnknownVariables (422)."""
    _check(_facts(shelf, template), body)
    if body.subject is None and body.intro is None:
        await reset_wording(wordings, shelf, template, principal)
    else:
        await wordings.put(template, subject=body.subject, intro=body.intro)
        event = EmailTemplateChanged(**_about(wordings, template, principal))
        await publish(wordings.session, event)
    return await get_template(wordings, shelf, template)


def _check(facts: LetterFacts, body: WordingIn) -> None:
    texts = {"subject": body.subject or "", "intro": body.intro or ""}
    found = [(part, typed) for part, text in texts.items() for typed in _unknown(text, facts)]
    if found:
        raise UnknownVariables(found)


def _unknown(text: str, facts: LetterFacts) -> Iterator[str]:
    for piece in pieces(text):
        match piece:
            case Name(name) if name not in facts.variables:
                yield f"{{{{ {name} }}}}"
            case Mark(kind):
                yield f"{{{{ {kind}: … }}}}"
            case Mistake(typed):
                yield typed


async def reset_wording(
    wordings: WordingRepository, shelf: Shelf, template: str, principal: Principal
) -> None:
    """Say what all say again; twice changes nothing. Raises NotFound."""
    _facts(shelf, template)
    if await wordings.remove(template):
        event = EmailTemplateReset(**_about(wordings, template, principal))
        await publish(wordings.session, event)


def _about(wordings: WordingRepository, template: str, principal: Principal) -> dict[str, Any]:
    return {
        "workspace_id": wordings.workspace_id,
        "actor": principal.actor,
        "template": template,
    }


async def preview_wording(
    wordings: WordingRepository, shelf: Shelf, template: str, body: WordingIn
) -> RenderedLetter:
    """How it would look; nothing is kept. Raises NotFound, UnknownVariables (422)."""
    _check(_facts(shelf, template), body)
    looks = await practices(wordings.session, [wordings.workspace_id])
    practice = looks[wordings.workspace_id]
    return shelf.preview(template, practice, subject=body.subject, intro=body.intro)
