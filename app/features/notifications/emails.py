"""Letters about letters."""

from collections.abc import Sequence

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter
from app.repositories.casts import Cast

EMAIL_FAILED = "notifications/email_failed"


def email_failed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach whom a letter did not reach, unless it is the coach who wasn't reached."""
    contact = cast.contact(event.contact_id) if event.contact_id else None
    coach = cast.coach_of(contact)
    if coach.email == event.data["recipient"]:
        return []
    return [
        Letter(
            template=EMAIL_FAILED,
            to=coach.reader,
            context={
                "addressee": event.data["recipient_name"] or event.data["recipient"],
                "address": event.data["recipient"],
                "mail_subject": event.data["mail_subject"],
                "reply": event.data["reply"],
                "bad_address": event.data["bad_address"],
                "failed_at": event.at,
            },
            action=_where_to_mend_it(event),
        )
    ]


def _where_to_mend_it(event: RecordedEvent) -> Action:
    if event.contact_id:
        return Action(label="Check the address", path=f"/contacts/{event.contact_id}")
    return Action(label="See the e-mail", path=f"/emails/{event.subject_id}")
