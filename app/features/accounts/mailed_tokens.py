"""Single-use links: made, kept as digests, and taken back exactly once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.errors import AppError
from app.core.ids import new_id
from app.core.tokens import InvalidToken, TokenMint, digest, workspace_in
from app.features.accounts.schemas import MailedOut
from app.features.accounts.token_kinds import TokenKind
from app.models import HOUSE, User
from app.repositories.user_tokens import (
    UserTokenRow,
    add_user_token,
    consume_user_token,
    user_token,
)
from app.repositories.users import user_by_id


class TokenExpired(AppError):
    """The link was the right one, and is too old: ask for another."""

    status, code, title = 410, "token_expired", "This link has expired"


class TokenUsed(AppError):
    """The link has done its work already."""

    status, code, title = 410, "token_used", "This link has been used already"


@dataclass(frozen=True, slots=True)
class Issued:
    """A link that is to be mailed: the row its token is derived from, and until when it works."""

    token_id: UUID
    expires_at: datetime


async def issue(
    session: AsyncSession,
    mint: TokenMint,
    user: User,
    kind: TokenKind,
    *,
    email: str | None = None,
) -> Issued:
    """A new link for a person whose row is locked; older ones of the kind die.

    It proves that whoever brings it reads the mail of `email`, by default the person's own.
    """
    issued = Issued(new_id(), now() + kind.lifetime)
    await add_user_token(
        session,
        token_id=issued.token_id,
        user_id=user.id,
        purpose=kind.purpose,
        token_hash=digest(mint.derive(kind.prefix, HOUSE, issued.token_id)),
        email=email or user.email,
        expires_at=issued.expires_at,
    )
    return issued


async def look_up(session: AsyncSession, kind: TokenKind, token: str) -> UserTokenRow:
    """What a link that still works stands for, without using it up.

    Raises InvalidToken (404), TokenExpired and TokenUsed (410).
    """
    row = await user_token(session, _digest(kind, token), purpose=kind.purpose)
    if row is None:
        raise InvalidToken
    if row.consumed_at is not None:
        raise TokenUsed
    if row.expires_at <= now():
        raise TokenExpired
    return row


async def redeem(session: AsyncSession, kind: TokenKind, token: str) -> tuple[User, str]:
    """Use a link up, for one caller only: its person, locked, and the address it was mailed to.

    The person is locked first, as `issue` does, so that the two can't wait for each other.
    Raises what `look_up` raises.
    """
    known = await look_up(session, kind, token)
    user = await user_by_id(session, known.user_id, lock=True)
    if await consume_user_token(session, _digest(kind, token), purpose=kind.purpose) is None:
        await look_up(session, kind, token)
        raise InvalidToken
    return user, str(known.email)


def mailed(kind: TokenKind) -> MailedOut:
    """The answer to who asked for a link."""
    return MailedOut(expires_in=int(kind.lifetime.total_seconds()))


def _digest(kind: TokenKind, token: str) -> bytes:
    if workspace_in(token, kind.prefix) != HOUSE:
        raise InvalidToken
    return digest(token)
