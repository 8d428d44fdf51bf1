"""The dispatcher at the tests' command, with the mail it has sent."""

from email import message_from_bytes, policy
from email.message import EmailMessage

from app.access.runtime import Runtime
from app.core.outbound import Outbound
from app.dispatcher.assembly import make_engine, make_renderer
from app.settings import Settings


class PostOffice:
    """Runs what is due, and keeps every message that was handed over."""

    def __init__(
        self,
        runtime: Runtime,
        *,
        outbound: Outbound | None = None,
        settings: Settings | None = None,
    ) -> None:
        self._transport = _Pigeonholes()
        self.engine = make_engine(
            runtime.database,
            renderer=make_renderer(runtime.settings, runtime.mint),
            transport=self._transport,
            settings=settings or runtime.settings,
            mint=runtime.mint,
            print_shop=runtime.print_shop,
            outbound=outbound,
        )

    async def deliver(self) -> list[EmailMessage]:
        """Do all that is due; the messages sent by it, in order."""
        before = len(self._transport.messages)
        endings = await self.engine.drain()
        failures = [ending for ending in endings if ending.error]
        assert not failures, failures
        return self._transport.messages[before:]

    async def deliver_to(self, address: str) -> EmailMessage:
        """Do all that is due; the one message it sent to this address."""
        [message] = [m for m in await self.deliver() if address in str(m["to"])]
        return message


class _Pigeonholes:
    """A transport that keeps messages as a reader's mail program would parse them."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []

    async def send(self, *, sender: str, recipient: str, message: bytes) -> str:
        parsed = message_from_bytes(message, policy=policy.default)
        assert isinstance(parsed, EmailMessage)
        assert sender
        assert recipient in str(parsed["to"])
        self.messages.append(parsed)
        return "250 kept"

    async def close(self) -> None:
        """Nothing to close."""
