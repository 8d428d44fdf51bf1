"""The wording of the practice's letters, coach side."""

from typing import Annotated

from fastapi import Depends, Path, Request

from app.access.callers import requires
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.sessions import TenantSession
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.email_templates import service
from app.features.email_templates.failures import UnknownVariables
from app.features.email_templates.schemas import (
    EmailTemplateOut,
    EmailTemplatesOut,
    TemplatePreviewOut,
    WordingIn,
)
from app.features.email_templates.shelf import Shelf
from app.repositories.wordings import WordingRepository

router = api_router("/v1/email-templates", "emails")

Reader = Annotated[Principal, Depends(requires(Permission.EMAILS_READ))]
Writer = Annotated[Principal, Depends(requires(Permission.EMAIL_TEMPLATES_WRITE))]

ONE = "/{feature}/{letter}"
Word = Annotated[str, Path(max_length=60)]


async def template_in_path(feature: Word, letter: Word) -> str:
    """The letter the path names, as e-mails name it too: `goals/goal_created`."""
    return f"{feature}/{letter}"


Template = Annotated[str, Depends(template_in_path)]


async def letter_shelf(request: Request) -> Shelf:
    """The letters of this app."""
    shelf: Shelf = request.app.state.letter_shelf
    return shelf


Letters = Annotated[Shelf, Depends(letter_shelf)]


async def wording_repository(reader: Reader, session: TenantSession) -> WordingRepository:
    """The practice's own words."""
    return WordingRepository(session, reader.workspace_id)


Wordings = Annotated[WordingRepository, Depends(wording_repository)]


@router.get("")
async def list_email_templates(wordings: Wordings, letters: Letters) -> EmailTemplatesOut:
    """Every letter the practice sends, with what may be said in it."""
    return await service.list_templates(wordings, letters)


@router.get(ONE)
async def get_email_template(
    template: Template, wordings: Wordings, letters: Letters
) -> EmailTemplateOut:
    """One letter, and how the practice words it."""
    return await service.get_template(wordings, letters, template)


@router.put(ONE, responses=problems(UnknownVariables))
async def put_email_template(
    template: Template, body: WordingIn, writer: Writer, wordings: Wordings, letters: Letters
) -> EmailTemplateOut:
    """Say it in the practice's own words: a subject, and words before the standard text."""
    return await service.put_wording(wordings, letters, template, body, writer)


@router.delete(ONE, status_code=204)
async def reset_email_template(
    template: Template, writer: Writer, wordings: Wordings, letters: Letters
) -> None:
    """Say what all say again."""
    await service.reset_wording(wordings, letters, template, writer)


@router.post(
    f"{ONE}/preview", response_model=TemplatePreviewOut, responses=problems(UnknownVariables)
)
async def preview_email_template(
    template: Template, body: WordingIn, wordings: Wordings, letters: Letters
) -> object:
    """How the letter would look with these words, in the practice's colours; nothing is kept."""
    return await service.preview_wording(wordings, letters, template, body)
