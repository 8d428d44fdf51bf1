"""Coming back without a password: a link that signs in, and one that sets a new password."""

from dataclasses import asdict
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.password_rules import check_new_password
from app.access.runtime import Runtime
from app.core.clock import now
from app.core.even_time import even_time
from app.core.events import publish
from app.core.fields import normalise_email
from app.features.accounts.events import (
    LinkRequested,
    MagicLinkRequested,
    PasswordChanged,
    PasswordResetRequested,
    about,
)
from app.features.accounts.limits import MAILED_LINKS
from app.features.accounts.mailed_tokens import issue, look_up, mailed, redeem
from app.features.accounts.schemas import LinkIn, MailedOut, NewPasswordIn
from app.features.accounts.signing_out import sign_out_everywhere
from app.features.accounts.token_kinds import MAGIC_LINK, PASSWORD_RESET, TokenKind
from app.models import HOUSE, User
from app.repositories.spaces import spaces_of
from app.repositories.user_tokens import drop_user_tokens
from app.repositories.users import user_with_email


async def mail_magic_link(runtime: Runtime, body: LinkIn) -> MailedOut:
    """Mail a link that signs in, if the address has an account; nobody is told whether."""
    return await _mail_link(runtime, body, MAGIC_LINK, MagicLinkRequested)


async def mail_password_reset(runtime: Runtime, body: LinkIn) -> MailedOut:
    """Mail a link that sets a new password, if the address has an account; likewise."""
    return await _mail_link(runtime, body, PASSWORD_RESET, PasswordResetRequested)


async def _mail_link(
    runtime: Runtime, body: LinkIn, kind: TokenKind, event: type[LinkRequested]
) -> MailedOut:
    account = normalise_email(body.email)
    await runtime.throttle.hit(account, MAILED_LINKS)
    async with even_time(), runtime.database.writing(HOUSE) as session:
        user = await user_with_email(session, account, lock=True)
        if user:
            issued = await issue(session, runtime.mint, user, kind)
            practice_id = await _practice(session, user, body.workspace_id)
            await publish(session, event(**about(user), **asdict(issued), practice_id=practice_id))
    return mailed(kind)


async def _practice(session: AsyncSession, user: User, wanted: UUID | None) -> UUID | None:
    """The practice asked for, if the person has a place there: mail wears no stranger's looks."""
    if wanted is None:
        return None
    spaces = await spaces_of(session, user.id)
    return wanted if any(space.workspace_id == wanted for space in spaces) else None


async def reset_password(runtime: Runtime, body: NewPasswordIn) -> None:
    """Set a new password by a mailed link, and sign out every device.

    A password that is refused leaves the link as good as it was.
    """
    async with runtime.database.reading() as session:
        link = await look_up(session, PASSWORD_RESET, body.token)
    check_new_password(body.password, email=link.email)
    password_hash = await runtime.passwords.hash(body.password)
    async with runtime.database.writing(HOUSE) as session:
        user, _ = await redeem(session, PASSWORD_RESET, body.token)
        user.password_hash = password_hash
        user.email_verified_at = user.email_verified_at or now()
        await drop_user_tokens(session, user.id)
        await sign_out_everywhere(session, runtime, user.id)
        await publish(session, PasswordChanged(**about(user)))
