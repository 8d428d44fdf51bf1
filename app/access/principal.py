"""The caller of a request, as their token tells."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from app.core.events import Actor

Role = Literal["owner", "coach", "assistant", "client"]
Side = Literal["member", "client"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Space:
    """A place in one practice: a member's, or a client's with the contact they are."""

    workspace_id: UUID
    role: Role
    member_id: UUID | None = None
    contact_id: UUID | None = None

    @property
    def side(self) -> Side:
        """Which of the two audiences this is."""
        return "client" if self.role == "client" else "member"


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """A signed-in person, and the space their access token is bound to (None: no practice yet)."""

    user_id: UUID
    session_id: UUID
    space: Space | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Principal:
    """Who acts in a practice: a person, or an integration with an API key and its scopes."""

    kind: Literal["user", "api_key"]
    id: UUID
    workspace_id: UUID
    role: Role
    member_id: UUID | None = None
    contact_id: UUID | None = None
    session_id: UUID | None = None
    scopes: frozenset[str] = frozenset()

    @property
    def actor(self) -> Actor:
        """The same, as the event log names it."""
        if self.kind == "api_key":
            return Actor("api_key", self.id)
        return Actor("client" if self.role == "client" else "member", self.id)
