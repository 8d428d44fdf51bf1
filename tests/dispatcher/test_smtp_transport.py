"""What handing a mail to a relay ends in, for each thing a relay can do."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from app.dispatcher.relay import relay_from_url
from app.dispatcher.replies import PermanentFailure, RelayUnavailable, TemporaryFailure
from app.dispatcher.transports import SmtpTransport
from tests.smtp_server import DROP, SILENCE, SmtpServer, Stage

MESSAGE = b"Subject: Hello\r\n\r\n.a line that starts with a dot\r\n"


@pytest.fixture
async def server() -> AsyncIterator[SmtpServer]:
    async with SmtpServer() as server:
        yield server


@pytest.fixture
async def transport(server: SmtpServer) -> AsyncIterator[SmtpTransport]:
    transport = SmtpTransport(relay_from_url(server.url), timeout_seconds=5)
    yield transport
    await transport.close()


async def send(transport: SmtpTransport, recipient: str = "ben@example.com") -> str:
    return await transport.send(
        sender="no-reply@atrium.example", recipient=recipient, message=MESSAGE
    )


async def test_a_mail_arrives_as_it_was_built(server: SmtpServer, transport: SmtpTransport) -> None:
    assert await send(transport) == "250 2.0.0 OK queued"
    (mail,) = server.messages
    assert (mail.sender, mail.recipient) == ("no-reply@atrium.example", "ben@example.com")
    assert mail.content == MESSAGE


async def test_an_international_domain_goes_out_in_ascii(
    server: SmtpServer, transport: SmtpTransport
) -> None:
    await send(transport, "ben@bücher.example")
    assert server.messages[0].recipient == "ben@xn--bcher-kva.example"


@pytest.mark.parametrize("recipient", ["jörg@example.com", "ben@example.com> SIZE=1", "a\r\nb@c.d"])
async def test_an_address_smtp_cannot_carry_is_not_tried(
    server: SmtpServer, transport: SmtpTransport, recipient: str
) -> None:
    with pytest.raises(PermanentFailure) as failure:
        await send(transport, recipient)
    assert failure.value.bad_address
    assert server.connections == 0


@pytest.mark.parametrize("stage", ["MAIL", "RCPT", "DATA"])
@pytest.mark.parametrize(
    "reply", ["450 4.2.0 greylisted", "451 try later", "452 4.2.2 mailbox full"]
)
async def test_4xx_means_later(
    server: SmtpServer, transport: SmtpTransport, stage: Stage, reply: str
) -> None:
    server.answer(stage, reply)
    with pytest.raises(TemporaryFailure) as failure:
        await send(transport)
    assert failure.value.reply == reply


@pytest.mark.parametrize(
    ("stage", "reply", "bad_address"),
    [
        ("RCPT", "550 5.1.1 no such user", True),
        ("RCPT", "550 no such user", True),
        ("RCPT", "551 user not local", True),
        ("RCPT", "553 mailbox name not allowed", True),
        ("RCPT", "554 5.1.2 no such domain", True),
        ("DATA", "550 5.1.1 no such user", True),
        ("RCPT", "550 5.7.1 blocked by policy", False),
        ("RCPT", "550 5.1.8 sender's domain does not exist", False),
        ("RCPT", "552 5.2.2 mailbox full", False),
        ("RCPT", "554 not now, not ever", False),
        ("DATA", "550 looks like spam", False),
        ("DATA", "554 5.6.0 bad content", False),
        ("MAIL", "552 5.3.4 message too big", False),
    ],
)
async def test_5xx_means_never(
    server: SmtpServer, transport: SmtpTransport, stage: Stage, reply: str, *, bad_address: bool
) -> None:
    server.answer(stage, reply)
    with pytest.raises(PermanentFailure) as failure:
        await send(transport)
    assert (failure.value.reply, failure.value.bad_address) == (reply, bad_address)


@pytest.mark.parametrize(
    ("stage", "reply"),
    [
        ("CONNECT", "421 4.3.2 too many connections"),
        ("CONNECT", "554 5.7.1 you are on a blocklist"),
        ("MAIL", "421 4.7.0 closing"),
        ("RCPT", "421 4.7.0 closing"),
        ("DATA", "421 4.7.0 closing"),
        ("MAIL", "550 5.7.1 sender not allowed"),
        ("MAIL", "530 5.7.0 sign in first"),
        ("RCPT", "530 5.7.0 sign in first"),
        ("RCPT", "nonsense"),
        ("CONNECT", DROP),
        ("MAIL", DROP),
        ("RCPT", DROP),
        ("DATA", DROP),
    ],
)
async def test_a_failing_relay_is_not_the_mails_fault(
    server: SmtpServer, transport: SmtpTransport, stage: Stage, reply: str
) -> None:
    server.answer(stage, reply)
    with pytest.raises(RelayUnavailable):
        await send(transport)
    assert server.messages == []


async def test_only_the_refused_recipient_fails(
    server: SmtpServer, transport: SmtpTransport
) -> None:
    server.answer("RCPT", "550 5.1.1 no such user", recipient="gone@example.com")
    results = await asyncio.gather(
        *(send(transport, f"{name}@example.com") for name in ("ana", "gone", "ben")),
        return_exceptions=True,
    )
    assert [type(result) for result in results] == [str, PermanentFailure, str]
    assert {mail.recipient for mail in server.messages} == {"ana@example.com", "ben@example.com"}


@pytest.mark.parametrize("stage", ["CONNECT", "MAIL", "DATA"])
async def test_a_silent_relay_is_given_up(server: SmtpServer, stage: Stage) -> None:
    server.answer(stage, SILENCE)
    transport = SmtpTransport(relay_from_url(server.url), timeout_seconds=0.05)
    with pytest.raises(RelayUnavailable, match=r"Timed out"):
        await send(transport)
    await transport.close()


async def test_a_relay_that_is_down_is_tried_again_when_it_is_back(
    server: SmtpServer, transport: SmtpTransport
) -> None:
    await send(transport)
    await server.stop()
    for _ in range(3):
        with pytest.raises(RelayUnavailable, match="Error connecting"):
            await send(transport)
    await server.start()
    await send(transport)
    assert len(server.messages) == 2


async def test_a_host_that_does_not_exist_is_unavailable() -> None:
    transport = SmtpTransport(relay_from_url("smtp://nowhere.invalid:2525"), timeout_seconds=5)
    with pytest.raises(RelayUnavailable):
        await send(transport)


async def test_something_that_is_no_mail_server_is_unavailable() -> None:
    async def greet(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 400 Bad Request\r\n\r\n")
        writer.close()

    server = await asyncio.start_server(greet, "127.0.0.1", 0, family=socket.AF_INET)
    port = server.sockets[0].getsockname()[1]
    async with server:
        transport = SmtpTransport(relay_from_url(f"smtp://127.0.0.1:{port}"), timeout_seconds=5)
        with pytest.raises(RelayUnavailable):
            await send(transport)


async def test_a_reply_fits_into_one_line_of_a_database(
    server: SmtpServer, transport: SmtpTransport
) -> None:
    server.answer("DATA", "250-accepted\x00\r\n250 \udcff" + "x" * 600)
    reply = await send(transport)
    assert reply.startswith("250 accepted")
    assert len(reply) == 500
    assert reply.isprintable()
    reply.encode()


async def test_a_closed_transport_sends_no_more(transport: SmtpTransport) -> None:
    await transport.close()
    with pytest.raises(RelayUnavailable, match="closed"):
        await send(transport)
