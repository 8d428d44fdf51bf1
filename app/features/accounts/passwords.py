"""Changing one's password."""

from app.access.password_rules import check_new_password
from app.access.principal import Caller
from app.access.runtime import Runtime
from app.core.events import publish
from app.features.accounts.events import PasswordChanged, about
from app.features.accounts.proving import prove_again, still_proven
from app.features.accounts.schemas import PasswordChangeIn
from app.features.accounts.signing_out import sign_out_others
from app.models import HOUSE
from app.repositories.user_tokens import drop_user_tokens
from app.repositories.users import user_by_id


async def change_password(runtime: Runtime, caller: Caller, body: PasswordChangeIn) -> None:
    """Replace the caller's password, and sign out their other devices.

    Raises WrongPassword (403) and WeakPassword (422). Who has no password yet gets one by
    resetting it: that shows that the address is theirs.
    """
    proven = await prove_again(runtime, caller.user_id, body.current_password)
    check_new_password(body.new_password, email=proven.email, pointer="/new_password")
    password_hash = await runtime.passwords.hash(body.new_password)
    async with runtime.database.writing(HOUSE) as session:
        user = await user_by_id(session, caller.user_id, lock=True)
        still_proven(user, proven)
        user.password_hash = password_hash
        await drop_user_tokens(session, user.id)
        await sign_out_others(session, runtime, caller)
        await publish(session, PasswordChanged(**about(user)))
