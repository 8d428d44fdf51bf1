"""Sealing never holds up requests: the loop turns on time while twenty documents are sealed."""

import asyncio
import os

from app.core.clock import now
from app.core.documents.finishing import finish
from app.core.documents.print_shop import PrintShop
from app.core.documents.seal_keys import new_seal_key
from app.core.documents.sealing import seal
from tests.core.documents.strangers_pdf import pages, written
from tests.core.documents.test_finishing import AUDIT, RECORD, signature
from tests.stalls import Stalls

DOCUMENTS, PAGES, PAGE_BYTES = 20, 200, 10_000
"""A document of five megabytes takes longer than a stall: done in the loop, each would be one."""


def large() -> bytes:
    """A document that takes a while to write."""
    pdf = pages(PAGES)
    for page in pdf.pages:
        page.contents_add(b"% " + os.urandom(PAGE_BYTES).hex().encode())
    return written(pdf)


async def test_twenty_seals_at_once_do_not_stall_the_loop(print_shop: PrintShop):
    key = await asyncio.to_thread(new_seal_key, "Okafor Coaching", b"pass", at=now())
    document = await asyncio.to_thread(large)

    async def sealed() -> bytes:
        finished = await finish(print_shop, document, [signature()], record=RECORD, audit=AUDIT)
        return await seal(print_shop, finished, key, reason="Completed")

    await sealed()
    stalls = Stalls()
    watching = asyncio.create_task(stalls.watch())
    made = await asyncio.gather(*(sealed() for _ in range(DOCUMENTS)))
    watching.cancel()

    assert len(set(made)) == DOCUMENTS
    assert stalls.ticks > DOCUMENTS
    assert stalls.count < DOCUMENTS // 2
