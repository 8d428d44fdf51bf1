"""What is written down about a try to send a letter, from how its job ended."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.core.events import SYSTEM
from app.core.fields import normalise_email
from app.dispatcher.failures import GiveUp
from app.dispatcher.replies import PermanentFailure, printable
from app.dispatcher.work import Settled
from app.features.notifications.emails import EMAIL_FAILED
from app.features.notifications.events import EmailFailed
from app.models import HOUSE
from app.repositories.outgoing import Recorded, Sending

NOT_IN_TIME = "not sent in time: its link has expired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A letter that left: what the receiving side said, and when."""

    subject: str
    message_id: str
    reply: str
    sent_at: datetime


class Refused(GiveUp):
    """The letter was turned away for good; `bad_address` where the address itself was."""

    def __init__(self, failure: PermanentFailure, *, subject: str) -> None:
        super().__init__(failure.reply)
        self.bad_address = failure.bad_address
        self.subject = subject


def sending(email_id: UUID, ending: Settled[Receipt]) -> Sending | None:
    """The try as the outbox keeps it; None where there was nothing left to send."""
    match ending.outcome:
        case "done":
            return _sent(email_id, ending.result) if ending.result else None
        case "dead":
            return _dead(email_id, ending.error)
        case "expired":
            return Sending(id=email_id, status="cancelled", reply=NOT_IN_TIME)
        case "retry":
            return Sending(id=email_id, status="queued", used=1, reply=_reply(ending.error))
    return Sending(id=email_id, status="queued", reply=_reply(ending.error))


def bounced_addresses(
    workspace_id: UUID, rows: Iterable[Recorded]
) -> Sequence[tuple[str, str | None]]:
    """The addresses that were refused, normalised, each with its server's words.

    A person's own letters (HOUSE) go on trying: nobody could lift their suppression.
    """
    if workspace_id == HOUSE:
        return []
    bounced = [row for row in rows if row["status"] == "bounced"]
    return [(normalise_email(row["recipient"]), row["smtp_reply"]) for row in bounced]


def failure_events(workspace_id: UUID, rows: Iterable[Recorded]) -> Sequence[EmailFailed]:
    """What the practice is told of letters that failed; nothing of those that say just that."""
    if workspace_id == HOUSE:
        return []
    failed = [row for row in rows if row["status"] in {"failed", "bounced"}]
    return [_failure(workspace_id, row) for row in failed if row["template"] != EMAIL_FAILED]


def _failure(workspace_id: UUID, row: Recorded) -> EmailFailed:
    return EmailFailed(
        workspace_id=workspace_id,
        actor=SYSTEM,
        contact_id=row["contact_id"],
        subject_id=row["id"],
        template=row["template"],
        recipient=row["recipient"],
        recipient_name=row["recipient_name"],
        mail_subject=row["subject"],
        reply=row["smtp_reply"],
        bad_address=row["status"] == "bounced",
    )


def _sent(email_id: UUID, receipt: Receipt) -> Sending:
    return Sending(
        id=email_id,
        status="sent",
        used=1,
        reply=receipt.reply,
        subject=receipt.subject,
        message_id=receipt.message_id,
        sent_at=receipt.sent_at,
    )


def _dead(email_id: UUID, error: Exception | None) -> Sending:
    refused = error if isinstance(error, Refused) else None
    return Sending(
        id=email_id,
        status="bounced" if refused and refused.bad_address else "failed",
        used=1,
        reply=_reply(error),
        subject=refused.subject if refused else None,
    )


def _reply(error: Exception | None) -> str:
    """The server's words, or what went wrong before it was asked."""
    return printable(str(error) or type(error).__name__)
