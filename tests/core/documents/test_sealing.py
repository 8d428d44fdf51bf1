"""A seal shows any change; it carries the authority's time, or isn't there."""

import io
import shutil
import subprocess
from datetime import timedelta
from pathlib import Path

import pytest
from pyhanko.pdf_utils.generic import TextStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader

from app.core.clock import now
from app.core.documents.failures import DocumentFailure
from app.core.documents.print_shop import PrintShop
from app.core.documents.seal_keys import (
    SealKey,
    WrongSealKey,
    new_seal_key,
    supplied_seal_key,
)
from app.core.documents.sealing import Timestamper, inspect, is_intact, seal
from tests.core.documents.authority import TestAuthority
from tests.core.documents.strangers_pdf import pages, written

needs_pdfsig = pytest.mark.skipif(
    shutil.which("pdfsig") is None or shutil.which("certutil") is None,
    reason="poppler-utils or libnss3-tools is not installed",
)


@pytest.fixture(scope="module")
def key() -> SealKey:
    return new_seal_key("Okafor Coaching", b"pass", at=now())


async def sealed(shop: PrintShop, key: SealKey, timestamper: Timestamper | None = None) -> bytes:
    reason = "Completed by all parties"
    return await seal(shop, written(pages()), key, reason=reason, timestamper=timestamper)


async def holds(shop: PrintShop, content: bytes, key: SealKey) -> bool:
    return await is_intact(shop, content, [key.authority], at=now())


async def test_what_was_sealed_stays_as_it_was(print_shop: PrintShop, key: SealKey) -> None:
    content = await sealed(print_shop, key)
    assert content.startswith(written(pages()))
    assert await holds(print_shop, content, key)


async def test_a_seal_is_a_pades_signature_that_permits_no_change(
    print_shop: PrintShop, key: SealKey
) -> None:
    reader = PdfFileReader(io.BytesIO(await sealed(print_shop, key)))
    [found] = reader.embedded_signatures
    assert found.sig_object["/SubFilter"] == "/ETSI.CAdES.detached"
    assert found.docmdp_level is not None
    assert found.docmdp_level.name == "NO_CHANGES"


async def test_only_the_authority_named_is_trusted_and_only_while_it_was_valid(
    print_shop: PrintShop, key: SealKey
) -> None:
    content = await sealed(print_shop, key)
    other = new_seal_key("Okafor Coaching", b"pass", at=now())
    assert not await holds(print_shop, content, other)
    before = now() - timedelta(days=3)
    assert not await is_intact(print_shop, content, [key.authority], at=before)


async def test_a_changed_file_is_still_known_to_carry_our_seal(
    print_shop: PrintShop, key: SealKey
) -> None:
    content = await sealed(print_shop, key)
    other = new_seal_key("Okafor Coaching", b"pass", at=now())
    for place in range(7, len(content), len(content) // 40):
        changed = bytearray(content)
        changed[place] ^= 1
        assert (await inspect(print_shop, bytes(changed), [key.certificate])).sealed
    assert not (await inspect(print_shop, content, [other.certificate])).sealed
    assert not (await inspect(print_shop, written(pages()), [key.certificate])).sealed


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7", b"\x00" * 1000])
async def test_what_is_no_pdf_is_neither_sealed_nor_intact(
    print_shop: PrintShop, key: SealKey, junk: bytes
) -> None:
    assert not (await inspect(print_shop, junk, [key.certificate])).sealed
    assert not await holds(print_shop, junk, key)


async def test_a_second_revision_breaks_the_seal(print_shop: PrintShop, key: SealKey) -> None:
    content = await sealed(print_shop, key)
    writer = IncrementalPdfFileWriter(io.BytesIO(content))
    writer.root["/Lang"] = TextStringObject("en")
    writer.update_root()
    later = io.BytesIO()
    writer.write(later)
    assert later.getvalue().startswith(content)
    assert not await holds(print_shop, later.getvalue(), key)
    assert not await holds(print_shop, content + b"\n", key)


async def test_a_timestamp_goes_into_the_seal(print_shop: PrintShop, key: SealKey) -> None:
    authority = TestAuthority()
    content = await sealed(print_shop, key, authority)
    [found] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    assert len(authority.queries) == 1
    [attribute] = found.signer_info["unsigned_attrs"]
    assert attribute["type"].native == "signature_time_stamp_token"
    assert await holds(print_shop, content, key)


async def test_without_the_authority_there_is_no_seal(print_shop: PrintShop, key: SealKey) -> None:
    async def away(_: bytes) -> bytes:
        raise TimeoutError

    with pytest.raises(TimeoutError):
        await sealed(print_shop, key, away)


async def test_a_timestamp_of_something_else_is_refused(
    print_shop: PrintShop, key: SealKey
) -> None:
    authority, kept = TestAuthority(), list[bytes]()

    async def replaying(query: bytes) -> bytes:
        kept.append(await authority(query))
        return kept[0]

    async def rubbish(_: bytes) -> bytes:
        return b"not DER"

    await sealed(print_shop, key, replaying)
    for timestamper in (replaying, rubbish):
        with pytest.raises(DocumentFailure) as failure:
            await sealed(print_shop, key, timestamper)
        assert failure.value.code == "timestamp_refused"


def test_a_supplied_key_is_read_and_others_are_told_apart(key: SealKey) -> None:
    assert supplied_seal_key(key.pkcs12, b"pass") == key
    for content, passphrase in ((key.pkcs12, b"wrong"), (b"no key", b"")):
        with pytest.raises(WrongSealKey, match="passphrase"):
            supplied_seal_key(content, passphrase)


def test_a_key_does_not_show_in_logs(key: SealKey) -> None:
    assert "pkcs12" not in repr(key)
    assert "passphrase" not in repr(key)


@needs_pdfsig
@pytest.mark.parametrize("stamped", [False, True])
async def test_an_independent_reader_agrees(
    print_shop: PrintShop, key: SealKey, tmp_path: Path, *, stamped: bool
) -> None:
    content = await sealed(print_shop, key, TestAuthority() if stamped else None)
    told = pdfsig(content, key.authority, tmp_path)
    assert "Signature is Valid." in told
    assert "Certificate is Trusted." in told
    assert "Total document signed" in told
    assert "ETSI.CAdES.detached" in told
    changed = content.replace(b"/MediaBox", b"/MediaBux", 1)
    assert "Signature is Valid." not in pdfsig(changed, key.authority, tmp_path)


def pdfsig(content: bytes, authority: str, folder: Path) -> str:
    """What poppler says of a file, trusting this authority (PEM)."""
    store = folder / "nss"
    if not store.exists():
        store.mkdir()
        (folder / "authority.pem").write_text(authority)
        trust = ["certutil", "-d", f"sql:{store}"]
        subprocess.run([*trust, "-N", "--empty-password"], check=True)
        certificate = ["-n", "authority", "-t", "CT,C,C", "-i", str(folder / "authority.pem")]
        subprocess.run([*trust, "-A", *certificate], check=True)
    (folder / "sealed.pdf").write_bytes(content)
    found = subprocess.run(
        ["pdfsig", "-nssdir", f"sql:{store}", str(folder / "sealed.pdf")],
        capture_output=True,
        check=False,
    )
    return found.stdout.decode()
