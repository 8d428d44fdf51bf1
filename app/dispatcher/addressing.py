"""From a letter to its row of the outbox, and what may keep it from being sent."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import RecordedEvent
from app.core.fields import normalise_email
from app.core.ids import new_id
from app.core.letters import Letter, TokenRef
from app.dispatcher.envelopes import packed
from app.dispatcher.wording import one_line
from app.features.contracts.emails import SIGN_TOKEN
from app.features.invites.emails import INVITE_TOKEN
from app.features.preferences.rules import DEFAULT, Choice
from app.features.programs.emails import SIGN_UP_TOKEN
from app.repositories.contract_people import ended_signers
from app.repositories.outgoing import NewLetter, NewStatus, ended_invites, suppressed_among
from app.repositories.sign_ups import ended_sign_ups

WHEN: Mapping[Choice, NewStatus] = {
    "immediate": "queued",
    "daily_digest": "deferred",
    "off": "switched_off",
}
"""What the outbox makes of a reader's choice."""


class Addressed(NamedTuple):
    """A letter, and the event that it answers."""

    event: RecordedEvent
    letter: Letter


class Obstacles(NamedTuple):
    """Addresses that are not written to, and rows whose links have died since the event."""

    suppressed: frozenset[str] = frozenset()
    ended: frozenset[UUID] = frozenset()


async def obstacles_to(
    session: AsyncSession, workspace_id: UUID, letters: Sequence[Letter]
) -> Obstacles:
    """What stands in the way of these letters; at most four statements for any number."""
    addresses = {normalise_email(letter.to.email) for letter in letters}
    tokens = [token for letter in letters if (token := _token(letter))]
    invites = {token.row_id for token in tokens if token.prefix == INVITE_TOKEN}
    sign_ups = {token.row_id for token in tokens if token.prefix == SIGN_UP_TOKEN}
    signers = {token.row_id for token in tokens if token.prefix == SIGN_TOKEN}
    ended = await ended_invites(session, workspace_id, invites)
    ended |= await ended_sign_ups(session, workspace_id, sign_ups)
    return Obstacles(
        suppressed=await suppressed_among(session, workspace_id, addresses),
        ended=ended | await ended_signers(session, workspace_id, signers),
    )


def row_of(answer: Addressed, obstacles: Obstacles, choice: Choice = DEFAULT) -> NewLetter:
    """The letter as a new row of the outbox, sent when its reader chose."""
    letter = answer.letter
    return NewLetter(
        id=new_id(),
        event_id=answer.event.id,
        template=letter.template,
        recipient=letter.to.email,
        recipient_name=one_line(letter.to.name),
        contact_id=letter.to.contact_id,
        user_id=letter.to.user_id,
        context=packed(letter, answer.event),
        status=_status(letter, obstacles, choice),
    )


def _status(letter: Letter, obstacles: Obstacles, choice: Choice) -> NewStatus:
    token = _token(letter)
    if token and token.row_id in obstacles.ended:
        return "cancelled"
    suppressed = normalise_email(letter.to.email) in obstacles.suppressed
    if suppressed and not letter.security:
        return "suppressed"
    return WHEN[choice]


def useless_after(letter: Letter) -> datetime | None:
    """When the letter's link dies: nobody needs it afterwards."""
    expires_at: Any = letter.context.get("expires_at") if _token(letter) else None
    return datetime.fromisoformat(expires_at) if isinstance(expires_at, str) else expires_at


def _token(letter: Letter) -> TokenRef | None:
    return letter.action.token if letter.action else None
