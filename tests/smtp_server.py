"""A real SMTP server on the loopback that answers as a test tells it to.

    async with SmtpServer() as server:
        server.answer("RCPT", "550 5.1.1 no such user", recipient="gone@example.com")
        server.answer("DATA", DROP, times=1)
        ...  # send to server.url
        await server.received(3)

It runs in the test's own event loop. `stop` and `start` again keep the port: a relay that is
down for a while.
"""

import asyncio
import ssl
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any, AnyStr, Literal, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

DROP = "DROP"
"""Instead of a reply: close the connection. On DATA that is after the final dot."""
SILENCE = "SILENCE"
"""Instead of a reply: never answer."""

Stage = Literal["CONNECT", "MAIL", "RCPT", "DATA"]


@dataclass(frozen=True)
class ReceivedMail:
    sender: str
    recipient: str
    content: bytes
    connection: int
    encrypted: bool

    @property
    def email(self) -> EmailMessage:
        message = message_from_bytes(self.content, policy=default)
        assert isinstance(message, EmailMessage)
        return message


@dataclass
class _Script:
    stage: Stage
    reply: str
    times: int | None
    recipient: str | None


class SmtpServer:
    """A server to script.

    `messages` were accepted with 250, `commands` counts those received by stage, `connections`
    those ever opened, and `open` those still open.
    """

    def __init__(
        self,
        *,
        login: tuple[str, str] | None = None,
        tls: ssl.SSLContext | None = None,
        starttls: ssl.SSLContext | None = None,
    ) -> None:
        self.host = "127.0.0.1"
        self.port = 0
        self.messages: list[ReceivedMail] = []
        self.commands: Counter[str] = Counter()
        self.connections = 0
        self.login = login
        self.starttls = starttls
        self._tls = tls
        self._scripts: list[_Script] = []
        self._sessions: set[_ScriptedSmtp] = set()
        self._server: asyncio.Server | None = None
        self._changed = asyncio.Condition()

    @property
    def url(self) -> str:
        user = f"{self.login[0]}:{self.login[1]}@" if self.login else ""
        scheme, query = "smtps" if self._tls else "smtp", "?starttls" if self.starttls else ""
        return f"{scheme}://{user}{self.host}:{self.port}{query}"

    @property
    def open(self) -> int:
        return len(self._sessions)

    async def start(self) -> None:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(
            self._connected, self.host, self.port, ssl=self._tls
        )
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuse connections and break those that are open."""
        assert self._server
        self._server.close()
        self.drop_connections()
        await self.until(lambda: not self._sessions)
        await self._server.wait_closed()

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    def answer(
        self, stage: Stage, reply: str, *, times: int | None = None, recipient: str | None = None
    ) -> None:
        """Give this reply at that stage, `times` times or always, to one recipient or to all."""
        self._scripts.append(_Script(stage, reply, times, recipient))

    def answer_normally(self) -> None:
        self._scripts.clear()

    def drop_connections(self) -> None:
        for session in self._sessions:
            session.hang_up()

    async def received(self, count: int) -> list[ReceivedMail]:
        await self.until(lambda: len(self.messages) >= count)
        return self.messages

    async def until(self, condition: Callable[[], bool]) -> None:
        """Wait for something about this server to become true, ten seconds at most."""
        async with asyncio.timeout(10), self._changed:
            await self._changed.wait_for(condition)

    def _connected(self) -> "_ScriptedSmtp":
        self.connections += 1
        return _ScriptedSmtp(self, self.connections)

    def _reply_to(self, stage: Stage, recipient: str | None = None) -> str | None:
        for script in self._scripts:
            if script.stage != stage or script.times == 0:
                continue
            if script.recipient in {None, recipient}:
                script.times = script.times and script.times - 1
                return script.reply
        return None

    async def _note(self) -> None:
        async with self._changed:
            self._changed.notify_all()


class _ScriptedSmtp(SMTP):
    """One connection."""

    def __init__(self, server: SmtpServer, number: int) -> None:
        self.script = server
        self.number = number
        self.greeted = False
        super().__init__(
            _Handler(server, number),
            hostname="relay.test",
            ident="ESMTP",
            loop=asyncio.get_running_loop(),
            tls_context=server.starttls,
            require_starttls=server.starttls is not None,
            authenticator=self._authenticate_user if server.login else None,
            auth_require_tls=False,
        )

    def connection_made(self, transport: Any) -> None:
        self.script._sessions.add(self)
        super().connection_made(transport)

    def connection_lost(self, error: Exception | None) -> None:
        super().connection_lost(error)
        self.script._sessions.discard(self)
        self.loop.create_task(self.script._note())

    async def push(self, status: AnyStr) -> None:
        reply = status if isinstance(status, str) else status.decode()
        if not self.greeted:
            self.greeted = True
            reply = self.script._reply_to("CONNECT") or reply
        if reply not in {DROP, SILENCE}:
            await super().push(reply.encode(errors="surrogateescape"))
        if reply == DROP or reply.startswith("421"):
            self.hang_up()

    def hang_up(self) -> None:
        if self.transport is not None:
            self.transport.close()

    def _authenticate_user(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: LoginPassword
    ) -> AuthResult:
        known = (given.login.decode(), given.password.decode()) == self.script.login
        return AuthResult(success=known, handled=False)


class _Handler:
    def __init__(self, server: SmtpServer, number: int) -> None:
        self.server = server
        self.number = number

    async def handle_MAIL(  # noqa: N802 - aiosmtpd finds its hooks by name
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if reply := await self.scripted("MAIL"):
            return reply
        if self.server.login and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        return "250 2.1.0 OK"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd finds its hooks by name
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _: list[str]
    ) -> str:
        if reply := await self.scripted("RCPT", address):
            return reply
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(  # noqa: N802 - aiosmtpd finds its hooks by name
        self, _server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        sender, (recipient, *_), content = envelope.mail_from, envelope.rcpt_tos, envelope.content
        if reply := await self.scripted("DATA", recipient):
            return reply
        assert sender is not None
        assert isinstance(content, bytes)
        encrypted = session.ssl is not None or self.server._tls is not None
        self.server.messages.append(
            ReceivedMail(sender, recipient, content, self.number, encrypted)
        )
        await self.server._note()
        return "250 2.0.0 OK queued"

    async def scripted(self, stage: Stage, recipient: str | None = None) -> str | None:
        self.server.commands[stage] += 1
        await self.server._note()
        return self.server._reply_to(stage, recipient)
