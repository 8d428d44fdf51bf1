"""Requests to addresses that customers chose reach the public internet only."""

from collections.abc import AsyncIterator, Sequence

import httpx
import pytest

from app.core.outbound import (
    Compressed,
    Outbound,
    OutboundError,
    Refused,
    TooLarge,
    TooSlow,
)
from tests.web_server import Page, WebServer


@pytest.fixture
async def web() -> AsyncIterator[WebServer]:
    async with WebServer() as server:
        yield server


async def fetch(outbound: Outbound, url: str, *, most_bytes: int = 1000, seconds: float = 5):
    return await outbound.fetch(url, headers={}, most_bytes=most_bytes, seconds=seconds)


class Names:
    """A resolver that gives each answer once, in turn, and the last one for ever."""

    def __init__(self, *answers: Sequence[str]) -> None:
        self.answers = list(answers)
        self.asked: list[tuple[str, int]] = []

    async def __call__(self, host: str, port: int) -> Sequence[str]:
        self.asked.append((host, port))
        return self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f.1",
        "127.1",
        "0",
        "017700000001",
        "169.254.169.254",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
    ],
)
async def test_this_machine_is_never_asked_however_it_is_named(host: str):
    with pytest.raises(Refused):
        await fetch(Outbound(), f"http://{host}/")


@pytest.mark.parametrize(
    "url", ["http://8.8.8.8:22/", "https://8.8.8.8:5432/", "http://8.8.8.8:0/", "ftp://8.8.8.8/"]
)
async def test_only_the_ports_of_the_web_are_asked(url: str):
    with pytest.raises(Refused):
        await fetch(Outbound(), url)


async def test_one_private_address_among_public_ones_is_enough_to_refuse():
    names = Names(["8.8.8.8", "10.0.0.1"])

    with pytest.raises(Refused):
        await fetch(Outbound(resolver=names), "http://calendar.test/")


async def test_a_name_is_asked_once_and_the_checked_address_is_connected_to(web: WebServer):
    names = Names([web.door[0]], ["10.0.0.1"])
    web.page = Page(b"hello")

    url = f"http://calendar.test:{web.door[1]}/mine.ics?key=1"
    answer = await fetch(Outbound(doors=[web.door], resolver=names), url)

    assert answer.body == b"hello"
    assert names.asked == [("calendar.test", web.door[1])]
    [request] = web.requests
    assert request.target == "/mine.ics?key=1"
    assert request.headers["host"] == f"calendar.test:{web.door[1]}"


async def test_the_next_address_is_tried_where_one_is_away(web: WebServer):
    away = "127.0.0.2"
    doors = [web.door, (away, web.door[1])]
    names = Names([away, web.door[0]])
    web.page = Page(b"hello")

    url = f"http://calendar.test:{web.door[1]}/"

    assert (await fetch(Outbound(doors=doors, resolver=names), url)).body == b"hello"


async def test_a_name_without_an_address_is_unreachable():
    async def nothing(host: str, port: int) -> Sequence[str]:
        raise OSError(f"{host}:{port}")

    with pytest.raises(OutboundError, match="no address"):
        await fetch(Outbound(resolver=nothing), "http://nowhere.test/")


async def test_a_redirect_is_not_followed(web: WebServer):
    web.page = Page(status=302, headers={"Location": "http://169.254.169.254/latest/meta-data/"})

    answer = await fetch(Outbound(doors=[web.door]), web.url)

    assert answer.status == 302
    assert len(web.requests) == 1


async def test_an_endless_answer_is_cut_off_while_it_comes(web: WebServer):
    web.page = Page(endless=True)

    with pytest.raises(TooLarge):
        await fetch(Outbound(doors=[web.door]), web.url, most_bytes=200_000)

    assert web.sent < 20_000_000


async def test_a_compressed_answer_is_never_inflated(web: WebServer):
    web.page = Page(b"\x1f\x8b" + b"\0" * 100, headers={"Content-Encoding": "gzip"})

    with pytest.raises(Compressed):
        await fetch(Outbound(doors=[web.door]), web.url)

    assert web.requests[0].headers["accept-encoding"] == "identity"


@pytest.mark.parametrize("page", [Page(silent=True), Page(drip=True)], ids=["silent", "dripping"])
async def test_a_slow_answer_has_a_limit_for_all_of_it(web: WebServer, page: Page):
    web.page = page

    with pytest.raises(TooSlow):
        await fetch(Outbound(doors=[web.door]), web.url, seconds=0.3)


async def test_proxies_in_the_environment_are_not_asked(
    web: WebServer, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")
    monkeypatch.setenv("ALL_PROXY", "http://127.0.0.1:9")
    web.page = Page(b"hello")

    assert (await fetch(Outbound(doors=[web.door]), web.url)).body == b"hello"


async def test_a_server_that_hangs_up_is_unreachable(web: WebServer):
    web.page = Page(b"half", headers={"Content-Length": "9"})

    with pytest.raises(OutboundError):
        await fetch(Outbound(doors=[web.door]), web.url)


async def test_cookies_are_not_carried_from_one_exchange_to_the_next(web: WebServer):
    web.page = Page(headers={"Set-Cookie": "who=somebody"})
    outbound = Outbound(doors=[web.door])

    await fetch(outbound, web.url)
    await fetch(outbound, web.url)

    assert "cookie" not in web.requests[1].headers


async def test_a_client_can_send_as_well(web: WebServer):
    async with Outbound(doors=[web.door]).client() as client:
        answer = await client.post(web.url, content=b"{}")

    assert answer.status_code == httpx.codes.OK
    assert web.requests[0].headers["content-length"] == "2"
