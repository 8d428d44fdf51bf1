"""What people say about themselves."""

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Caller
from app.access.sign_in import spaces_out, user_out
from app.core.fields import changes
from app.features.accounts.schemas import MeChangeIn, MeOut
from app.models import User
from app.repositories.spaces import spaces_of


async def me_out(session: AsyncSession, user: User, caller: Caller) -> MeOut:
    """The caller, with the spaces of theirs."""
    space, spaces = spaces_out(await spaces_of(session, user.id), caller.space)
    return MeOut(**user_out(user).model_dump(), space=space, spaces=spaces)


async def change_me(session: AsyncSession, user: User, caller: Caller, body: MeChangeIn) -> MeOut:
    """Change what was sent, and leave the rest."""
    for name, value in changes(body).items():
        setattr(user, name, value)
    await session.flush()
    return await me_out(session, user, caller)
