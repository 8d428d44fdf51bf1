"""Which mail server to hand mails to, and how."""

import socket
import ssl
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import SplitResult, parse_qs, unquote, urlsplit

import aiosmtplib

Security = Literal["none", "starttls", "tls"]

DEFAULT_PORTS: dict[Security, int] = {"none": 25, "starttls": 587, "tls": 465}


@dataclass(frozen=True, slots=True, kw_only=True)
class Relay:
    """A mail server; `security` is plain, upgraded by STARTTLS, or TLS from the first byte.

    `tls_context` says which certificates to trust; it is made once, for all connections.
    """

    host: str
    port: int
    security: Security = "none"
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    tls_context: ssl.SSLContext | None = None

    def client(self, *, timeout_seconds: float) -> aiosmtplib.SMTP:
        """A connection to it that is not opened yet."""
        return aiosmtplib.SMTP(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.security == "tls",
            start_tls=self.security == "starttls",
            tls_context=self.tls_context,
            local_hostname=_greeting_name(),
            timeout=timeout_seconds,
        )


def relay_from_url(url: str) -> Relay:
    """The relay that `smtp://user:pass@host:port?starttls` or `smtps://host` names.

    User and password are percent-decoded. Raises ValueError with one line that says what is
    wrong and repeats no password.
    """
    parts = urlsplit(url)
    security = _security(parts)
    if not parts.hostname:
        raise ValueError("the SMTP URL names no host")
    return Relay(
        host=parts.hostname,
        port=_port(parts) or DEFAULT_PORTS[security],
        security=security,
        username=unquote(parts.username) if parts.username else None,
        password=unquote(parts.password) if parts.password else None,
        tls_context=None if security == "none" else ssl.create_default_context(),
    )


def _security(parts: SplitResult) -> Security:
    options = parse_qs(parts.query, keep_blank_values=True)
    if parts.path.strip("/") or parts.fragment or options not in ({}, {"starttls": [""]}):
        raise ValueError("an SMTP URL takes nothing after its port but ?starttls")
    match parts.scheme, bool(options):
        case "smtp", starttls:
            return "starttls" if starttls else "none"
        case "smtps", False:
            return "tls"
        case "smtps", True:
            raise ValueError("smtps:// is encrypted from the start: leave ?starttls out")
    raise ValueError("an SMTP URL starts with smtp:// or smtps://")


def _port(parts: SplitResult) -> int | None:
    try:
        return parts.port
    except ValueError:
        raise ValueError("the SMTP URL's port is no number from 1 to 65535") from None


def _greeting_name() -> str:
    """What to call ourselves: a full host name, else an address literal (RFC 5321 4.1.3)."""
    name = socket.gethostname()
    return name if "." in name and name.isascii() else "[127.0.0.1]"
