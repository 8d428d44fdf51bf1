"""Sealing a document once, and checking one; the work itself is done by a press.

A seal is a PAdES signature (ETSI EN 319 142-1, level B-B, or B-T with a timestamp) that certifies
the whole file and permits no change (ISO 32000-2, 12.8.2.2).
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.documents.print_shop import PrintShop
from app.core.documents.seal_keys import SealKey

PRESS = "app.core.documents.sealing_press"

GLANCE_SECONDS, CHECK_SECONDS = 10.0, 20.0
"""What a file that anybody may send gets of our time; ours take a tenth of a second."""

Timestamper = Callable[[bytes], Awaitable[bytes]]
"""Sends a request for a timestamp (RFC 3161, DER) and answers the response; or raises."""


async def seal(
    shop: PrintShop,
    pdf: bytes,
    key: SealKey,
    *,
    reason: str,
    timestamper: Timestamper | None = None,
) -> bytes:
    """The document with one more revision that holds the seal; what came before stays as it is.

    With a `timestamper` the seal carries its timestamp, or there is no seal: whatever it raises
    goes on, and a response that isn't about this seal is a DocumentFailure `timestamp_refused`.
    """
    asked = {"reason": reason, "timestamp": timestamper is not None}
    _, (sealed, *query) = await shop.do(f"{PRESS}:seal", asked, [pdf, key.pkcs12, key.passphrase])
    if timestamper is None:
        return sealed
    response = await timestamper(query[0])
    _, (stamped,) = await shop.do(f"{PRESS}:add_timestamp", None, [sealed, query[0], response])
    return stamped


@dataclass(frozen=True, slots=True)
class Inspection:
    """What a file says of itself; nothing of it is proven.

    `sealed`: it holds a certificate of ours, or a good part of one. `trail` is what is attached
    to a sealed one as `audit.json`, where that can be read.
    """

    sealed: bool
    trail: Any


async def inspect(shop: PrintShop, pdf: bytes, certificates: Sequence[str]) -> Inspection:
    """Look at a file that anybody may have sent; `certificates` (PEM) are those of our seals.

    Raises DocumentFailure `too_complex` for one that is made to take for ever.
    """
    asked = {"certificates": list(certificates)}
    found, _ = await shop.do(f"{PRESS}:inspect", asked, [pdf], seconds=GLANCE_SECONDS)
    return Inspection(found["sealed"], found["trail"])


async def is_intact(
    shop: PrintShop, pdf: bytes, authorities: Sequence[str], *, at: datetime
) -> bool:
    """Whether the one seal covers the whole file, fits it, and was to be trusted at that time.

    Raises DocumentFailure `too_complex`.
    """
    asked = {"authorities": list(authorities), "at": at.timestamp()}
    intact, _ = await shop.do(f"{PRESS}:is_intact", asked, [pdf], seconds=CHECK_SECONDS)
    return bool(intact)
