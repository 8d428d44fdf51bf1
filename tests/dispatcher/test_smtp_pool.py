"""How many connections there are to the relay, and how long each lives."""

import asyncio
from collections import Counter

import pytest

from app.dispatcher.relay import relay_from_url
from app.dispatcher.replies import PermanentFailure, RelayUnavailable
from app.dispatcher.smtp_pool import SmtpPool
from app.dispatcher.transports import SmtpTransport
from tests.smtp_server import DROP, SILENCE, SmtpServer, Stage


async def send(transport: SmtpTransport, recipient: str = "ben@example.com") -> str:
    return await transport.send(
        sender="no-reply@atrium.example", recipient=recipient, message=b"Subject: Hello\r\n\r\n"
    )


async def test_connections_are_kept_and_shared() -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url), pool_size=4)
        await asyncio.gather(*(send(transport, f"c{n}@example.com") for n in range(50)))
        assert len(server.messages) == 50
        assert server.connections == 4
        await transport.close()


async def test_one_after_the_other_needs_one_connection() -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url))
        for _ in range(10):
            await send(transport)
        assert server.connections == 1
        await transport.close()


async def test_a_connection_carries_100_mails() -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url), pool_size=1)
        for _ in range(201):
            await send(transport)
        assert Counter(mail.connection for mail in server.messages) == {1: 100, 2: 100, 3: 1}
        await transport.close()


async def test_a_connection_nobody_needs_is_given_back() -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url), idle_seconds=0.01)
        await send(transport)
        await server.until(lambda: server.open == 0)
        await send(transport)
        assert server.connections == 2
        await transport.close()


@pytest.mark.parametrize("reply", ["550 5.1.1 no such user", "421 closing", DROP])
async def test_a_connection_is_not_used_after_an_error(reply: str) -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url), pool_size=1)
        server.answer("RCPT", reply, times=1)
        with pytest.raises((PermanentFailure, RelayUnavailable)):
            await send(transport)
        await send(transport)
        assert server.messages[0].connection == 2
        await transport.close()


@pytest.mark.parametrize("reply", ["421 4.4.2 idle for too long", DROP])
async def test_a_connection_the_relay_gave_up_is_replaced_unnoticed(reply: str) -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url), pool_size=1)
        await send(transport)
        server.answer("MAIL", reply, times=1)
        await send(transport)
        assert [mail.connection for mail in server.messages] == [1, 2]
        await transport.close()


async def test_a_restarted_relay_costs_no_failure() -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url))
        await asyncio.gather(*(send(transport) for _ in range(4)))
        await server.stop()
        await server.start()
        await asyncio.gather(*(send(transport) for _ in range(4)))
        assert len(server.messages) == 8
        await transport.close()


@pytest.mark.parametrize("stage", ["RCPT", "DATA"])
async def test_a_cancelled_mail_takes_its_connection_along(stage: Stage) -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url), pool_size=1)
        server.answer(stage, SILENCE, times=1)
        stuck = asyncio.create_task(send(transport))
        await server.until(lambda: server.commands[stage] == 1)
        stuck.cancel()
        with pytest.raises(asyncio.CancelledError):
            await stuck
        await send(transport)
        assert server.messages[0].connection == 2
        await transport.close()


async def test_closing_says_goodbye_and_leaves_nothing_open() -> None:
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url))
        await asyncio.gather(*(send(transport) for _ in range(8)))
        assert server.open == 4
        await transport.close()
        await server.until(lambda: server.open == 0)


async def test_a_connection_in_use_while_closing_is_closed_after_its_mail() -> None:
    async with SmtpServer() as server:
        pool = SmtpPool(relay_from_url(server.url))
        async with pool.connection() as connection:
            await pool.close()
            assert connection.smtp.is_connected
        await server.until(lambda: server.open == 0)
