"""The mails an install without a mail server has kept, for reading."""

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from app.core.errors import NotFound
from app.dispatcher.addresses import UnmailableAddress, ascii_address
from app.dispatcher.captured_files import is_mail_id, newest_first, path_of, recipient_mark
from app.embedded.captured_mail import CapturedFile, CapturedMail, read_mail


class Mailbox:
    """A folder of mails; other processes may add to it and tidy it up at any time.

    Everything here reads files: call it in a thread.
    """

    def __init__(self, directory: Path) -> None:
        self._directory = directory

    def find(self, to: str = "") -> list[str]:
        """The ids of all mails, newest first; with `to`, of those to this address."""
        ids = newest_first(self._directory)
        if not to:
            return ids
        try:
            ending = f"-{recipient_mark(ascii_address(to))}"
        except UnmailableAddress:
            return []
        return [mail_id for mail_id in ids if mail_id.endswith(ending)]

    def read(self, ids: Iterable[str], *, limit: int) -> list[CapturedMail]:
        """The first `limit` of these mails; one that was tidied up meanwhile is passed over."""
        found = ((mail_id, self._bytes(mail_id)) for mail_id in ids)
        readable = (read_mail(mail_id, raw) for mail_id, raw in found if raw is not None)
        return list(islice(readable, limit))

    def mail(self, mail_id: str) -> CapturedMail:
        """One mail; raises NotFound."""
        return read_mail(mail_id, self.raw(mail_id))

    def raw(self, mail_id: str) -> bytes:
        """One mail as it was sent; raises NotFound."""
        raw = self._bytes(mail_id) if is_mail_id(mail_id) else None
        if raw is None:
            raise NotFound
        return raw

    def attachment(self, mail_id: str, index: str) -> CapturedFile:
        """The attachment of this number; raises NotFound."""
        for file in self.mail(mail_id).attachments:
            if str(file.index) == index:
                return file
        raise NotFound

    def _bytes(self, mail_id: str) -> bytes | None:
        try:
            return path_of(self._directory, mail_id).read_bytes()
        except FileNotFoundError:
            return None
