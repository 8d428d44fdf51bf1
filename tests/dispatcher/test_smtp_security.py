"""Encryption and signing in on the way to the relay."""

import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from app.core.clock import now
from app.dispatcher.relay import relay_from_url
from app.dispatcher.replies import RelayUnavailable
from app.dispatcher.transports import SmtpTransport
from tests.smtp_server import SmtpServer


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and a certificate for 127.0.0.1 that signs itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "relay.test")])
    loopback = x509.IPAddress(ipaddress.ip_address("127.0.0.1"))
    signed = (
        x509.CertificateBuilder(issuer_name=name, subject_name=name, public_key=key.public_key())
        .serial_number(1)
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([loopback]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("tls") / "relay.pem"
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    path.write_bytes(private + signed.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture
def identity(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate)
    return context


@asynccontextmanager
async def transport_to(url: str, certificate: Path | None = None) -> AsyncIterator[SmtpTransport]:
    relay = relay_from_url(url)
    if certificate:
        relay = replace(relay, tls_context=ssl.create_default_context(cafile=certificate))
    transport = SmtpTransport(relay, timeout_seconds=5)
    yield transport
    await transport.close()


async def send(transport: SmtpTransport) -> str:
    return await transport.send(
        sender="no-reply@atrium.example", recipient="ben@example.com", message=b"Subject: A\r\n\r\n"
    )


async def test_starttls_encrypts(identity: ssl.SSLContext, certificate: Path) -> None:
    async with SmtpServer(starttls=identity) as server:
        async with transport_to(server.url, certificate) as transport:
            await send(transport)
        assert server.messages[0].encrypted


async def test_smtps_encrypts(identity: ssl.SSLContext, certificate: Path) -> None:
    async with SmtpServer(tls=identity) as server:
        async with transport_to(server.url, certificate) as transport:
            await send(transport)
        assert server.messages[0].encrypted


async def test_starttls_is_never_left_out() -> None:
    async with SmtpServer() as server, transport_to(f"{server.url}?starttls") as transport:
        with pytest.raises(RelayUnavailable, match="STARTTLS"):
            await send(transport)
        assert server.commands["MAIL"] == 0


async def test_a_certificate_nobody_vouches_for_is_refused(identity: ssl.SSLContext) -> None:
    async with SmtpServer(tls=identity) as server, transport_to(server.url) as transport:
        with pytest.raises(RelayUnavailable, match="certificate"):
            await send(transport)


async def test_signing_in() -> None:
    async with SmtpServer(login=("ann", "secret")) as server:
        async with transport_to(server.url) as transport:
            await send(transport)
        assert len(server.messages) == 1


async def test_a_wrong_password_is_the_relays_trouble_and_not_told() -> None:
    async with SmtpServer(login=("ann", "secret")) as server:
        url = server.url.replace("secret", "wr0ng")
        async with transport_to(url) as transport:
            with pytest.raises(RelayUnavailable, match="535") as failure:
                await send(transport)
        assert "wr0ng" not in str(failure.value)


async def test_no_password_where_one_is_needed_is_the_relays_trouble() -> None:
    async with SmtpServer(login=("ann", "secret")) as server:
        url = server.url.replace("ann:secret@", "")
        async with transport_to(url) as transport:
            with pytest.raises(RelayUnavailable, match="530"):
                await send(transport)
