"""Logs whose entries vouch for those before them: each holds the hash of the one before it.

A hash is SHA-256, in hex, over the entry as canonical JSON: members sorted, no white space,
UTF-8 as it is, instants as RFC 3339 in UTC with microseconds. Anybody can compute it again.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

BEGINNING = ""
"""Stands before the first entry."""


def canonical(entry: Mapping[str, Any]) -> bytes:
    """The one way to write an entry of strings, whole numbers, booleans, lists and objects."""
    written = json.dumps(entry, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return written.encode("utf-8", "surrogatepass")


def instant(at: datetime) -> str:
    """An instant as entries hold it."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def chained(entry: Mapping[str, Any], previous: str) -> str:
    """The hash of an entry that follows the one whose hash is `previous`."""
    return hashlib.sha256(canonical({**entry, "prev_hash": previous})).hexdigest()


def first_broken(
    entries: Sequence[tuple[Mapping[str, Any], str, str]], *, length: int, head: str
) -> int | None:
    """The place, from 1, of the first entry that doesn't fit; None while the chain holds.

    Each entry comes with the hash before it and its own, and has its place as `seq`. `length`
    and `head` are noted elsewhere, so that a chain cut short or made longer is seen.
    """
    previous = BEGINNING
    for place, (entry, prev_hash, own) in enumerate(entries, start=1):
        fits = entry["seq"] == place and prev_hash == previous
        if not fits or chained(entry, previous) != own or place > length:
            return place
        previous = own
    if len(entries) < length or previous != head:
        return len(entries) + 1 if len(entries) < length else len(entries)
    return None
