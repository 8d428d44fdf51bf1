"""Whether a file is what was sealed: equal to the byte, and its seal intact."""

import hashlib
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from fastapi import Request

from app.access.runtime import Runtime
from app.core.arriving import arriving_file
from app.core.clock import now
from app.core.documents.failures import DocumentFailure
from app.core.documents.sealing import Inspection, inspect, is_intact
from app.core.http_errors import BodyTooLarge
from app.features.contract_checks.schemas import CheckedContract, CheckOut
from app.models import SealRecord
from app.repositories.sealed_contracts import SealedContract, sealed_contract

LARGEST_COPY = 50 * 1024 * 1024


async def check(request: Request, runtime: Runtime) -> CheckOut:
    """Take a copy in, and say what it is; nothing of it is kept.

    Raises what `arriving_file` does, and BodyTooLarge (413).
    """
    content, sha256 = await _received(request)
    return await _checked(runtime, content, sha256)


async def _received(request: Request) -> tuple[bytes, str]:
    content, digest = bytearray(), hashlib.sha256()
    async for chunk in (await arriving_file(request)).chunks:
        content += chunk
        digest.update(chunk)
        if len(content) > LARGEST_COPY:
            raise BodyTooLarge(f"At most {LARGEST_COPY} bytes.")
    return bytes(content), digest.hexdigest()


async def _checked(runtime: Runtime, content: bytes, sha256: str) -> CheckOut:
    keys = await runtime.seal_keys.certificates()
    found = await _inspected(runtime, content, keys)
    if not found.sealed:
        return CheckOut(result="unknown", sha256=sha256, contract=None)
    contract = await _named(runtime, found.trail)
    same = contract is not None and contract.sealed_sha256 == sha256
    intact = await _holds(runtime, content, keys, contract)
    if contract is not None and same and intact:
        return CheckOut(result="authentic", sha256=sha256, contract=_told(contract))
    gone = contract is None and intact
    return CheckOut(result="unknown" if gone else "tampered", sha256=sha256, contract=None)


async def _inspected(runtime: Runtime, content: bytes, keys: Sequence[SealRecord]) -> Inspection:
    certificates = [key.certificate for key in keys]
    try:
        return await inspect(runtime.print_shop, content, certificates)
    except DocumentFailure:  # made to be unreadable: nothing of ours
        return Inspection(sealed=False, trail=None)


async def _holds(
    runtime: Runtime,
    content: bytes,
    keys: Sequence[SealRecord],
    contract: SealedContract | None,
) -> bool:
    """Whether the seal is intact, as of when it was made where that is known."""
    authorities = [key.authority for key in keys]
    at = contract.ended_at if contract else now()
    try:
        return await is_intact(runtime.print_shop, content, authorities, at=at)
    except DocumentFailure:
        return False


async def _named(runtime: Runtime, trail: Any) -> SealedContract | None:
    """The contract a file says it is a copy of."""
    try:
        practice, contract_id = UUID(trail["workspace_id"]), UUID(trail["contract_id"])
    except (TypeError, KeyError, ValueError, AttributeError):
        return None
    async with runtime.database.reading(practice) as session:
        return await sealed_contract(session, practice, contract_id)


def _told(contract: SealedContract) -> CheckedContract:
    return CheckedContract(
        id=contract.id,
        title=contract.title,
        practice=contract.practice,
        completed_at=contract.ended_at,
        signers=[masked(name) for name in contract.signers],
    )


def masked(name: str) -> str:
    """A name for those who know it anyway: `A*** L***`."""
    return " ".join(f"{word[0]}***" for word in name.split())
