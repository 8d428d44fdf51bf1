"""Machines of one installation seal with one key, and none is forgotten."""

import asyncio
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.core.clock import now
from app.core.db import Database
from app.core.documents.key_store import SealKeys
from app.core.documents.seal_keys import new_seal_key
from app.settings import Settings, SettingsError

SHARED = SecretStr("one secret that all machines of it share")


async def test_machines_that_start_at_once_agree(fresh_database: Database, tmp_path: Path):
    machines = [
        SealKeys(fresh_database, Settings(data_dir=tmp_path / str(n), secret_key=SHARED))
        for n in range(8)
    ]

    keys = await asyncio.gather(*(machine.current() for machine in machines))

    assert len({key.fingerprint for key in keys}) == 1
    assert len(await machines[0].certificates()) == 1


async def test_a_machine_with_another_secret_has_its_own_key_and_all_are_known(
    fresh_database: Database, tmp_path: Path
):
    ours = SealKeys(fresh_database, Settings(data_dir=tmp_path / "a"))
    theirs = SealKeys(fresh_database, Settings(data_dir=tmp_path / "b"))

    mine, other = await ours.current(), await theirs.current()

    assert mine.fingerprint != other.fingerprint
    known = [row.fingerprint for row in await ours.certificates()]
    assert known == [mine.fingerprint, other.fingerprint]


async def test_a_dump_of_the_database_does_not_unlock_the_key(
    fresh_database: Database, tmp_path: Path
):
    settings = Settings(data_dir=tmp_path, secret_key=SHARED)
    key = await SealKeys(fresh_database, settings).current()
    [row] = await SealKeys(fresh_database, settings).certificates()

    assert row.pkcs12 == key.pkcs12
    assert key.passphrase not in row.pkcs12
    assert row.secret_mark
    assert row.secret_mark.encode() != key.passphrase


async def test_a_supplied_key_replaces_the_one_made_before(
    fresh_database: Database, tmp_path: Path
):
    made = await SealKeys(fresh_database, Settings(data_dir=tmp_path)).current()
    supplied = new_seal_key("Okafor Coaching", b"pass", at=now())
    (tmp_path / "seal.p12").write_bytes(supplied.pkcs12)
    settings = Settings(
        data_dir=tmp_path, seal_file=tmp_path / "seal.p12", seal_passphrase=SecretStr("pass")
    )

    keys = SealKeys(fresh_database, settings)

    assert (await keys.current()).fingerprint == supplied.fingerprint
    rows = await keys.certificates()
    assert {row.fingerprint for row in rows} == {made.fingerprint, supplied.fingerprint}
    assert [row.pkcs12 for row in rows if row.fingerprint == supplied.fingerprint] == [None]


@pytest.mark.parametrize(
    ("content", "told"), [(b"no key", "PKCS#12"), (None, "No such file or directory")]
)
def test_a_file_without_a_key_is_told_in_one_line(tmp_path: Path, content: bytes | None, told: str):
    if content is not None:
        (tmp_path / "seal.p12").write_bytes(content)
    settings = Settings(data_dir=tmp_path, seal_file=tmp_path / "seal.p12")
    database = Database.connect("postgresql+asyncpg://nowhere/none", size=1)

    with pytest.raises(SettingsError, match="ATRIUM_SEAL_FILE") as failure:
        SealKeys(database, settings)

    assert told in str(failure.value)
