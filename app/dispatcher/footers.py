"""The foot of a letter: why it came, and how to get fewer of its kind."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from app.core.tokens import TokenMint
from app.dispatcher.envelopes import Envelope
from app.features.preferences.leaving import PREFERENCES_PAGE, group_in_words, group_to_leave
from app.features.preferences.unsubscribe_tokens import Subscription, token_for
from app.models import HOUSE
from app.repositories.audiences import Side
from app.repositories.letters import StoredLetter

REASONS = {
    "account": "{} sent you this e-mail because it concerns the safety of your account.",
    "client": "{} sent you this e-mail because you are, or were invited to be, a client there.",
    "team": "{} sent you this e-mail because you are on the team.",
    "visitor": "{} sent you this e-mail because your address was entered on its page.",
    "guest": "{} sent you this e-mail because someone on the team entered your address.",
}
"""What a letter's foot says to each kind of reader."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Foot:
    """`preferences_url` is for readers who may choose at all; `unsubscribe_url` ends a group."""

    reason: str
    preferences_url: str | None
    group: str | None
    unsubscribe_url: str | None

    @property
    def variables(self) -> dict[str, Any]:
        """The same for the layouts."""
        return {
            "reason": self.reason,
            "preferences_url": self.preferences_url,
            "unsubscribe": self.unsubscribe_url
            and {"url": self.unsubscribe_url, "group": self.group},
        }


class Footers:
    """Writes them; `api_url` is where the one click goes."""

    def __init__(self, mint: TokenMint, *, api_url: str) -> None:
        self._mint = mint
        self._api_url = api_url

    def foot(
        self,
        letter: StoredLetter,
        envelope: Envelope,
        *,
        practice: str,
        portal: str,
        redacted: str | None,
    ) -> Foot:
        """The letter's foot; with `redacted` it stands where the reader's own token would."""
        subscription = _subscription(letter, envelope)
        reason = REASONS[_audience(letter, envelope)].format(practice)
        may_choose = _inbox_id(letter, envelope) and not envelope.security
        return Foot(
            reason=reason,
            preferences_url=portal + PREFERENCES_PAGE if may_choose else None,
            group=group_in_words(subscription.group) if subscription else None,
            unsubscribe_url=self._url(subscription, redacted) if subscription else None,
        )

    def _url(self, subscription: Subscription, redacted: str | None) -> str:
        token = redacted or token_for(self._mint, subscription)
        return f"{self._api_url}/v1/public/unsubscribe/{token}"


def _subscription(letter: StoredLetter, envelope: Envelope) -> Subscription | None:
    inbox_id, side = _inbox_id(letter, envelope), _side(letter)
    group = group_to_leave(envelope.topic, side)
    if inbox_id is None or group is None or envelope.security:
        return None
    return Subscription(workspace_id=letter.workspace_id, side=side, inbox_id=inbox_id, group=group)


def _inbox_id(letter: StoredLetter, envelope: Envelope) -> UUID | None:
    if letter.workspace_id == HOUSE:
        return None
    return letter.contact_id or envelope.member_id


def _side(letter: StoredLetter) -> Side:
    return "client" if letter.contact_id else "member"


def _audience(letter: StoredLetter, envelope: Envelope) -> str:
    if envelope.security:
        return "account" if letter.user_id else "visitor"
    if letter.contact_id:
        return "client"
    return "team" if letter.user_id else "guest"
