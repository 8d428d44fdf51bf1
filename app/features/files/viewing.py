"""Who looks at files: the person, their side, and the app that answers them."""

from dataclasses import dataclass
from uuid import UUID

from app.access.audience import audience_of
from app.access.principal import Principal
from app.access.runtime import Runtime
from app.repositories.audiences import Audience


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person on one of the two sides, for whom links are made and answers phrased."""

    runtime: Runtime
    user_id: UUID
    audience: Audience

    @classmethod
    def of(cls, runtime: Runtime, principal: Principal) -> "Viewer":
        """The caller of a request."""
        return cls(runtime, principal.id, audience_of(principal))
