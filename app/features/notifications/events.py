"""What happens to letters."""

from dataclasses import dataclass
from typing import ClassVar

from app.core.events import DomainEvent
from app.core.jobs import BULK


@dataclass(frozen=True, kw_only=True)
class EmailFailed(DomainEvent):
    """A letter could not be delivered; `reply` is what the other side's mail server said.

    `bad_address` tells that the address itself was refused. `subject_id` is the letter.
    """

    type: ClassVar[str] = "email.failed"
    lane: ClassVar[int] = BULK

    template: str
    recipient: str
    recipient_name: str
    mail_subject: str | None
    reply: str | None
    bad_address: bool


@dataclass(frozen=True, kw_only=True)
class EmailResent(DomainEvent):
    """Somebody had a letter sent once more; `subject_id` is the letter."""

    type: ClassVar[str] = "email.resent"
