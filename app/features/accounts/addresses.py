"""Whose address it is: verifying it, and changing it."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.runtime import Runtime
from app.core.clock import now
from app.core.database_errors import violated_constraint
from app.core.errors import Conflict
from app.core.events import publish
from app.core.fields import normalise_email
from app.features.accounts.events import (
    EmailChanged,
    EmailChangeRequested,
    EmailVerificationRequested,
    about,
)
from app.features.accounts.limits import MAILED_LINKS
from app.features.accounts.mailed_tokens import issue, mailed, redeem
from app.features.accounts.proving import prove_again, still_proven
from app.features.accounts.schemas import EmailChangeIn, MailedOut
from app.features.accounts.token_kinds import EMAIL_CHANGE, EMAIL_VERIFICATION
from app.models import HOUSE, User
from app.repositories.user_tokens import drop_user_tokens
from app.repositories.users import user_by_id


class AlreadyVerified(Conflict):
    """The address has been shown to be the person's; there is nothing to mail."""

    code, title = "already_verified", "Your address is verified already"


class EmailUnchanged(Conflict):
    """That is the person's address already."""

    code, title = "email_unchanged", "That is your address already"


class EmailTaken(Conflict):
    """Another account has the address; only said to who reads its mail."""

    code, title = "email_taken", "Another account has this address"


async def ask_to_verify(session: AsyncSession, runtime: Runtime, user: User) -> None:
    """Mail a person, whose row is locked or new, the link that verifies their address."""
    issued = await issue(session, runtime.mint, user, EMAIL_VERIFICATION)
    await runtime.database.enter(session, HOUSE)
    await publish(session, EmailVerificationRequested(**about(user), **asdict(issued)))


async def ask_again_to_verify(runtime: Runtime, user_id: UUID) -> MailedOut:
    """Mail the link again; raises AlreadyVerified (409)."""
    await runtime.throttle.hit(str(user_id), MAILED_LINKS)
    async with runtime.database.writing(HOUSE) as session:
        user = await user_by_id(session, user_id, lock=True)
        if user.email_verified_at:
            raise AlreadyVerified
        await ask_to_verify(session, runtime, user)
    return mailed(EMAIL_VERIFICATION)


async def verify(runtime: Runtime, token: str) -> None:
    """Note that the address is the person's, by a mailed link; it signs nobody in."""
    async with runtime.database.writing(HOUSE) as session:
        user, _ = await redeem(session, EMAIL_VERIFICATION, token)
        user.email_verified_at = user.email_verified_at or now()


async def ask_to_change(runtime: Runtime, user_id: UUID, body: EmailChangeIn) -> MailedOut:
    """Mail a link to the new address, and a notice to the present one.

    Whether another account has the new address is told only to who opens that link.
    """
    proven = await prove_again(runtime, user_id, body.current_password)
    for account in (str(user_id), normalise_email(body.email)):
        await runtime.throttle.hit(account, MAILED_LINKS)
    async with runtime.database.writing(HOUSE) as session:
        user = await user_by_id(session, user_id, lock=True)
        still_proven(user, proven)
        if body.email == user.email:
            raise EmailUnchanged
        issued = await issue(session, runtime.mint, user, EMAIL_CHANGE, email=body.email)
        event = EmailChangeRequested(**about(user), **asdict(issued), new_email=body.email)
        await publish(session, event)
    return mailed(EMAIL_CHANGE)


async def change(runtime: Runtime, token: str) -> None:
    """Give a person the address the link was mailed to; raises EmailTaken (409).

    Links mailed to the old address die.
    """
    async with runtime.database.writing(HOUSE) as session:
        user, new_email = await redeem(session, EMAIL_CHANGE, token)
        old_email = user.email
        await _move(session, user, new_email)
        await drop_user_tokens(session, user.id)
        event = EmailChanged(**about(user), old_email=old_email, new_email=new_email)
        await publish(session, event)


async def _move(session: AsyncSession, user: User, email: str) -> None:
    user.email, user.email_norm = email, normalise_email(email)
    user.email_verified_at = now()
    try:
        await session.flush()
    except IntegrityError as error:
        if violated_constraint(error) == "users_email_norm_key":
            raise EmailTaken from None
        raise
