"""Which key this installation seals with, and which it ever sealed with.

Processes that share a database and a secret key share the seal without further ado: whoever needs
it first makes it, and keeps it in the database, locked with what is derived from the secret key.
"""

import asyncio
import hashlib
import hmac

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import now
from app.core.db import Database
from app.core.documents.seal_keys import (
    SealKey,
    WrongSealKey,
    new_seal_key,
    supplied_seal_key,
)
from app.core.keys import secret_key
from app.models import SealRecord
from app.settings import Settings, SettingsError


class SealKeys:
    """The keys of one installation."""

    def __init__(self, database: Database, settings: Settings) -> None:
        """Read them from this database when they are needed, the supplied one from its file now.

        Raises SettingsError for a file without a key.
        """
        secret = secret_key(settings)
        self._database = database
        self._organisation = settings.seal_name
        self._passphrase = _derived(secret, b"seal passphrase")
        self._mark = _derived(secret, b"seal mark").decode()
        self._supplied = _supplied(settings)
        self._current: SealKey | None = None

    async def current(self) -> SealKey:
        """The key to seal with; made when there is none yet."""
        if self._current is None:
            async with self._database.writing() as session:
                self._current = await self._found_or_made(session)
        return self._current

    async def certificates(self) -> list[SealRecord]:
        """The certificates of all keys there ever were, the oldest first; one at least."""
        await self.current()
        async with self._database.reading() as session:
            return list(await session.scalars(select(SealRecord).order_by(SealRecord.id)))

    async def _found_or_made(self, session: AsyncSession) -> SealKey:
        if self._supplied:
            await _keep(session, self._supplied)
            return self._supplied
        kept = await self._kept(session)
        if kept:
            return kept
        made = await asyncio.to_thread(new_seal_key, self._organisation, self._passphrase, at=now())
        await _keep(session, made, mark=self._mark)
        return await self._kept(session) or made  # another process may have been first

    async def _kept(self, session: AsyncSession) -> SealKey | None:
        row = await session.scalar(select(SealRecord).where(SealRecord.secret_mark == self._mark))
        if row is None or row.pkcs12 is None:
            return None
        return SealKey(row.pkcs12, self._passphrase, row.certificate, row.authority)


async def _keep(session: AsyncSession, key: SealKey, *, mark: str | None = None) -> None:
    row = {
        "fingerprint": key.fingerprint,
        "certificate": key.certificate,
        "authority": key.authority,
        "pkcs12": key.pkcs12 if mark else None,
        "secret_mark": mark,
    }
    await session.execute(insert(SealRecord).values(row).on_conflict_do_nothing())


def _derived(secret: bytes, purpose: bytes) -> bytes:
    return hmac.digest(secret, purpose, hashlib.sha256).hex().encode()


def _supplied(settings: Settings) -> SealKey | None:
    if settings.seal_file is None:
        return None
    passphrase = settings.seal_passphrase.get_secret_value() if settings.seal_passphrase else ""
    try:
        return supplied_seal_key(settings.seal_file.read_bytes(), passphrase.encode())
    except OSError as error:
        problem = f"can't read {settings.seal_file}: {error.strerror}"
    except WrongSealKey as error:
        problem = f"{settings.seal_file} {error}"
    raise SettingsError(f"ATRIUM_SEAL_FILE: {problem}")
