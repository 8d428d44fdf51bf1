"""Passwords: Argon2id in a thread, four at a time, so that hashing never holds the event loop."""

import asyncio

from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

HASHES_AT_ONCE = 4
MEMORY_KIB, PASSES, LANES = 19_456, 2, 1


class Passwords:
    """Hashes and checks passwords with OWASP's Argon2id parameters (19 MiB, 2 passes)."""

    def __init__(self) -> None:
        """Prepare the hasher and its limiter."""
        self._hasher = PasswordHash(
            [Argon2Hasher(memory_cost=MEMORY_KIB, time_cost=PASSES, parallelism=LANES)]
        )
        self._limiter = asyncio.Semaphore(HASHES_AT_ONCE)
        self._decoy: str | None = None

    async def hash(self, password: str) -> str:
        """The encoded hash to store."""
        async with self._limiter:
            return await asyncio.to_thread(self._hasher.hash, password)

    async def matches(self, password: str, stored: str | None) -> bool:
        """Whether the password is the stored one.

        Without a stored hash it is False after the same work, so that the time taken doesn't
        tell whether the account exists.
        """
        if stored is None:
            await self._check(password, await self._decoy_hash())
            return False
        return await self._check(password, stored)

    async def _check(self, password: str, stored: str) -> bool:
        async with self._limiter:
            return await asyncio.to_thread(self._hasher.verify, password, stored)

    async def _decoy_hash(self) -> str:
        if self._decoy is None:
            self._decoy = await self.hash("a password nobody has")
        return self._decoy
