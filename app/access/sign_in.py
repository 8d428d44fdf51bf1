"""Signing a person in: a session on their device, bound to one space, and its tokens."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.device import REFRESH_DAYS, Device
from app.access.principal import Caller, Role, Space
from app.access.runtime import Runtime
from app.access.tokens import LIFETIME_SECONDS
from app.core.clock import now
from app.core.errors import Conflict
from app.core.fields import Out
from app.core.tokens import digest, new_secret
from app.models import LoginSession, User
from app.repositories.login_sessions import open_login_session
from app.repositories.spaces import SpaceRow, client_seen, spaces_of

REFRESH_PREFIX = "rft"
REFRESH_LIFETIME = timedelta(days=REFRESH_DAYS)


class AccountExists(Conflict):
    """The address has an account: sign in to it first."""

    code, title = "account_exists", "You have an account already: sign in first"


class UserOut(Out):
    """A person with an account. `photo_etag` is null without a photo (`GET /v1/me/photo`)."""

    id: UUID
    email: str
    email_verified: bool
    has_password: bool
    name: str
    time_zone: str
    locale: str
    photo_etag: str | None
    version: int
    created_at: datetime
    updated_at: datetime


class SpaceOut(Out):
    """A person's place in one practice; `contact_id` is set where they are a client."""

    workspace_id: UUID
    workspace_name: str
    role: Role
    contact_id: UUID | None


class SignedInOut(Out):
    """Tokens for one space, and the spaces one may switch to, the one used last first.

    `expires_in` is the access token's life in seconds. `refresh_token` is null when it went
    into the cookie, and when the one the device holds stays valid.
    """

    access_token: str
    token_type: Literal["bearer"]
    expires_in: int
    refresh_token: str | None
    user: UserOut
    space: SpaceOut | None
    spaces: list[SpaceOut]


async def open_session(
    session: AsyncSession, runtime: Runtime, *, user: User, space: Space | None, device: Device
) -> SignedInOut:
    """Sign a person in on a device, in this unit of work; the answer holds the tokens.

    `space` None means the one they used last, else their oldest. Under row-level security the
    session is scoped to that space's practice afterwards.
    """
    await session.flush()
    spaces = await spaces_of(session, user.id)
    space = space or first_space(spaces)
    refresh_token = new_secret(REFRESH_PREFIX)
    sign_in = _login_session(user, space, device)
    await open_login_session(session, sign_in, token_hash=digest(refresh_token))
    await note_visit(session, runtime, space)
    caller = Caller(user_id=user.id, session_id=sign_in.id, space=space)
    return signed_in(
        runtime, caller, user=user, spaces=spaces, refresh_token=device.hand_over(refresh_token)
    )


def _login_session(user: User, space: Space | None, device: Device) -> LoginSession:
    at = now()
    return LoginSession(
        user_id=user.id,
        workspace_id=space.workspace_id if space else None,
        side=space.side if space else None,
        user_agent=device.user_agent,
        ip=device.ip,
        last_used_at=at,
        expires_at=at + REFRESH_LIFETIME,
    )


def signed_in(
    runtime: Runtime,
    caller: Caller,
    *,
    user: User,
    spaces: Sequence[SpaceRow],
    refresh_token: str | None,
) -> SignedInOut:
    """The answer to every kind of sign-in, with a fresh access token for the caller's space."""
    space, all_spaces = spaces_out(spaces, caller.space)
    return SignedInOut(
        access_token=runtime.access_tokens.issue(caller),
        token_type="bearer",  # noqa: S106 - the name of a scheme (RFC 6750), not a secret
        expires_in=LIFETIME_SECONDS,
        refresh_token=refresh_token,
        user=user_out(user),
        space=space,
        spaces=all_spaces,
    )


async def note_visit(session: AsyncSession, runtime: Runtime, space: Space | None) -> None:
    """Note on a client's contact that they are here."""
    if space and space.contact_id:
        await runtime.database.enter(session, space.workspace_id)
        await client_seen(session, workspace_id=space.workspace_id, contact_id=space.contact_id)


def user_out(user: User) -> UserOut:
    """A person as the API tells of them to themselves."""
    return UserOut(
        id=user.id,
        email=user.email,
        email_verified=user.email_verified_at is not None,
        has_password=user.password_hash is not None,
        name=user.name,
        time_zone=user.time_zone,
        locale=user.locale,
        photo_etag=user.photo_etag,
        version=user.version,
        created_at=user.created_at,
        updated_at=user.updated_at,
    )


def first_space(spaces: Sequence[SpaceRow]) -> Space | None:
    """The space a sign-in begins in; None for a person without one."""
    return space_of(spaces[0]) if spaces else None


def space_of(row: SpaceRow) -> Space:
    """A space as callers carry it."""
    return Space(
        workspace_id=row.workspace_id,
        role=row.role,
        member_id=row.member_id,
        contact_id=row.contact_id,
    )


def spaces_out(
    spaces: Sequence[SpaceRow], current: Space | None
) -> tuple[SpaceOut | None, list[SpaceOut]]:
    """A person's spaces as the API tells of them: the current one, if it is open, and all."""
    answers = [SpaceOut.model_validate(row) for row in spaces]
    there = [out for row, out in zip(spaces, answers, strict=True) if space_of(row) == current]
    return (there[0] if there else None), answers
