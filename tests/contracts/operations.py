"""The API's operations, as the committed OpenAPI document lists them."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

DOCUMENT = Path(__file__).parents[2] / "openapi" / "openapi.json"
METHODS = {"get", "post", "put", "patch", "delete"}
OPEN_PREFIXES = ("/v1/public/", "/v1/auth/", "/livez", "/readyz", "/metrics")
OPEN = {"consume_email_change"}
"""Elsewhere, and open to whoever holds the mailed token."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One method of one path."""

    name: str
    method: str
    path: str

    @property
    def parameters(self) -> list[str]:
        """The names between braces."""
        return [part[1:-1] for part in self.path.split("/") if part.startswith("{")]

    @property
    def is_open(self) -> bool:
        """Whether nobody needs to be signed in."""
        open_place = self.path.startswith(OPEN_PREFIXES) or self.name in OPEN
        return open_place and self.name not in SIGNED_IN_AUTH

    @property
    def side(self) -> str:
        """Who it is for: a person whatever their place (`me`), `client`, or `member`."""
        if f"{self.path}/".startswith("/v1/me/") or self.name in SIGNED_IN_AUTH:
            return "me"
        return "client" if self.path.startswith("/v1/portal/") else "member"


SIGNED_IN_AUTH = {"switch_space", "request_email_verification"}
"""Under /v1/auth, and yet for people who are signed in."""


def operations() -> list[Operation]:
    """Every operation, sorted by path and method."""
    document: dict[str, Any] = json.loads(DOCUMENT.read_text("utf-8"))
    return [
        Operation(operation["operationId"], method.upper(), path)
        for path, methods in sorted(document["paths"].items())
        for method, operation in sorted(methods.items())
        if method in METHODS
    ]
