"""Whose inbox a letter concerns, and what its reader has chosen."""

from collections import Counter
from collections.abc import Mapping, Sequence
from uuid import UUID

from app.dispatcher.addressing import Addressed
from app.features.preferences.catalogue import TOPICS
from app.features.preferences.choosing import chosen, rule_of
from app.features.preferences.rules import DEFAULT, Choice
from app.repositories.audiences import Side
from app.repositories.inboxes import Holder, OpenInbox

Inboxes = Mapping[UUID, OpenInbox]


def holders(addressed: Sequence[Addressed]) -> list[Holder]:
    """Whose inboxes these letters need, and how many notifications each may get."""
    expected = Counter(one.letter.to.holder_id for one in addressed if is_shown(one))
    readers = {
        holder_id: answer.letter.to
        for answer in addressed
        if (holder_id := answer.letter.to.holder_id) and (is_shown(answer) or _may_choose(answer))
    }
    return [
        Holder(
            id=holder_id,
            contact_id=reader.contact_id,
            member_id=None if reader.contact_id else reader.member_id,
            expected=expected[holder_id],
        )
        for holder_id, reader in readers.items()
    ]


def is_shown(answer: Addressed) -> bool:
    """Whether its reader is told in the app as well."""
    topic = TOPICS.get(answer.event.type)
    return bool(answer.letter.to.holder_id and topic and topic.in_app)


def inbox_of(answer: Addressed, inboxes: Inboxes) -> OpenInbox | None:
    """Its reader's inbox; None for those who have none, or for whom it wasn't needed."""
    holder_id = answer.letter.to.holder_id
    return inboxes.get(holder_id) if holder_id else None


def choice_of(answer: Addressed, inboxes: Inboxes) -> Choice:
    """When its reader wants it; letters for somebody's safety go out at once."""
    inbox = inbox_of(answer, inboxes)
    if inbox is None or answer.letter.security:
        return DEFAULT
    return chosen(inbox.choices, answer.event.type, _side(answer))


def _may_choose(answer: Addressed) -> bool:
    rule = rule_of(answer.event.type, _side(answer))
    return bool(rule and len(rule.options) > 1)


def _side(answer: Addressed) -> Side:
    return "client" if answer.letter.to.contact_id else "member"
