"""Why a file can't be taken, changed or handed out as asked."""

from collections.abc import Mapping

from sqlalchemy.exc import IntegrityError

from app.access.contacts import UnknownContact, UnknownProgram
from app.core.database_errors import violated_constraint
from app.core.errors import AppError, Conflict, Forbidden


class FileTooLarge(AppError):
    """The file has more bytes than one file may have."""

    status, code, title = 413, "file_too_large", "The file is too large"

    def __init__(self, limit: int) -> None:
        """Name the limit in bytes; the rest of the body is not read."""
        super().__init__(f"At most {limit} bytes.", headers={"Connection": "close"})


class StorageFull(AppError):
    """The practice's files fill the space it has: delete some, or old versions."""

    status, code, title = 413, "storage_full", "There is no space left for files"


class NotYourFile(Forbidden):
    """The other side uploaded the file and shows it: it may be read and commented on."""

    status, code, title = 403, "not_your_file", "Only the side that uploaded a file may change it"


class FileNotAvailable(Conflict):
    """The file is still being looked at for viruses, or was refused by that look."""

    code, title = "file_not_available", "The file is not available"

    def __init__(self, state: str) -> None:
        """Name the state it is in."""
        super().__init__(f"Its state is {state}.")


class FileInUse(Conflict):
    """A note, an assignment or an answer holds the file: take it off there first."""

    code, title = "file_in_use", "The file is attached to something"


class FileHandedIn(Conflict):
    """What is handed in stays as it was: upload a new file, and hand that in."""

    code, title = "file_handed_in", "The file was handed in"


class TooManyVersions(Conflict):
    """A file keeps up to a hundred versions: upload a new file instead."""

    code, title = "too_many_versions", "The file has too many versions"


NOBODY: Mapping[str | None, type[UnknownContact | UnknownProgram]] = {
    "file_shares_workspace_id_contact_id_fkey": UnknownContact,
    "file_shares_workspace_id_program_id_fkey": UnknownProgram,
}


def nobody_there(error: IntegrityError, *, where: str = "body") -> Exception:
    """The named failure behind a share with nobody of this practice; else the error itself."""
    unknown = NOBODY.get(violated_constraint(error))
    if unknown is None:
        return error
    refusal = unknown()
    refusal.errors = [{**each, "in": where} for each in refusal.errors or ()]
    return refusal
