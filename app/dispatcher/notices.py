"""Notifications for inboxes, made from the letters that tell the same."""

from collections import Counter
from collections.abc import Sequence

from app.core.ids import new_id
from app.core.letters import Action
from app.dispatcher.addressing import Addressed
from app.dispatcher.headlines import Headlines
from app.dispatcher.readers import Inboxes, inbox_of, is_shown
from app.repositories.inboxes import NewNotification, OpenInbox


class Notices:
    """Writes them: same people, same words, whatever those people chose for their mail."""

    def __init__(self) -> None:
        """Take the words from the letters' templates."""
        self._headlines = Headlines()

    def about(
        self, addressed: Sequence[Addressed], inboxes: Inboxes, practice: str
    ) -> list[NewNotification]:
        """One for each letter that is shown in the app, numbered in the letters' order."""
        shown = [
            (answer, inbox)
            for answer in addressed
            if is_shown(answer) and (inbox := inbox_of(answer, inboxes))
        ]
        left = Counter(inbox.id for _, inbox in shown)
        notices = []
        for answer, inbox in shown:
            left[inbox.id] -= 1
            number = inbox.last_number - left[inbox.id]
            notices.append(self._notice(answer, inbox, number, practice))
        return notices

    def _notice(
        self, answer: Addressed, inbox: OpenInbox, number: int, practice: str
    ) -> NewNotification:
        event, letter = answer
        title, summary = self._headlines.of(letter, event.type, practice)
        return NewNotification(
            id=new_id(),
            inbox_id=inbox.id,
            number=number,
            event_id=event.id,
            type=event.type,
            contact_id=event.contact_id,
            subject_id=event.subject_id,
            title=title,
            summary=summary,
            path=_inside(letter.action),
        )


def _inside(action: Action | None) -> str | None:
    """Where the button leads without its token."""
    if action is None:
        return None
    return action.inside or action.path
