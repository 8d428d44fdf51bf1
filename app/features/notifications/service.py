"""Looking at a sent e-mail, and sending it once more."""

from typing import Protocol
from uuid import UUID

from app.access.principal import Principal
from app.core.errors import AppError, Conflict
from app.core.events import publish
from app.core.jobs import URGENT, enqueue
from app.core.letters import RenderedLetter
from app.features.notifications.events import EmailResent
from app.repositories.letters import Practice, StoredLetter, practices, stored_letter
from app.repositories.outbox import EmailSummary, Outbox
from app.repositories.outgoing import sending_job


class EmailOnItsWay(Conflict):
    """The e-mail is queued, or waits for a digest: it will be sent without being asked for."""

    code, title = "email_queued", "This e-mail is on its way already"


class LinkDead(Conflict):
    """The link in the e-mail no longer works; send a new invitation instead."""

    code, title = "link_dead", "The link in this e-mail no longer works"


class RecipientUnsubscribed(Conflict):
    """The recipient switched these off, unsubscribed or complained: only they can change that."""

    code, title = "recipient_unsubscribed", "The recipient wants no more e-mails"


class PreviewGone(AppError):
    """The e-mail is older than the templates of today, and can't be shown any more."""

    status, code, title = 410, "preview_gone", "This e-mail is too old to be shown"


class Previewer(Protocol):
    """Renders a letter as others than its reader may see it."""

    def preview(self, letter: StoredLetter, practice: Practice) -> RenderedLetter:
        """The letter without its secret; PreviewGone where its template has changed too much."""
        ...


async def preview_email(outbox: Outbox, email_id: UUID, previewer: Previewer) -> RenderedLetter:
    """The e-mail as it would look if it were sent now."""
    letter = await stored_letter(outbox.session, outbox.workspace_id, email_id)
    looks = await practices(outbox.session, [letter.practice_id])
    return previewer.preview(letter, looks[letter.practice_id])


async def resend_email(outbox: Outbox, email_id: UUID, principal: Principal) -> EmailSummary:
    """Send an e-mail once more, to the same address.

    That somebody asks for it is word that a bounced address works again: its suppression ends.
    """
    email = await outbox.require(email_id, lock=True)
    if email.status in {"queued", "deferred"}:
        raise EmailOnItsWay
    if email.status == "switched_off":
        raise RecipientUnsubscribed
    if email.status == "cancelled" or not await outbox.link_works(email):
        raise LinkDead
    await _clear_the_way(outbox, email.recipient)
    email.status, email.smtp_reply = "queued", None
    email.resends += 1
    await outbox.session.flush()
    await enqueue(outbox.session, sending_job(outbox.workspace_id, email.id, lane=URGENT))
    await publish(
        outbox.session,
        EmailResent(
            workspace_id=outbox.workspace_id,
            actor=principal.actor,
            contact_id=email.contact_id,
            subject_id=email.id,
        ),
    )
    return await outbox.summary(email.id)


async def _clear_the_way(outbox: Outbox, address: str) -> None:
    reason = await outbox.suppression_of(address)
    if reason in {"complained", "unsubscribed"}:
        raise RecipientUnsubscribed
    if reason:
        await outbox.lift_suppression(address)
