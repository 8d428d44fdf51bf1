"""Showing a file to the other side, and taking that back."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.access.principal import Principal
from app.core.events import publish
from app.features.files.announcing import announce
from app.features.files.events import FileUnshared, about
from app.features.files.failures import FileNotAvailable, nobody_there
from app.features.files.schemas import ShareIn
from app.models import File
from app.repositories.comments import CommentRepository
from app.repositories.file_cards import FileCard
from app.repositories.file_shares import ShareRepository
from app.repositories.files import FileRepository
from app.repositories.withdrawals import withdraw_letters

SHOWABLE = frozenset({"available", "scanning"})


async def share_file(
    files: FileRepository, file: File, target: ShareIn, principal: Principal
) -> FileCard:
    """Show a file of the caller's side, and tell those who see it; twice changes nothing.

    One that waits for its scan is shown, and told of, once it is found clean. Raises
    UnknownContact and UnknownProgram (422), and FileNotAvailable (409).
    """
    if file.state not in SHOWABLE:
        raise FileNotAvailable(file.state)
    shares = ShareRepository(files.session, files.workspace_id)
    try:
        await shares.share(file.id, contact_id=target.contact_id, program_id=target.program_id)
    except IntegrityError as error:
        raise nobody_there(error) from None
    await announce(files.session, file, principal.actor)
    return await files.card(file.id)


async def unshare_file(
    files: FileRepository, file: File, target: ShareIn, principal: Principal
) -> FileCard:
    """Show it to them no longer, at once; mails that tell of it forget what it is called."""
    shares = ShareRepository(files.session, files.workspace_id)
    share_id = await shares.unshare(
        file.id, contact_id=target.contact_id, program_id=target.program_id
    )
    if share_id:
        await _take_back_letters(files, shares, share_id, file, target)
        event = FileUnshared(
            **about(file, principal.actor, contact_id=target.contact_id),
            program_id=target.program_id,
        )
        await publish(files.session, event)
    return await files.card(file.id)


async def _take_back_letters(
    files: FileRepository, shares: ShareRepository, share_id: UUID, file: File, target: ShareIn
) -> None:
    """Also those about comments, which tell the file's name, where the thread is over."""
    events = list(await shares.told_of(file.id, share_id))
    if target.contact_id or not await shares.is_shared(file.id):
        comments = CommentRepository(files.session, files.audience)
        events += await comments.events_of("file", file.id, contact_id=target.contact_id)
    await withdraw_letters(files.session, files.workspace_id, events)
