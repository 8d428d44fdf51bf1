"""What the two kinds of invitation share: to the portal as a client, to the team as a member."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.password_rules import check_new_password
from app.access.principal import Caller
from app.access.runtime import Runtime
from app.access.sign_in import AccountExists
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.errors import AppError, Conflict, Invalid
from app.core.tokens import digest, workspace_in
from app.models import User
from app.repositories.portal_invites import PortalInviteRepository
from app.repositories.users import add_user, user_with_email


class InviteAccepted(AppError):
    """The invitation was used: sign in instead."""

    status, code, title = 410, "invite_already_accepted", "This invite was accepted already"


class InviteReplaced(AppError):
    """A newer invitation was sent; only the newest link works."""

    status, code, title = 410, "invite_replaced", "A newer invite was sent"


class InviteRevoked(AppError):
    """The practice took the invitation back."""

    status, code, title = 410, "invite_revoked", "This invite was taken back"


class InviteExpired(AppError):
    """The invitation is too old; a fresh one can be had."""

    status, code, title = 410, "invite_expired", "This invite has expired"


class InviteEmailMismatch(Conflict):
    """Signed in with another address than the one that was invited."""

    code, title = "invite_email_mismatch", "This invite is for another e-mail address"


class PasswordMissing(Invalid):
    """A new account needs a password."""

    code, title = "password_required", "Choose a password"


class Unsubscribed(Conflict):
    """The person asked this practice for no more mail."""

    code, title = "unsubscribed", "This address has unsubscribed"


ENDED: Mapping[str, type[AppError]] = {
    "accepted": InviteAccepted,
    "replaced": InviteReplaced,
    "revoked": InviteRevoked,
}
"""What is said of an invitation in each state but `pending`."""


@dataclass(frozen=True, slots=True)
class Link:
    """A token of the right form: the practice it belongs to, and what is stored of it."""

    workspace_id: UUID
    token_hash: bytes

    @classmethod
    def read(cls, token: str, *, prefix: str) -> "Link":
        """Take a token apart; InvalidToken (404) when it never was one of ours."""
        return cls(workspace_in(token, prefix), digest(token))


async def check_writable(session: AsyncSession, workspace_id: UUID, email_norm: str) -> None:
    """Give an address that bounced another chance, and leave in peace whoever asked for that.

    Raises Unsubscribed (409).
    """
    invites = PortalInviteRepository(session, workspace_id)
    match await invites.suppression(email_norm):
        case "bounced":
            await invites.lift_bounce(email_norm)
        case "unsubscribed" | "complained":
            raise Unsubscribed


async def check_invited(session: AsyncSession, email_norm: str, caller: Caller | None) -> None:
    """Refuse whoever is not the person with this address, or has yet to sign in as them.

    Raises InviteEmailMismatch and AccountExists (409).
    """
    account = await user_with_email(session, email_norm)
    if caller and (account is None or account.id != caller.user_id):
        raise InviteEmailMismatch
    if account and not caller:
        raise AccountExists


async def hash_chosen_password(runtime: Runtime, password: str | None, *, email: str) -> str:
    """The hash of a new account's password; raises PasswordMissing and WeakPassword (422)."""
    if password is None:
        raise PasswordMissing
    check_new_password(password, email=email)
    return await runtime.passwords.hash(password)


async def open_account(
    session: AsyncSession,
    *,
    email: str,
    name: str,
    password_hash: str | None,
    time_zone: str,
    locale: str = "en",
) -> User:
    """An account for an invited address; holding the mailed token proves the address.

    Raises AccountExists (409) when somebody was quicker.
    """
    try:
        return await add_user(
            session,
            email=email,
            name=name,
            password_hash=password_hash,
            time_zone=time_zone,
            locale=locale,
            email_verified_at=now(),
        )
    except IntegrityError as error:
        if violated_constraint(error) == "users_email_norm_key":
            raise AccountExists from None
        raise


def masked(email: str) -> str:
    """An address that its owner recognises and nobody else learns: `a•••@example.com`."""
    name, _, domain = email.rpartition("@")
    return f"{name[:1]}•••@{domain}"
