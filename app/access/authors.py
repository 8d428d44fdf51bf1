"""Who wrote something, as the API says it."""

from typing import Any, Literal
from uuid import UUID

from app.core.fields import Out


class AuthorOut(Out):
    """A member of the team, or the client. An integration is a `member` without id and name."""

    side: Literal["member", "client"]
    member_id: UUID | None
    name: str | None


def author_out(card: Any) -> AuthorOut:
    """The author of a row with `side`, `author_id` and `author_name`."""
    return AuthorOut.model_construct(
        side=card.side, member_id=card.author_id, name=card.author_name
    )
