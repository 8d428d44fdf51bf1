"""Files that hang on a note, an assignment and the like: how a body names them."""

from collections.abc import Sequence
from typing import Annotated, Any
from uuid import UUID

from pydantic import AfterValidator, Field
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import Invalid
from app.core.fields import Out
from app.repositories.audiences import Audience
from app.repositories.file_attachments import AttachmentRepository, Subject

MOST_FILES = 20


def _one_of_each(ids: list[UUID]) -> list[UUID]:
    return list(dict.fromkeys(ids))


FileIds = Annotated[
    list[UUID],
    Field(
        max_length=MOST_FILES,
        description="Files of one's own side, in the order they are to be shown.",
    ),
    AfterValidator(_one_of_each),
]


class UnknownFile(Invalid):
    """An id names no file of the caller's own side, or one that was refused or deleted."""

    code, title = "unknown_file", "No such file"

    def __init__(self, positions: Sequence[int], pointer: str = "/file_ids") -> None:
        """Point at each member of the list."""
        what = {"in": "body", "code": self.code, "detail": "Not a file of yours"}
        super().__init__(errors=[{**what, "pointer": f"{pointer}/{n}"} for n in positions])


class AttachedFileOut(Out):
    """A file that hangs on something; `GET /v1/files/{id}` (or the portal's) tells more."""

    id: UUID
    name: str
    state: str
    media_type: str
    size_bytes: int


def attached_out(files: Sequence[dict[str, Any]] | None) -> list[AttachedFileOut]:
    """Attachments as `attached_to` selects them."""
    return [
        AttachedFileOut.model_construct(**{**file, "id": UUID(file["id"])}) for file in files or ()
    ]


async def attach(
    session: AsyncSession,
    audience: Audience,
    subject: Subject,
    file_ids: Sequence[UUID],
    *,
    shared: bool,
) -> None:
    """Let exactly these files hang on the subject; the other side sees them while `shared`.

    Raises UnknownFile (422), pointing at those that can't.
    """
    attachments = AttachmentRepository(session, audience)
    await check_files(attachments, file_ids)
    await attachments.replace(subject, file_ids, shared=shared)


async def reattach(
    session: AsyncSession,
    audience: Audience,
    subject: Subject,
    file_ids: Sequence[UUID],
    *,
    shared: bool,
) -> bool:
    """The same for a subject that may hold files already; whether these are others.

    Raises UnknownFile (422).
    """
    if list(file_ids) == await AttachmentRepository(session, audience).ids_on(subject):
        return False
    await attach(session, audience, subject, file_ids, shared=shared)
    return True


async def attach_to_new(
    session: AsyncSession,
    audience: Audience,
    subjects: Sequence[Subject],
    file_ids: Sequence[UUID],
    *,
    shared: bool,
) -> None:
    """Let these files hang on each of these new subjects; two statements for any number.

    Raises UnknownFile (422), pointing at those that can't.
    """
    attachments = AttachmentRepository(session, audience)
    await check_files(attachments, file_ids)
    await attachments.hang(dict.fromkeys(subjects, file_ids), shared=shared)


async def check_files(attachments: AttachmentRepository, file_ids: Sequence[UUID]) -> None:
    """Refuse files that the audience may not attach. Raises UnknownFile (422)."""
    usable = await attachments.usable(file_ids) if file_ids else set()
    refused = [n for n, file_id in enumerate(file_ids) if file_id not in usable]
    if refused:
        raise UnknownFile(refused)
