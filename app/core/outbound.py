"""Requests to addresses that customers chose, safe from being turned on our own machines.

A name is resolved once, every address it has must be public, and the connection goes to one of
those very addresses: a name that changes its mind between the look and the connection gains
nothing (OWASP, SSRF prevention). No redirects, no proxies from the environment, no cookies.
"""

import asyncio
import socket
import ssl
from collections.abc import Awaitable, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any, ClassVar

import httpx

from app.core.public_addresses import is_public

PORTS = frozenset({80, 443, 8443})
DEFAULT_PORTS = {"http": 80, "https": 443}
CONNECT_SECONDS, READ_SECONDS = 5.0, 10.0
MOST_ADDRESSES = 4
"""Addresses of one name that are tried, one after the other."""

Resolver = Callable[[str, int], Awaitable[Sequence[str]]]
"""All IP addresses of a host name; OSError when it has none."""

Door = tuple[str, int]
"""An IP address and a port."""


class OutboundError(Exception):
    """The exchange failed. `code` is stable; a `passing` failure may be over in a minute."""

    code: ClassVar[str] = "unreachable"
    passing: ClassVar[bool] = True


class Refused(OutboundError):
    """We don't talk to that address: it isn't public, or isn't at a port of the web."""

    code, passing = "address_not_allowed", False


class TooSlow(OutboundError):
    """The other side took longer than it was given."""

    code = "timeout"


class TooLarge(OutboundError):
    """The answer is larger than what was agreed to read."""

    code, passing = "too_large", False


class Compressed(OutboundError):
    """The answer is compressed though nobody asked: its real size would be a surprise."""

    code, passing = "compressed", False


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer; its body is read with status 200 only."""

    status: int
    headers: httpx.Headers
    body: bytes = field(repr=False)


async def resolve(host: str, port: int) -> Sequence[str]:
    """The addresses of a host, in the system's order of preference."""
    found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


class Outbound:
    """Makes clients that reach public addresses only.

    `doors` are the exceptions: the app has none, a test names the server it has started.
    """

    def __init__(self, *, doors: Collection[Door] = (), resolver: Resolver = resolve) -> None:
        """Look names up by `resolver`."""
        self._doors = frozenset(doors)
        self._resolver = resolver

    def client(self) -> httpx.AsyncClient:
        """A client for one exchange. Its requests raise Refused, besides httpx's own errors."""
        return httpx.AsyncClient(
            transport=GuardedTransport(doors=self._doors, resolver=self._resolver),
            timeout=httpx.Timeout(READ_SECONDS, connect=CONNECT_SECONDS),
            headers={"Accept-Encoding": "identity", "User-Agent": "Atrium"},
            follow_redirects=False,
            trust_env=False,
        )

    async def fetch(
        self, url: str, *, headers: Mapping[str, str], most_bytes: int, seconds: float
    ) -> Fetched:
        """GET a document of at most `most_bytes`, in `seconds` all told. Raises OutboundError."""
        asked = {"method": "GET", "url": url, "headers": dict(headers)}
        return await self._exchange(asked, most_bytes, seconds)

    async def post(
        self, url: str, content: bytes, *, media_type: str, most_bytes: int, seconds: float
    ) -> Fetched:
        """POST something, and read an answer as `fetch` does. Raises OutboundError."""
        headers = {"Content-Type": media_type}
        asked = {"method": "POST", "url": url, "headers": headers, "content": content}
        return await self._exchange(asked, most_bytes, seconds)

    async def _exchange(self, asked: Mapping[str, Any], most_bytes: int, seconds: float) -> Fetched:
        try:
            async with (
                asyncio.timeout(seconds),
                self.client() as client,
                client.stream(**asked) as response,
            ):
                return await _read(response, most_bytes)
        except (TimeoutError, httpx.TimeoutException) as error:
            raise TooSlow(f"no answer within {seconds:g} s") from error
        except (httpx.TransportError, httpx.InvalidURL) as error:
            raise OutboundError(type(error).__name__) from error


async def _read(response: httpx.Response, most_bytes: int) -> Fetched:
    body = bytearray()
    if response.status_code == httpx.codes.OK:
        if response.headers.get("content-encoding", "identity") != "identity":
            raise Compressed("the answer is compressed")
        async for chunk in response.aiter_raw():
            body += chunk
            if len(body) > most_bytes:
                raise TooLarge(f"more than {most_bytes} bytes")
    return Fetched(response.status_code, response.headers, bytes(body))


class GuardedTransport(httpx.AsyncBaseTransport):
    """Sends each request to an address that was checked; TLS still proves the host's name.

    No connection is kept: a kept one would be found again by its address only.
    """

    def __init__(self, *, doors: frozenset[Door], resolver: Resolver) -> None:
        """Let nobody in but public addresses and these doors."""
        self._doors = doors
        self._resolver = resolver
        self._inner = httpx.AsyncHTTPTransport(
            verify=_trust(), trust_env=False, limits=httpx.Limits(max_keepalive_connections=0)
        )

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send the request; the next address is tried where one can't be connected to."""
        first, *others = await self._addresses(request.url)
        for address in others:
            try:
                return await self._send(request, first)
            except (httpx.ConnectError, httpx.ConnectTimeout):
                first = address
        return await self._send(request, first)

    async def aclose(self) -> None:
        """Close what is open."""
        await self._inner.aclose()

    async def _addresses(self, url: httpx.URL) -> Sequence[str]:
        port = DEFAULT_PORTS.get(url.scheme) if url.port is None else url.port
        if port is None:
            raise Refused("neither http nor https")
        try:
            found = list(dict.fromkeys(await self._resolver(url.raw_host.decode("ascii"), port)))
        except (OSError, UnicodeError) as error:
            raise OutboundError("the host has no address") from error
        if not found or not all(self._is_allowed(address, port) for address in found):
            raise Refused("not a public address of the web")
        return found[:MOST_ADDRESSES]

    def _is_allowed(self, address: str, port: int) -> bool:
        return (port in PORTS and is_public(address)) or (address, port) in self._doors

    async def _send(self, request: httpx.Request, address: str) -> httpx.Response:
        checked = httpx.Request(
            request.method,
            request.url.copy_with(host=address),
            headers=request.headers,
            stream=request.stream,
            extensions={**request.extensions, "sni_hostname": request.url.host},
        )
        return await self._inner.handle_async_request(checked)


@cache
def _trust() -> ssl.SSLContext:
    """The root certificates, read once: it takes 20 ms."""
    return httpx.create_ssl_context(trust_env=False)
