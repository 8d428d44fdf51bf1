"""Group sessions: one with a free seat is offered at its own start."""

from app.slots.caps import refused_to_client
from app.slots.diary import Diary, Session
from app.slots.rules import SlotRules
from app.slots.spans import Span, in_spans


def open_sessions(rules: SlotRules, diary: Diary, *, since: int, until: int) -> dict[int, Session]:
    """The sessions in `since <= start < until` that the client can join, by their start.

    Windows, the coach's caps and busy time don't matter: the session stands already. The client's
    own caps do.
    """
    refused = refused_to_client(rules, diary)
    return {
        session.starts_at: session
        for session in diary.sessions
        if session.is_open
        and since <= session.starts_at < until
        and not in_spans(refused, session.starts_at)
    }


def taken_by_sessions(diary: Diary) -> list[Span]:
    """The starts at which a session stands: no new appointment begins there."""
    return [(session.starts_at, session.starts_at + 1) for session in diary.sessions]
