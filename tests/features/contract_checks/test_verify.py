"""Anybody can check a copy: only what was sealed, to the byte, is authentic."""

import hashlib
import io
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import httpx
import pikepdf
import pytest
from pyhanko.pdf_utils.reader import PdfFileReader

from app.core.db import Database
from app.models import Contract
from tests.core.documents.papers import page_texts
from tests.core.documents.strangers_pdf import pages, written
from tests.core.documents.test_sealing import needs_pdfsig, pdfsig
from tests.features.contract_checks.completed import (
    AUTHORITIES,
    VERIFY,
    check,
    completed,
)
from tests.make import Make
from tests.post_office import PostOffice

FLIPS = 100


async def test_the_untouched_copy_is_authentic_and_says_whose_it_is(
    make: Make, post_office: PostOffice, http: httpx.AsyncClient
):
    made = await completed(make, post_office)

    told = await check(http, made.content)

    assert told["result"] == "authentic"
    assert told["sha256"] == hashlib.sha256(made.content).hexdigest()
    assert told["contract"]["id"] == made.contract["id"]
    assert told["contract"]["title"] == made.contract["title"]
    assert len(told["contract"]["signers"]) == 2
    assert all("***" in name for name in told["contract"]["signers"])


async def test_no_flipped_byte_is_authentic(
    make: Make, post_office: PostOffice, http: httpx.AsyncClient
):
    made = await completed(make, post_office)
    results: set[str] = set()

    for place in places(made.content):
        changed = bytearray(made.content)
        changed[place] ^= 1
        results.add((await check(http, bytes(changed)))["result"])

    assert results == {"tampered"}


def places(content: bytes) -> Iterator[int]:
    """Bytes all over the file, and more of them in the seal and the zeros after it."""
    yield from range(3, len(content), len(content) // FLIPS)
    [seal] = PdfFileReader(io.BytesIO(content)).embedded_signatures
    _, start, end, _ = (int(number) for number in seal.byte_range)
    yield from (start, start + 1, end - 2, end - 1, len(content) - 1)
    yield from range(end - 200, end - 2, 40)


async def test_appended_bytes_and_another_revision_are_tampering(
    make: Make, post_office: PostOffice, http: httpx.AsyncClient
):
    made = await completed(make, post_office)

    for more in (b"\n", b"%%EOF\n", b"\x00" * 100):
        assert (await check(http, made.content + more))["result"] == "tampered"


async def test_a_copy_without_its_seal_is_never_authentic(
    make: Make, post_office: PostOffice, http: httpx.AsyncClient
):
    made = await completed(make, post_office)
    with pikepdf.open(io.BytesIO(made.content)) as pdf:
        del pdf.Root.AcroForm
        del pdf.Root.Perms
        del pdf.pages[0].Annots
        rewritten = written(pdf)
    [seal] = PdfFileReader(io.BytesIO(made.content)).embedded_signatures
    before = made.content[: made.content.rindex(b"%%EOF", 0, seal.byte_range[1]) + 6]

    assert (await check(http, rewritten))["result"] == "unknown"
    assert (await check(http, before))["result"] == "unknown"


@pytest.mark.parametrize("content", [b"", b"hello", b"%PDF-1.7\n", b"\xff" * 5000])
async def test_what_is_no_contract_of_ours_is_unknown(http: httpx.AsyncClient, content: bytes):
    told = await check(http, content)
    assert (told["result"], told["contract"]) == ("unknown", None)


async def test_a_strangers_pdf_is_unknown(http: httpx.AsyncClient):
    assert (await check(http, written(pages())))["result"] == "unknown"


async def test_a_digest_that_was_changed_in_the_database_is_found_out(
    make: Make, post_office: PostOffice, http: httpx.AsyncClient, database: Database
):
    made = await completed(make, post_office)
    forged = made.content + b"\n"
    async with database.writing(made.coach.workspace_id) as session:
        contract = await session.get_one(
            Contract, (made.coach.workspace_id, UUID(made.contract["id"]))
        )
        contract.sealed_sha256 = hashlib.sha256(forged).hexdigest()

    assert (await check(http, forged))["result"] == "tampered"


async def test_a_form_works_like_a_body(
    make: Make, post_office: PostOffice, http: httpx.AsyncClient
):
    made = await completed(make, post_office)
    answer = await http.post(VERIFY, files={"file": ("Agreement.pdf", made.content)})
    assert answer.json()["result"] == "authentic"


@needs_pdfsig
async def test_an_independent_reader_that_trusts_our_authority_agrees(
    make: Make, post_office: PostOffice, http: httpx.AsyncClient, tmp_path: Path
):
    made = await completed(make, post_office)
    authorities = (await http.get(AUTHORITIES)).text

    told = pdfsig(made.content, authorities, tmp_path)

    assert "Signature is Valid." in told
    assert "Certificate is Trusted." in told


async def test_the_completed_document_shows_what_was_signed(make: Make, post_office: PostOffice):
    made = await completed(make, post_office)
    first, *_, certificate = page_texts(made.content)

    assert "Ada Lovelace" in first
    assert made.contract["document_sha256"][:32] in "".join(certificate.split())
    assert made.client.email in certificate
    assert "Agreed to sign electronically" in certificate
