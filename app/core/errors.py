"""Failures that have a name: each carries its HTTP status and its stable code."""

from collections.abc import Mapping
from typing import Any, ClassVar

from starlette.exceptions import HTTPException


class AppError(HTTPException):
    """A refusal the caller can act on; answered as RFC 9457 problem+json.

    Subclasses set `status`, `code` (a stable slug) and `title`; an instance may add a `detail`
    for people, `errors` (a list of `{in, pointer, code, detail}`), `headers`, and `extra`
    members of the problem object. It is an HTTPException because FastAPI turns any other
    exception raised while a body is parsed into a bare 400.
    """

    status: ClassVar[int] = 400
    code: ClassVar[str] = "bad_request"
    title: ClassVar[str] = "Bad request"

    def __init__(
        self,
        detail: str | None = None,
        *,
        errors: list[dict[str, Any]] | None = None,
        headers: Mapping[str, str] | None = None,
        extra: Mapping[str, Any] | None = None,
    ) -> None:
        """Keep what the answer will say."""
        super().__init__(self.status, detail or self.title, dict(headers or {}))
        self.explanation = detail
        self.errors = errors
        self.extra = dict(extra or {})


class NotFound(AppError):
    """The thing is absent, or the caller may not know that it exists."""

    status, code, title = 404, "not_found", "Not found"


class Unauthorized(AppError):
    """No valid credentials came with the request."""

    status, code, title = 401, "unauthorized", "Sign in first"


class Forbidden(AppError):
    """The caller is known, and may not do this."""

    status, code, title = 403, "forbidden", "Not allowed"


class Conflict(AppError):
    """The thing is in a state that does not allow this."""

    status, code, title = 409, "conflict", "Conflict"


class Invalid(AppError):
    """The request is well formed and still can't be carried out."""

    status, code, title = 422, "validation_failed", "Validation failed"


class VersionMismatch(AppError):
    """`If-Match` names an older version (RFC 9110 13.1.1)."""

    status, code, title = 412, "version_mismatch", "Changed by someone else meanwhile"


class VersionRequired(AppError):
    """Two sides edit this resource: `If-Match` is required (RFC 6585)."""

    status, code, title = 428, "version_required", "If-Match is required"


class TooManyRequests(AppError):
    """A rate limit is used up."""

    status, code, title = 429, "rate_limited", "Too many requests"


class Unavailable(AppError):
    """A part Atrium needs is away for the moment; trying again is fine."""

    status, code, title = 503, "service_unavailable", "Service unavailable"
