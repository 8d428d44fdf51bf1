"""Mails for a mailbox under test."""

from pathlib import Path
from typing import Any

from app.core.clock import now
from app.dispatcher.addresses import Address
from app.dispatcher.messages import Message, build
from app.dispatcher.transports import MailboxTransport

SENDER = "no-reply@atrium.example"


async def deliver(directory: Path, email: str = "ben@example.com", **fields: Any) -> str:
    """Send a mail into the mailbox; answers its id."""
    written: dict[str, Any] = {
        "message_id": "em.1@atrium.example",
        "sender": Address("Berg, Anna", SENDER),
        "recipient": Address("Ben Ono", email),
        "subject": "Welcome",
        "text": "Hello Ben\n",
        "html": "<p>Hello Ben</p>",
        "date": now(),
    }
    message = build(Message(**{**written, **fields}))
    reply = await MailboxTransport(directory).send(sender=SENDER, recipient=email, message=message)
    return reply.split()[-1]
