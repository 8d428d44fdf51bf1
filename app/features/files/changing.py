"""Renaming files, and letting them go."""

from app.access.principal import Principal
from app.core.events import publish
from app.core.file_names import clean_name, split_extension
from app.core.jobs import enqueue
from app.features.files import jobs
from app.features.files.events import FileDeleted, FileUpdated, about
from app.features.files.failures import FileInUse
from app.features.files.schemas import FileChanges
from app.models import File
from app.repositories.comments import CommentRepository
from app.repositories.file_cards import FileCard
from app.repositories.file_shares import ShareRepository
from app.repositories.file_uploads import UploadRepository
from app.repositories.files import FileRepository
from app.repositories.withdrawals import withdraw_letters


async def rename_file(
    files: FileRepository, file: File, body: FileChanges, principal: Principal
) -> FileCard:
    """Call a file, whose row is locked, something else; raises FileNameMissing (422)."""
    if "name" in body.model_fields_set:
        name = _with_extension_of(file.name, clean_name(body.name))
        if name != file.name:
            file.name = name
            await files.session.flush()
            await _tell(files, file, FileUpdated(**about(file, principal.actor)))
    return await files.card(file.id)


def _with_extension_of(old: str, new: str) -> str:
    """The extension tells what is inside, which a new name doesn't change."""
    extension = split_extension(old)[1]
    stem, given = split_extension(new)
    kept = stem if given.lower() == extension.lower() else new
    return clean_name(f"{kept}.{extension}")


async def delete_file(files: FileRepository, file: File, principal: Principal) -> None:
    """Remove a file with all its versions; its objects go soon after. Raises FileInUse (409)."""
    if await files.is_attached(file.id):
        raise FileInUse
    shares = ShareRepository(files.session, files.workspace_id)
    was_shared = await shares.is_shared(file.id)
    await _forget_words(files, shares, file)
    uploads = UploadRepository(files.session, files.workspace_id)
    removed = await uploads.mark_deleted(file)
    await uploads.release(removed.size)
    await enqueue(files.session, jobs.purge(file.workspace_id, removed.keys, file_id=file.id))
    if file.side == "member" or was_shared:
        await publish(files.session, FileDeleted(**about(file, principal.actor)))


async def _forget_words(files: FileRepository, shares: ShareRepository, file: File) -> None:
    """Take back what mails say of the file and of what was said about it."""
    comments = CommentRepository(files.session, files.audience)
    told = [*await shares.told_of(file.id), *await comments.events_of("file", file.id)]
    await withdraw_letters(files.session, files.workspace_id, told)
    await comments.remove_all("file", file.id)
    await shares.remove_all(file.id)


async def _tell(files: FileRepository, file: File, event: FileUpdated) -> None:
    shares = ShareRepository(files.session, files.workspace_id)
    if file.side == "member" or await shares.is_shared(file.id):
        await publish(files.session, event)
