import pytest
from starlette.requests import Request

from app.core.client_address import ClientAddresses, household


def address(peer: str | None, forwarded: list[str], trusted: tuple[str, ...]) -> str:
    scope = {
        "type": "http",
        "client": (peer, 4711) if peer else None,
        "headers": [(b"x-forwarded-for", value.encode()) for value in forwarded],
    }
    return ClientAddresses(trusted).of(Request(scope))


PROXIES = ("10.0.0.0/8", "fd00::1")


@pytest.mark.parametrize(
    ("peer", "forwarded", "trusted", "seen"),
    [
        ("203.0.113.7", [], (), "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], (), "203.0.113.7"),
        ("203.0.113.7", ["198.51.100.1"], PROXIES, "203.0.113.7"),
        ("10.0.0.1", ["198.51.100.1"], PROXIES, "198.51.100.1"),
        ("fd00::1", ["198.51.100.1"], PROXIES, "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6, 198.51.100.1"], PROXIES, "198.51.100.1"),
        ("10.0.0.1", ["6.6.6.6", "198.51.100.1, 10.0.0.2"], PROXIES, "198.51.100.1"),
        ("10.0.0.1", ["10.0.0.3, 10.0.0.2"], PROXIES, "10.0.0.3"),
        ("10.0.0.1", ["nonsense"], PROXIES, "10.0.0.1"),
        ("10.0.0.1", ["198.51.100.1, nonsense, 10.0.0.2"], PROXIES, "10.0.0.2"),
        ("10.0.0.1", [], PROXIES, "10.0.0.1"),
        (None, ["198.51.100.1"], PROXIES, "unknown"),
    ],
)
def test_only_trusted_proxies_are_believed(
    peer: str | None, forwarded: list[str], trusted: tuple[str, ...], seen: str
) -> None:
    assert address(peer, forwarded, trusted) == seen


def test_a_wrong_setting_is_an_error() -> None:
    with pytest.raises(ValueError, match="proxy"):
        ClientAddresses(("proxy",))


@pytest.mark.parametrize(
    ("given", "counted"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9%eth0", "2001:db8:1:2::/64"),
        ("unknown", "unknown"),
    ],
)
def test_an_ipv6_customer_is_counted_once(given: str, counted: str) -> None:
    assert household(given) == counted
