"""What a draft is made of: a template's text as it is now, or a PDF that was uploaded."""

from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import PurePath
from typing import Any
from uuid import UUID

from app.access.audience import audience_of
from app.core.documents.failures import DocumentFailure
from app.core.documents.intake import take_in
from app.core.errors import NotFound
from app.core.storage import new_key
from app.features.contracts.failures import DocumentUnusable, UnknownTemplate
from app.features.contracts.paths import Maker
from app.features.contracts.printing import PDF
from app.features.contracts.schemas import ContractIn
from app.repositories.contract_templates import ContractTemplateRepository
from app.repositories.file_cards import FileCard
from app.repositories.files import FileRepository

LARGEST_PDF = 25 * 1024 * 1024
LONGEST_TITLE = 150


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A text, or an object of the store with the sizes of its pages."""

    title: str
    body: str | None = None
    key: str | None = None
    pages: list[dict[str, Any]] = field(default_factory=list)


async def source_of(maker: Maker, body: ContractIn) -> Source:
    """Fetch it, before any transaction begins.

    Raises UnknownTemplate and DocumentUnusable (422).
    """
    if body.file_id is not None:
        return await _uploaded(maker, body.file_id)
    practice = maker.principal.workspace_id
    async with maker.runtime.database.reading(practice) as session:
        templates = ContractTemplateRepository(session, practice)
        try:
            template = await templates.require(body.template_id or UUID(int=0))
        except NotFound:
            raise UnknownTemplate from None
    if template.archived_at is not None:
        raise UnknownTemplate
    return Source(title=template.name, body=template.body)


async def _uploaded(maker: Maker, file_id: UUID) -> Source:
    """A PDF made harmless, kept as the contract's own: whatever becomes of the file."""
    card, storage = await _file(maker, file_id), maker.runtime.storage
    content = await storage.read_whole(card.storage_key)
    try:
        taken_in = await take_in(maker.runtime.print_shop, content)
    except DocumentFailure as failure:
        raise DocumentUnusable(failure.detail or failure.code) from failure
    key = new_key(maker.principal.workspace_id)
    maker.work.undo_with(partial(storage.delete, [key]))
    await storage.put_small(key, taken_in.pdf, media_type=PDF)
    title = PurePath(card.name).stem[:LONGEST_TITLE]
    return Source(title=title, key=key, pages=[asdict(page) for page in taken_in.pages])


async def _file(maker: Maker, file_id: UUID) -> FileCard:
    audience = audience_of(maker.principal)
    async with maker.runtime.database.reading(audience.workspace_id) as session:
        try:
            card = await FileRepository(session, audience).card(file_id)
        except NotFound:
            raise DocumentUnusable("It is not a file of yours.") from None
    if card.state != "available" or card.media_type != PDF:
        raise DocumentUnusable("It is not a PDF, or not available.")
    if card.size > LARGEST_PDF:
        raise DocumentUnusable(f"It has more than {LARGEST_PDF} bytes.")
    return card
