"""Who did something to a contract, from where and by what right: what its log says of them."""

from dataclasses import dataclass
from typing import Any, Literal

from app.core.events import SYSTEM, Actor
from app.models import ContractSigner

Via = Literal["session", "link", "system"]
"""Signed in; by the token that was mailed; by the clock or the worker."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Witness:
    """Who acts. `ip` and `user_agent` are those of the request; None for the system."""

    actor: Actor
    via: Via
    ip: str | None = None
    user_agent: str | None = None

    def told(self, signer: ContractSigner | None = None) -> dict[str, Any]:
        """The same for the log, as this signer where they are one; what is unknown is left out."""
        told = {
            "kind": self.actor.kind,
            "id": str(self.actor.id) if self.actor.id else None,
            "via": self.via,
            "ip": self.ip,
            "user_agent": self.user_agent,
        }
        if signer:
            told |= {"signer_id": str(signer.id), "name": signer.name, "email": signer.email}
        return {name: value for name, value in told.items() if value is not None}


THE_SYSTEM = Witness(actor=SYSTEM, via="system")
