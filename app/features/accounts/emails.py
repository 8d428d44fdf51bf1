"""Letters about signing in. They concern a person, not a practice, and can't be switched off."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.letters import Action, Letter, Recipient, TokenRef
from app.features.accounts.token_kinds import (
    EMAIL_CHANGE,
    EMAIL_VERIFICATION,
    MAGIC_LINK,
    PASSWORD_RESET,
    TokenKind,
)
from app.repositories.casts import Cast


def magic_link(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Sends the link that signs the person in."""
    to = cast.user(event.subject_id).reader
    action = Action(label="Sign in", path="/sign-in", token=_token(event, MAGIC_LINK))
    return [_letter(event, "magic_link", to=to, facts=("expires_at",), action=action)]


def password_reset(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Sends the link that lets the person choose a new password."""
    to = cast.user(event.subject_id).reader
    token = _token(event, PASSWORD_RESET)
    action = Action(label="Choose a new password", path="/reset-password", token=token)
    return [_letter(event, "password_reset", to=to, facts=("expires_at",), action=action)]


def email_verification(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks the person to show that the address is theirs."""
    to = cast.user(event.subject_id).reader
    token = _token(event, EMAIL_VERIFICATION)
    action = Action(label="Confirm my address", path="/verify-email", token=token)
    return [_letter(event, "email_verification", to=to, facts=("expires_at",), action=action)]


def email_change_confirmation(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks at the new address whether it is the person's."""
    to = cast.user(event.subject_id).reader_at(event.data["new_email"])
    token = _token(event, EMAIL_CHANGE)
    action = Action(label="Confirm the new address", path="/confirm-email", token=token)
    facts = ("new_email", "expires_at")
    return [_letter(event, "email_change_confirmation", to=to, facts=facts, action=action)]


def email_change_notice(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Warns at the present address that another was asked for."""
    to = cast.user(event.subject_id).reader
    return [_letter(event, "email_change_notice", to=to, facts=("new_email",))]


def email_changed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells both addresses that the one has replaced the other."""
    user = cast.user(event.subject_id)
    facts = ("old_email", "new_email")
    return [
        _letter(event, "email_changed", to=user.reader_at(event.data[address]), facts=facts)
        for address in facts
    ]


def password_changed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the person, so that a thief can't do it in silence."""
    to = cast.user(event.subject_id).reader
    action = Action(label="It wasn't me", path="/forgot-password")
    return [_letter(event, "password_changed", to=to, action=action)]


def _letter(
    event: RecordedEvent,
    template: str,
    *,
    to: Recipient,
    facts: Sequence[str] = (),
    action: Action | None = None,
) -> Letter:
    """A letter in the colours of the practice the person came through, if there is one."""
    return Letter(
        template=f"accounts/{template}",
        to=to,
        context={"happened_at": event.at, **_facts(event.data, facts)},
        action=action,
        security=True,
        workspace_id=_practice(event),
    )


def _facts(data: Mapping[str, Any], names: Sequence[str]) -> dict[str, Any]:
    return {name: data.get(name) for name in names}


def _practice(event: RecordedEvent) -> UUID | None:
    workspace_id = event.data.get("workspace_id")
    return UUID(workspace_id) if workspace_id else None


def _token(event: RecordedEvent, kind: TokenKind) -> TokenRef:
    return TokenRef(prefix=kind.prefix, row_id=UUID(event.data["token_id"]))
