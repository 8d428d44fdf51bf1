"""Telling machines on the public internet from those of our own networks."""

from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network

Address = IPv4Address | IPv6Address

IPV6_UNICAST = ip_network("2000::/3")
"""The only part of IPv6 in use on the public internet (RFC 4291 2.4); the rest is reserved."""
TRANSLATED = ip_network("64:ff9b::/96")
"""IPv4 addresses behind NAT64 (RFC 6052 2.1)."""
RETIRED = (ip_network("192.88.99.0/24"), ip_network("3fff::/20"))
"""The 6to4 relays (RFC 7526) and documentation (RFC 9637), which Python takes for global."""


def is_public(text: str) -> bool:
    """Whether this IP address is one that anybody on the internet may be asked to talk to.

    False for loopback, private, link-local, shared, multicast, reserved and documentation
    addresses, whichever way they are written into IPv6; and for what is no address.
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    return _is_public(_plain(address))


def _plain(address: Address) -> Address | None:
    """The IPv4 address inside an IPv6 one, where there is one; None for a Teredo tunnel."""
    if isinstance(address, IPv4Address):
        return address
    if address.teredo:
        return None
    if address in TRANSLATED:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _is_public(address: Address | None) -> bool:
    if address is None or any(address in network for network in RETIRED):
        return False
    if isinstance(address, IPv6Address) and address not in IPV6_UNICAST:
        return False
    return address.is_global and not address.is_multicast
