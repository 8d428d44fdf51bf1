"""Where a request comes from, as far as that can be believed."""

from collections.abc import Iterable
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.requests import HTTPConnection

Network = IPv4Network | IPv6Network

UNKNOWN = "unknown"
"""The address of a peer without one, such as a Unix socket."""

HOUSEHOLD_BITS = 64
"""An IPv6 customer holds a whole /64: limits count it as one address."""


class ClientAddresses:
    """Reads `X-Forwarded-For`, but only what trusted proxies wrote into it."""

    def __init__(self, trusted: Iterable[str]) -> None:
        """Trust these addresses and networks; ValueError when one is neither."""
        self._trusted: list[Network] = [ip_network(entry, strict=False) for entry in trusted]

    def of(self, connection: HTTPConnection) -> str:
        """The nearest address, seen from here, that is not one of our own proxies."""
        peer = connection.client.host if connection.client else UNKNOWN
        if not self._trusted or not self._is_trusted(peer):
            return peer
        header = ",".join(connection.headers.getlist("x-forwarded-for"))
        for hop in (part.strip() for part in reversed(header.split(","))):
            if not _is_address(hop):
                return peer
            if not self._is_trusted(hop):
                return hop
            peer = hop
        return peer

    def _is_trusted(self, address: str) -> bool:
        return _is_address(address) and any(
            ip_address(address) in network for network in self._trusted
        )


def household(address: str) -> str:
    """What a limit counts as one: an IPv4 address, or the /64 of an IPv6 address."""
    if ":" not in address or not _is_address(address):
        return address
    network = ip_network(f"{address.partition('%')[0]}/{HOUSEHOLD_BITS}", strict=False)
    return str(network)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True
