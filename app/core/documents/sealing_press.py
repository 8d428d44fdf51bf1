"""Sealing and checking, with pyHanko; runs in a press."""

import asyncio
import hashlib
import io
import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

import pikepdf
from asn1crypto import cms, pem, tsp, x509
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import MDPPerm, SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.general import simple_cms_attribute
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner, SimpleSigner
from pyhanko.sign.timestamps import TimeStamper
from pyhanko.sign.validation import async_validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

from app.core.documents.failures import DocumentFailure
from app.core.documents.finishing_press import TRAIL

FIELD = "Seal"
DIGEST = "sha256"
ROOM = 24_576
"""Bytes kept free for a seal that gets a timestamp, which brings its own certificates."""

ODD_BYTES = 64
"""The last bytes of a key, or a signature, are like no other's."""

LARGEST_TRAIL = 5_000_000

Made = tuple[Any, list[bytes]]


def seal(question: dict[str, Any], blobs: Sequence[bytes]) -> Made:
    """Answers the sealed document, and the request for its timestamp where one is wanted."""
    pdf, pkcs12, passphrase = blobs
    signer = SimpleSigner.load_pkcs12_data(pkcs12, other_certs=[], passphrase=passphrase or None)
    metadata = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm=DIGEST,
        subfilter=SigSeedSubFilter.PADES,
        reason=question["reason"],
        certify=True,
        docmdp_permissions=MDPPerm.NO_CHANGES,
    )
    sealed = PdfSigner(metadata, signer=signer, new_field_spec=SigFieldSpec(FIELD)).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(pdf)),
        bytes_reserved=ROOM if question["timestamp"] else None,
    )
    content: bytes = sealed.getvalue()
    return None, [content, _query(content)] if question["timestamp"] else [content]


def _query(sealed: bytes) -> bytes:
    """A request for a timestamp of the signature's value (RFC 3161; RFC 5652, 11.4)."""
    _, query = TimeStamper().request_cms(_imprint(_only_seal(sealed)), DIGEST)
    return bytes(query.dump())


def _only_seal(pdf: bytes) -> EmbeddedPdfSignature:
    found: EmbeddedPdfSignature
    (found,) = PdfFileReader(io.BytesIO(pdf)).embedded_signatures
    return found


def _imprint(seal: EmbeddedPdfSignature) -> bytes:
    return hashlib.sha256(seal.signer_info["signature"].native).digest()


def add_timestamp(_: None, blobs: Sequence[bytes]) -> Made:
    """Put a timestamp beside the signature, in the room that was kept for it."""
    sealed, query, response = blobs
    seal = _only_seal(sealed)
    content = cms.ContentInfo.load(seal.pkcs7_content)
    (signer,) = content["content"]["signer_infos"]
    token = _token(query, response, imprint=_imprint(seal))
    attribute = simple_cms_attribute("signature_time_stamp_token", token)
    signer["unsigned_attrs"] = cms.CMSAttributes([attribute])
    return None, [_with_contents(sealed, seal, content.dump(force=True))]


def _token(query: bytes, response: bytes, *, imprint: bytes) -> cms.ContentInfo:
    try:
        answer = tsp.TimeStampResp.load(response)
        status = answer["status"]["status"].native
        token = answer["time_stamp_token"]
        info = token["content"]["encap_content_info"]["content"].parsed
        stamped = info["message_imprint"]["hashed_message"].native
        nonces = info["nonce"].native, tsp.TimeStampReq.load(query)["nonce"].native
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise _refused("It can't be read.") from error
    if status not in {"granted", "granted_with_mods"}:
        raise _refused(f"Its status is {status}.")
    if stamped != imprint or nonces[0] != nonces[1]:
        raise _refused("It is about something else.")
    return token


def _refused(why: str) -> DocumentFailure:
    return DocumentFailure("timestamp_refused", f"The timestamp is of no use. {why}")


def _with_contents(sealed: bytes, seal: EmbeddedPdfSignature, content: bytes) -> bytes:
    """The file with other bytes in the gap of its signature, which nothing covers."""
    _, start, end, _ = (int(number) for number in seal.byte_range)
    room = end - start - 2
    written = content.hex().encode().ljust(room, b"0")
    if len(written) > room:
        raise _refused("It is too large.")
    return sealed[: start + 1] + written + sealed[end - 1 :]


def inspect(question: dict[str, Any], blobs: Sequence[bytes]) -> Made:
    """What a file says of itself, as `sealing.inspect` tells."""
    (pdf,) = blobs
    sealed = _has_certificate(pdf, question["certificates"])
    return {"sealed": sealed, "trail": _trail(pdf) if sealed else None}, []


def _has_certificate(pdf: bytes, certificates: Sequence[str]) -> bool:
    """Whether it holds one of these as PDF writes them, in hexadecimal; parsing is not needed."""
    searched = pdf.lower()
    return any(
        piece in searched
        for one in certificates
        for piece in _pieces(x509.Certificate.load(_der(one)))
    )


def _pieces(certificate: x509.Certificate) -> list[bytes]:
    """What no other certificate has: halves of its key and of its issuer's signature."""
    own = (certificate.public_key.dump()[-ODD_BYTES:], certificate.signature[-ODD_BYTES:])
    written = [part.hex().encode() for part in own]
    return [part[start : start + ODD_BYTES] for part in written for start in (0, ODD_BYTES)]


def _der(certificate: str) -> bytes:
    return bytes(pem.unarmor(certificate.encode())[2])


def _trail(pdf: bytes) -> Any:
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            attached = opened.attachments[TRAIL].get_file().read_bytes()
        return json.loads(attached) if len(attached) <= LARGEST_TRAIL else None
    except Exception:  # noqa: BLE001 - whatever is wrong with a stranger's file: it has no trail
        return None


def is_intact(question: dict[str, Any], blobs: Sequence[bytes]) -> Made:
    """Whether the one seal holds, as `sealing.is_intact` tells."""
    authorities = [x509.Certificate.load(_der(one)) for one in question["authorities"]]
    context = ValidationContext(
        trust_roots=authorities,
        allow_fetching=False,
        moment=datetime.fromtimestamp(question["at"], UTC),
    )
    try:
        return asyncio.run(_holds(_only_seal(blobs[0]), context)), []
    except Exception:  # noqa: BLE001 - whatever pyHanko can't read is not intact
        return False, []


async def _holds(seal: EmbeddedPdfSignature, context: ValidationContext) -> bool:
    status = await async_validate_pdf_signature(seal, signer_validation_context=context)
    whole = status.coverage == SignatureCoverageLevel.ENTIRE_FILE
    sound = bool(status.intact and status.valid and status.trusted)
    return sound and whole and bool(status.docmdp_ok)
