"""A document with all that was filled in, its certificate and its trail: ready to be sealed."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from app.core.documents.markdown_tree import reads_from_right
from app.core.documents.merge_fields import MarkKind
from app.core.documents.print_shop import PrintShop


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """What somebody filled in; points from the top left of the page as it is seen, from page 1.

    A signature is a picture (PNG or JPEG), or a text that is set in handwriting. A checkbox is
    ticked when it has any text.
    """

    kind: MarkKind
    page: int
    x: float
    y: float
    w: float
    h: float
    text: str = ""
    image: bytes | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who signed, how, and what they had agreed to; `time_zone` is their own, if known."""

    name: str
    email: str | None
    role: str
    method: str
    signed_at: datetime
    ip: str | None
    device: str | None
    consent: str
    time_zone: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Happened:
    """A line of the audit trail, in words."""

    at: datetime
    what: str
    actor: str | None
    ip: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """What the certificate tells; `time_zone` is the practice's."""

    title: str
    practice: str
    document_id: str
    document_sha256: str
    chain_head: str
    completed_at: datetime
    time_zone: str
    signers: Sequence[Signed]
    events: Sequence[Happened]
    verify_at: str | None = None


async def finish(
    shop: PrintShop, document: bytes, entries: Sequence[Entry], *, record: Record, audit: bytes
) -> bytes:
    """The document with `entries` on its pages, the certificate as its last, and `audit.json`.

    The same facts give the same bytes. Raises DocumentFailure `not_typeset` for pictures that
    can't be read, and `no_such_page`.
    """
    pictures = [entry.image for entry in entries if entry.image is not None]
    asked = {
        "entries": _numbered(entries),
        "record": _in_words(record),
        "at": int(record.completed_at.timestamp()),
        "fonts": str(shop.extra_fonts) if shop.extra_fonts else None,
    }
    task = "app.core.documents.finishing_press:finish"
    _, (finished,) = await shop.do(task, asked, [document, audit, *pictures])
    return finished


def _numbered(entries: Sequence[Entry]) -> list[dict[str, Any]]:
    """The entries as JSON, with the numbers of their pictures among all."""
    told, number = [], 0
    for entry in entries:
        image = None
        if entry.image is not None:
            image, number = f"picture-{number}", number + 1
        rtl = reads_from_right(entry.text)
        told.append({**_without_image(entry), "image": image, "rtl": rtl})
    return told


def _without_image(entry: Entry) -> dict[str, Any]:
    names = ("kind", "page", "x", "y", "w", "h", "text")
    return {name: getattr(entry, name) for name in names}


def _in_words(record: Record) -> dict[str, Any]:
    return {
        "title": record.title,
        "practice": record.practice,
        "document_id": record.document_id,
        "document_sha256": record.document_sha256,
        "chain_head": record.chain_head,
        "time_zone": record.time_zone,
        "completed": f"{_utc(record.completed_at)} · "
        f"{local_time(record.completed_at, record.time_zone)}",
        "verify_at": record.verify_at,
        "signers": [
            {
                **asdict(signer),
                "signed_at": _utc(signer.signed_at),
                "signed_at_local": local_time(
                    signer.signed_at, signer.time_zone or record.time_zone
                ),
            }
            for signer in record.signers
        ],
        "events": [
            {
                "at": _utc(event.at).removesuffix(" UTC"),
                "at_local": local_time(event.at, record.time_zone).partition(" (")[0],
                "what": event.what,
                "actor": event.actor,
                "ip": event.ip,
            }
            for event in record.events
        ],
    }


def _utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M:%S} UTC"


def local_time(at: datetime, time_zone: str) -> str:
    """`2026-11-27 10:30:12 +01:00 (Europe/Berlin)`."""
    local = at.astimezone(ZoneInfo(time_zone))
    offset = local.isoformat()[-6:]
    return f"{local:%Y-%m-%d %H:%M:%S} {offset} ({time_zone})"
