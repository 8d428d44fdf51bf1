"""The letter that tells one side what the other has said."""

from collections.abc import Sequence
from typing import Any

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter
from app.features.comments.mailing import News
from app.features.comments.subjects import SUBJECTS
from app.repositories.casts import Cast, ContactCard

MOST_SHOWN = 10
LONGEST_SHOWN = 600
"""Characters; some mail programs cut a message of more than 102 KB."""


def comments_written(news: News, event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the other side; `event` is the first comment's."""
    contact = cast.contact(event.contact_id)
    to_client = news.reader.side == "client"
    if to_client and contact.shut_out:
        return []
    return [
        Letter(
            template="comments/comments_written",
            to=contact.reader if to_client else cast.coach_of(contact).reader,
            context=_words(news, cast),
            action=Action(label=f"Open the {news.thread.kind}", path=_place(news, contact)),
            reply_to=cast.answers_to(contact) if to_client else contact.email,
        )
    ]


def _words(news: News, cast: Cast) -> dict[str, Any]:
    said = [
        {
            "author": comment.author_name or cast.workspace.name,
            "body": _shortened(comment.body),
        }
        for comment in news.comments
    ]
    return {
        "kind": news.thread.kind,
        "title": news.thread.title,
        "authors": " and ".join(dict.fromkeys(one["author"] for one in said)),
        "count": len(said),
        "comments": said[:MOST_SHOWN],
        "more": max(0, len(said) - MOST_SHOWN),
    }


def _shortened(body: str) -> str:
    return body if len(body) <= LONGEST_SHOWN else f"{body[:LONGEST_SHOWN].rstrip()} …"


def _place(news: News, contact: ContactCard) -> str:
    """Where the thing is in the portal, or on the contact's page."""
    path = f"/{SUBJECTS[news.thread.kind].plural}/{news.thread.subject_id}"
    return path if news.reader.side == "client" else f"/contacts/{contact.id}{path}"
