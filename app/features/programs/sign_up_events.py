"""What happens on programs' public pages."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.jobs import URGENT


@dataclass(frozen=True, kw_only=True)
class SignUpRequested(DomainEvent):
    """Somebody signed up to a program, and has yet to confirm their address.

    Forgotten, with the address, when they never do.
    """

    type = "program.sign_up_requested"
    lane: ClassVar[int] = URGENT

    program_name: str
    email: str
    name: str
    time_zone: str | None
    expires_at: datetime


@dataclass(frozen=True, kw_only=True)
class ContactSelfRegistered(DomainEvent):
    """Somebody came into the portal through a program's page; `known`: the contact was there."""

    type = "contact.self_registered"

    program_name: str
    known: bool
