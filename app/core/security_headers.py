"""Headers every answer carries unless it brings its own."""

from collections.abc import Iterable

RawHeaders = Iterable[tuple[bytes, bytes]]

ALWAYS = (
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
)
UNLESS_SET = (
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
    (b"cache-control", b"no-store"),
)
"""Pages for people set their own policy; what may be cached says so."""


def secured(headers: RawHeaders) -> list[tuple[bytes, bytes]]:
    """These headers with the security headers added."""
    answer = [*headers, *ALWAYS]
    names = {name for name, _ in answer}
    answer += [header for header in UNLESS_SET if header[0] not in names]
    return answer
