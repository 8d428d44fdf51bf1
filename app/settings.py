"""Every setting, read from the environment with the prefix `ATRIUM_`; all of them optional."""

from email.utils import parseaddr
from ipaddress import ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import SplitResult, urlsplit

from pydantic import AfterValidator, BeforeValidator, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

SHORTEST_SECRET = 32


class SettingsError(Exception):
    """A setting has a value Atrium can't start with; the text is one clear line."""


def _http_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not _has_host(parts):
        raise ValueError("must be an http:// or https:// URL")
    if parts.query or parts.fragment:
        raise ValueError("must be a URL that paths can be added to, without ? and #")
    return value.rstrip("/")


def _origin(value: str) -> str:
    url = _http_url(value)
    if urlsplit(url).path or "@" in url:
        raise ValueError("must be origins such as https://app.example.com, without a path")
    return url.lower()


def _has_host(parts: SplitResult) -> bool:
    return bool(parts.hostname) and _has_port_or_none(parts)


def _has_port_or_none(parts: SplitResult) -> bool:
    try:
        return parts.port != 0
    except ValueError:
        return False


def _smtp_url(value: str) -> str:
    parts = urlsplit(value)
    known = parts.query in {"", "starttls"}
    if parts.scheme not in {"smtp", "smtps"} or not _has_host(parts) or not known:
        raise ValueError("must look like smtp://user:password@host:587?starttls or smtps://host")
    return value


def _database_url(value: str) -> str:
    scheme, separator, rest = value.partition("://")
    if scheme not in {"postgresql", "postgres", "postgresql+asyncpg"} or not separator:
        raise ValueError("must be a postgresql:// URL")
    if not _has_port_or_none(urlsplit(value)):
        raise ValueError("has a port that is not a number from 1 to 65535")
    return f"postgresql+asyncpg://{rest}"


def _email_address(value: str) -> str:
    _, address = parseaddr(value)
    local_part, _, domain = address.rpartition("@")
    if not (local_part and domain) or not address.isascii() or any(c in value for c in "\r\n"):
        raise ValueError("must be an e-mail address, or Name <address>")
    return value


def _storage_url(value: str) -> str:
    parts = urlsplit(value)
    if parts.scheme != "s3" or not parts.hostname or parts.query or parts.fragment:
        raise ValueError("must look like s3://bucket or s3://bucket/prefix")
    return value


def _clamd_url(value: str) -> str:
    parts = urlsplit(value)
    by_network = parts.scheme == "tcp" and _has_host(parts) and parts.port
    if not by_network and not (parts.scheme == "unix" and parts.path.startswith("/")):
        raise ValueError("must look like tcp://host:3310 or unix:///run/clamav/clamd.sock")
    return value


def _comma_separated(value: object) -> object:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return value


def _long_enough(value: SecretStr) -> SecretStr:
    if len(value.get_secret_value()) < SHORTEST_SECRET:
        raise ValueError(f"must have at least {SHORTEST_SECRET} characters")
    return value


def _network(value: str) -> str:
    try:
        ip_network(value, strict=False)
    except ValueError:
        raise ValueError("must be IP addresses or networks, separated by commas") from None
    return value


HttpUrl = Annotated[str, AfterValidator(_http_url)]
Origin = Annotated[str, AfterValidator(_origin)]
Network = Annotated[str, AfterValidator(_network)]
CommaSeparated = BeforeValidator(_comma_separated)


class Settings(BaseSettings):
    """How this process runs. Sizes are bytes, spans seconds, unless the name says otherwise."""

    model_config = SettingsConfigDict(
        env_prefix="ATRIUM_",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        hide_input_in_errors=True,
    )

    data_dir: Path = Path("var")
    """Where the default install keeps its database, its captured mail, its files and its keys."""
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    public_url: HttpUrl | None = None
    """How this API is reached from outside (logo links in e-mails); default: host and port."""
    database_url: Annotated[str, AfterValidator(_database_url)] | None = None
    """A PostgreSQL of your own; without it an embedded one is started under `data_dir`."""
    database_pool: Annotated[int, Field(ge=2, le=200)] = 16
    """Connections this process may hold for requests."""
    row_level_security: bool = False
    """Set `app.workspace_id` in every transaction, for databases with the policies enforced."""
    smtp_url: Annotated[str, AfterValidator(_smtp_url)] | None = None
    """A mail server; without it every message is kept and shown at /dev/mail."""
    smtp_connections: Annotated[int, Field(ge=1, le=32)] = 4
    mail_from: Annotated[str, AfterValidator(_email_address)] = "Atrium <no-reply@atrium.localhost>"
    """The address every e-mail is sent from."""
    storage_url: Annotated[str, AfterValidator(_storage_url)] | None = None
    """An S3-compatible bucket for files, s3://bucket/prefix; default: a folder in `data_dir`."""
    storage_endpoint: HttpUrl | None = None
    """Where the bucket is, if not at Amazon's."""
    storage_region: str | None = None
    storage_access_key_id: str | None = None
    """Default: what AWS_ACCESS_KEY_ID or the machine's role says."""
    storage_secret_access_key: SecretStr | None = None
    storage_presign: bool = False
    """Let download links lead to the bucket itself instead of through this API."""
    file_size_limit: Annotated[int, Field(ge=1024, le=5_000_000_000)] = 104_857_600
    """Bytes a file may have."""
    file_quota: Annotated[int, Field(ge=1024)] = 10_737_418_240
    """Bytes of files a practice may keep, all versions counted."""
    clamd_url: Annotated[str, AfterValidator(_clamd_url)] | None = None
    """A virus scanner that sees each file first: tcp://host:3310, unix:///path."""
    portal_url: HttpUrl = "http://127.0.0.1:3000"
    """Where the front end lives; a workspace may set its own."""
    font_dir: Path | None = None
    """A folder of more fonts for PDFs: Chinese, Japanese and Korean, say. All machines alike."""
    play_money: bool | None = None
    """Let invoices be paid on a page without a bank. Default: only while no mail server is set."""
    stripe_api_url: HttpUrl | None = None
    """Where Stripe's API is, if not at Stripe's: a mock, say."""
    worker: Literal["embedded", "off"] = "embedded"
    """Whether this API process also runs the dispatcher."""
    demo: bool = True
    """Seed a demo practice when `serve` finds an empty embedded database."""
    cors_origins: Annotated[tuple[Origin, ...], NoDecode, CommaSeparated] = ()
    """Exact origins of browser front ends, separated by commas."""
    trusted_proxies: Annotated[tuple[Network, ...], NoDecode, CommaSeparated] = ()
    """Addresses and networks whose X-Forwarded-For is believed, separated by commas."""
    secret_key: Annotated[SecretStr, AfterValidator(_long_enough)] | None = None
    """At least 32 characters; mailed links are derived from it. Default: made under `data_dir`."""
    signing_key_file: Path | None = None
    """PEM of a P-256 private key for access tokens. Default: made under `data_dir`."""
    seal_file: Path | None = None
    """PKCS#12 of the key that seals contracts. Default: made once, and kept in the database."""
    seal_passphrase: SecretStr | None = None
    seal_name: Annotated[str, Field(min_length=1, max_length=64)] = "Atrium"
    """The organisation that a seal made by Atrium names."""
    timestamp_url: HttpUrl | None = None
    """An RFC 3161 timestamp authority that seals get their time from, as proof by a third side."""
    rate_limits: bool = True
    """Switch the request throttle off for load tests."""
    access_log: bool = True
    """One log line for each request."""
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    log_format: Literal["console", "json"] = "console"

    @property
    def takes_play_money(self) -> bool:
        """Whether practices without a provider are paid in play money: never by real people."""
        return self.smtp_url is None if self.play_money is None else self.play_money

    @property
    def api_url(self) -> str:
        """The address links to this API are built from."""
        return self.public_url or f"http://{self.host}:{self.port}"


def load_settings(**values: Any) -> Settings:
    """Settings from the environment; raises SettingsError naming the first wrong one."""
    try:
        return Settings(**values)
    except ValidationError as error:
        first = error.errors()[0]
        name = "_".join(str(part) for part in first["loc"][:1]).upper()
        reason = first["msg"].removeprefix("Value error, ")
        raise SettingsError(f"ATRIUM_{name}: {reason}") from None
