"""What happens to contracts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from app.core.events import Actor, DomainEvent
from app.models import Contract, ContractSigner


def about(contract: Contract, actor: Actor) -> dict[str, Any]:
    """What an event says of the contract it is about and of who did it."""
    return {
        "workspace_id": contract.workspace_id,
        "actor": actor,
        "contact_id": contract.contact_id,
        "subject_id": contract.id,
        "title": contract.title,
    }


def named(signers: Iterable[ContractSigner]) -> tuple[dict[str, Any], ...]:
    """Signers as events name them: enough to write to each of them."""
    return tuple(
        {
            "signer_id": signer.id,
            "role": signer.role,
            "name": signer.name,
            "email": signer.email,
            "contact_id": signer.contact_id,
            "member_id": signer.member_id,
        }
        for signer in signers
    )


@dataclass(frozen=True, kw_only=True)
class ContractEvent(DomainEvent):
    """Something about a contract."""

    title: str


@dataclass(frozen=True, kw_only=True)
class ContractCreated(ContractEvent):
    """A draft was made."""

    type = "contract.created"


@dataclass(frozen=True, kw_only=True)
class ContractUpdated(ContractEvent):
    """A draft says something else now."""

    type = "contract.updated"

    changed: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class ContractDeleted(ContractEvent):
    """A draft was thrown away."""

    type = "contract.deleted"


@dataclass(frozen=True, kw_only=True)
class ContractSent(ContractEvent):
    """It was frozen and sent; `due` are those whose turn it is."""

    type = "contract.sent"

    message: str | None
    expires_at: datetime | None
    due: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class ContractNotSent(ContractEvent):
    """A program's contract could not be sent by itself."""

    type = "contract.not_sent"

    reason: str


@dataclass(frozen=True, kw_only=True)
class ContractReminder(ContractEvent):
    """Those whose turn it is were reminded."""

    type = "contract.reminder"

    expires_at: datetime | None
    due: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class ContractViewed(ContractEvent):
    """A signer opened the document for the first time."""

    type = "contract.viewed"

    signer: str


@dataclass(frozen=True, kw_only=True)
class ContractSigned(ContractEvent):
    """Somebody signed; `left` tells how many have yet to."""

    type = "contract.signed"

    signer: str
    left: int


@dataclass(frozen=True, kw_only=True)
class SignersAsked(ContractEvent):
    """After others had signed it is the turn of these, who are `due`."""

    type = "contract.signers_asked"

    message: str | None
    expires_at: datetime | None
    due: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class ContractDeclined(ContractEvent):
    """Somebody won't sign, and nobody can any longer."""

    type = "contract.declined"

    signer: str
    reason: str


@dataclass(frozen=True, kw_only=True)
class ContractVoided(ContractEvent):
    """The team took it back; `due` are those who had been asked."""

    type = "contract.voided"

    reason: str
    due: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class ContractExpired(ContractEvent):
    """Its time was over before all had signed; `due` are those who had been asked."""

    type = "contract.expired"

    expires_at: datetime | None
    due: tuple[dict[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class ContractCompleted(ContractEvent):
    """All signed, and it is sealed; `parties` get a copy each."""

    type = "contract.completed"

    sha256: str
    parties: tuple[dict[str, Any], ...]
