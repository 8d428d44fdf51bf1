"""The time of a seal comes from an authority on the web, or not at all."""

import pytest

from app.core.clock import now
from app.core.documents.print_shop import PrintShop
from app.core.documents.seal_keys import new_seal_key
from app.core.documents.sealing import is_intact, seal
from app.core.documents.timestamps import LARGEST_RESPONSE, TimestampAuthority
from app.core.outbound import Outbound, OutboundError
from tests.core.documents.authority import TestAuthority
from tests.core.documents.strangers_pdf import pages, written
from tests.web_server import Page, WebServer


async def test_a_query_is_posted_and_its_response_put_into_the_seal(print_shop: PrintShop):
    authority = TestAuthority()
    key = new_seal_key("Okafor Coaching", b"pass", at=now())
    async with WebServer() as web:
        posting = TimestampAuthority(Outbound(doors=[web.door]), web.url)

        async def answering(query: bytes) -> bytes:
            web.page = Page(await authority(query))
            return await posting(query)

        content = await seal(
            print_shop, written(pages()), key, reason="Completed", timestamper=answering
        )
        [asked] = web.requests

    assert asked.headers["content-type"] == "application/timestamp-query"
    assert int(asked.headers["content-length"]) == len(authority.queries[0])
    assert await is_intact(print_shop, content, [key.authority], at=now())


@pytest.mark.parametrize(
    "page", [Page(status=500), Page(b"x" * (LARGEST_RESPONSE + 1)), Page(status=302)]
)
async def test_anything_else_is_a_failure(page: Page):
    async with WebServer() as web:
        web.page = page
        with pytest.raises(OutboundError):
            await TimestampAuthority(Outbound(doors=[web.door]), web.url)(b"query")


async def test_an_authority_on_our_own_network_is_not_asked():
    with pytest.raises(OutboundError):
        await TimestampAuthority(Outbound(), "http://127.0.0.1:80/")(b"query")
