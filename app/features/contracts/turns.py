"""Whose turn it is to sign, and who comes next."""

from collections.abc import Sequence
from datetime import datetime

from app.models import ContractSigner

ASKED = frozenset({"notified", "viewed", "consented"})
"""Signers who were asked to sign, and have not answered."""


def signing(signers: Sequence[ContractSigner]) -> list[ContractSigner]:
    """Those who sign; copies block nobody."""
    return [signer for signer in signers if signer.role != "cc"]


def asked(signers: Sequence[ContractSigner]) -> list[ContractSigner]:
    """Those who were asked to sign, and have not answered."""
    return [signer for signer in signing(signers) if signer.status in ASKED]


def left(signers: Sequence[ContractSigner]) -> list[ContractSigner]:
    """Those who have yet to sign."""
    return [signer for signer in signing(signers) if signer.status != "signed"]


def ask_next(signers: Sequence[ContractSigner], *, at: datetime) -> list[ContractSigner]:
    """Ask those whose turn it is now, and was not before; equal places sign in parallel."""
    waiting = left(signers)
    first = min((signer.place for signer in waiting), default=0)
    due = [one for one in waiting if one.place == first and one.status == "waiting"]
    for signer in due:
        signer.status, signer.notified_at = "notified", at
    return due
