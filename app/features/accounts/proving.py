"""Proving who one is by a password, slowly enough for those who guess."""

from uuid import UUID

from app.access.runtime import Runtime
from app.core.errors import Forbidden, Invalid, Unauthorized
from app.core.fields import normalise_email
from app.features.accounts.limits import WRONG_PASSWORDS
from app.models import User
from app.repositories.users import user_by_id, user_with_email


class InvalidCredentials(Unauthorized):
    """The address is unknown, or the password is wrong; which of them is nobody's business."""

    status, code, title = 401, "invalid_credentials", "E-mail or password is wrong"


class WrongPassword(Forbidden):
    """The person is signed in, and `current_password` is not theirs."""

    code, title = "wrong_password", "The password is wrong"


class PasswordRequired(Invalid):
    """For this the person gives their password once more."""

    code, title = "current_password_required", "Give your password"


async def account_of(runtime: Runtime, email: str) -> User | None:
    """The person with this address, as they are now."""
    async with runtime.database.reading() as session:
        return await user_with_email(session, normalise_email(email))


async def prove_password(runtime: Runtime, email: str, password: str) -> User:
    """The person whose password this is, as they were a moment ago; raises InvalidCredentials.

    Hashing takes no connection and no lock, and as long for an unknown address as for a known
    one. Only wrong passwords count against the account (429 after some).
    """
    account = normalise_email(email)
    await runtime.throttle.hit(account, WRONG_PASSWORDS)
    user = await account_of(runtime, email)
    right = await runtime.passwords.matches(password, user.password_hash if user else None)
    if user is None or not right:
        raise InvalidCredentials
    await runtime.throttle.give_back(account, WRONG_PASSWORDS)
    return user


async def prove_again(runtime: Runtime, user_id: UUID, password: str | None) -> User:
    """The person, who is signed in and gives the password once more.

    Raises WrongPassword (403), and PasswordRequired (422) when they have one and didn't.
    """
    async with runtime.database.reading() as session:
        user = await user_by_id(session, user_id)
    if password is None:
        if user.password_hash is not None:
            raise PasswordRequired
        return user
    try:
        return await prove_password(runtime, user.email, password)
    except InvalidCredentials:
        raise WrongPassword from None


def still_proven(user: User, proven: User) -> None:
    """Refuse when the password was changed between the proof and now; `user` is locked."""
    if user.password_hash != proven.password_hash:
        raise InvalidCredentials
