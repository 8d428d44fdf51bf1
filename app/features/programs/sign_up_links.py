"""What a sign-up's mailed link stands for, and why it may not work any more."""

from collections.abc import Mapping
from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.invitations import Link
from app.core.clock import now
from app.core.errors import AppError, Conflict
from app.core.tokens import InvalidToken
from app.models import Program, SignUp
from app.repositories.programs import ProgramCard
from app.repositories.sign_ups import SignUpRepository

PREFIX = "psu"
LIFETIME = timedelta(days=3)


class SignUpConfirmed(AppError):
    """The link has done its work: sign in instead."""

    status, code, title = 410, "sign_up_confirmed", "This sign-up was confirmed already"


class SignUpReplaced(AppError):
    """The person signed up again; only the newest link works."""

    status, code, title = 410, "sign_up_replaced", "A newer link was sent"


class SignUpExpired(AppError):
    """The link is too old: sign up again."""

    status, code, title = 410, "sign_up_expired", "This link has expired"


class SignUpClosed(Conflict):
    """The program takes nobody who comes by themselves, or nobody any more."""

    code, title = "sign_up_closed", "One can't sign up to this program"


ENDED: Mapping[str, type[AppError]] = {
    "confirmed": SignUpConfirmed,
    "replaced": SignUpReplaced,
}


async def valid_sign_up(session: AsyncSession, link: Link) -> tuple[SignUp, Program]:
    """The sign-up behind a link that works, and its program, which is still open.

    Raises InvalidToken (404), SignUpConfirmed, SignUpReplaced, SignUpExpired (410) and
    SignUpClosed (409).
    """
    found = await SignUpRepository(session, link.workspace_id).with_token(link.token_hash)
    if found is None:
        raise InvalidToken
    sign_up, program = found
    if sign_up.state in ENDED:
        raise ENDED[sign_up.state]
    if sign_up.expires_at <= now():
        raise SignUpExpired
    if not is_open(program):
        raise SignUpClosed
    return sign_up, program


def is_open(program: Program | ProgramCard) -> bool:
    """Whether anybody may sign up by themselves."""
    return bool(program.status == "published" and program.enrollment_mode == "sign_up")
