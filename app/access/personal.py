"""What is the caller's own, in whichever practice they are, or in none yet."""

from collections.abc import AsyncIterator
from typing import Annotated

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.callers import CurrentCaller
from app.access.runtime import RuntimeInApp
from app.access.sessions import SAFE_METHODS
from app.models import HOUSE, User
from app.repositories.users import user_by_id


async def personal_session(
    request: Request, runtime: RuntimeInApp, caller: CurrentCaller
) -> AsyncIterator[AsyncSession]:
    """A reading session for safe methods, else a unit of work; refused beyond the rate limit.

    Idempotency-Keys are not claimed here: changes of one's own account are harmless to repeat,
    and their bodies hold passwords that no fingerprint may be kept of.
    """
    await runtime.principals.hit(str(caller.user_id), request=request)
    safe = request.method in SAFE_METHODS
    async with (runtime.database.reading if safe else runtime.database.writing)(HOUSE) as session:
        yield session


PersonalSession = Annotated[AsyncSession, Depends(personal_session, scope="function")]


async def me(request: Request, session: PersonalSession, caller: CurrentCaller) -> User:
    """The caller's account, locked when the request will change it."""
    return await user_by_id(session, caller.user_id, lock=request.method not in SAFE_METHODS)


Me = Annotated[User, Depends(me)]
