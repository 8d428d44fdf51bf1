"""Signing in: by password, or by a link from one's own mail."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.device import Device
from app.access.runtime import Runtime
from app.access.sign_in import SignedInOut, open_session
from app.core.clock import now
from app.features.accounts.mailed_tokens import redeem
from app.features.accounts.proving import prove_password, still_proven
from app.features.accounts.signing_out import sign_out_everywhere
from app.features.accounts.token_kinds import MAGIC_LINK
from app.models import HOUSE, User
from app.repositories.user_tokens import drop_user_tokens
from app.repositories.users import user_by_id


async def sign_in(runtime: Runtime, *, email: str, password: str, device: Device) -> SignedInOut:
    """Sign in by password, into the space used last; raises InvalidCredentials (401)."""
    proven = await prove_password(runtime, email, password)
    async with runtime.database.writing(HOUSE) as session:
        user = await user_by_id(session, proven.id, lock=True)
        still_proven(user, proven)
        return await open_session(session, runtime, user=user, space=None, device=device)


async def sign_in_by_link(runtime: Runtime, *, token: str, device: Device) -> SignedInOut:
    """Sign in by a mailed link, once. It shows, too, that the address is the person's."""
    async with runtime.database.writing(HOUSE) as session:
        user, _ = await redeem(session, MAGIC_LINK, token)
        if user.email_verified_at is None:
            await _take_over(session, runtime, user)
        return await open_session(session, runtime, user=user, space=None, device=device)


async def _take_over(session: AsyncSession, runtime: Runtime, user: User) -> None:
    """The first proof of an address ends what was set up without one.

    Else somebody could register another's address, wait for its owner to come, and still know
    a password to the owner's account.
    """
    user.email_verified_at = now()
    user.password_hash = None
    await drop_user_tokens(session, user.id)
    await sign_out_everywhere(session, runtime, user.id)
