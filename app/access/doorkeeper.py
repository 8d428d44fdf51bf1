"""Lets callers in: their token must be genuine, and their session must still stand."""

import time
from uuid import UUID

from app.access.principal import Caller
from app.access.tokens import AccessTokens, InvalidAccessToken
from app.core.db import Database
from app.repositories.sign_ins import session_stands

REMEMBER_SECONDS = 5.0
MOST_REMEMBERED = 10_000


class Doorkeeper:
    """Verifies tokens and sessions; an admitted token is not asked again for five seconds.

    So a revoked session, a removed member or a client whose access was disabled is out at
    once in this process, and after five seconds at most in any other.
    """

    def __init__(self, tokens: AccessTokens, database: Database) -> None:
        """Use these to check whoever knocks."""
        self._tokens = tokens
        self._database = database
        self._admitted: dict[str, tuple[float, Caller]] = {}
        self._times_forgotten = 0

    async def admit(self, token: str) -> Caller:
        """The caller behind a bearer token; raises InvalidAccessToken."""
        remembered = self._admitted.get(token)
        if remembered and remembered[0] > time.monotonic():
            return remembered[1]
        caller = self._tokens.verify(token)
        times_forgotten = self._times_forgotten
        if not await self._stands(caller):
            self._admitted.pop(token, None)
            raise InvalidAccessToken
        if times_forgotten == self._times_forgotten:  # else what was just read may be over
            self._remember(token, caller)
        return caller

    def forget(self, user_id: UUID) -> None:
        """Ask again about this person at their next request."""
        self._times_forgotten += 1
        self._admitted = {
            token: entry for token, entry in self._admitted.items() if entry[1].user_id != user_id
        }

    async def _stands(self, caller: Caller) -> bool:
        async with self._database.reading() as session:
            return await session_stands(
                session,
                session_id=caller.session_id,
                user_id=caller.user_id,
                workspace_id=caller.space.workspace_id if caller.space else None,
                role=caller.space.role if caller.space else None,
            )

    def _remember(self, token: str, caller: Caller) -> None:
        if len(self._admitted) >= MOST_REMEMBERED:
            self._admitted.clear()
        self._admitted[token] = (time.monotonic() + REMEMBER_SECONDS, caller)
