"""Bodies of PATCH: what is left out stays as it is (RFC 7396)."""

from typing import Any

from pydantic import Field

from app.core.fields.models import In

UNCHANGED: Any = Field(default_factory=lambda: None)
"""The default of a member that may be left out; its type alone says whether null may be sent."""


def changes(body: In) -> dict[str, Any]:
    """The members that were sent, by name."""
    return body.model_dump(exclude_unset=True)


def flat_changes(body: In) -> dict[str, Any]:
    """The same with the members of nested objects beside the others, as `branding.accent_color`."""
    found: dict[str, Any] = {}
    for name, value in changes(body).items():
        if isinstance(value, dict):
            found |= {f"{name}.{inner}": value[inner] for inner in value}
        else:
            found[name] = value
    return found
