"""Refusals of HTTP itself, before any feature is asked."""

from collections.abc import Mapping

from app.core.errors import (
    AppError,
    Forbidden,
    Invalid,
    NotFound,
    TooManyRequests,
    Unauthorized,
    Unavailable,
)


class BadRequest(AppError):
    """The request can't be understood."""

    status, code, title = 400, "bad_request", "Bad request"


class InvalidJson(AppError):
    """The body is not JSON as RFC 8259 has it: UTF-8, finite numbers, reasonable depth."""

    status, code, title = 400, "invalid_json", "The body is not valid JSON"


class NulInUrl(AppError):
    """The path or the query string contains U+0000."""

    status, code, title = 400, "nul_in_url", "The URL contains a NUL character"


class MethodNotAllowed(AppError):
    """The path exists, the method doesn't; `Allow` lists those that do (RFC 9110 15.5.6)."""

    status, code, title = 405, "method_not_allowed", "Method not allowed"


class BodyTooLarge(AppError):
    """The body has more bytes than this path takes."""

    status, code, title = 413, "body_too_large", "The body is too large"


class UnsupportedMediaType(AppError):
    """The body is of a kind, or in a coding, that this path does not read."""

    status, code, title = 415, "unsupported_media_type", "Unsupported media type"


class InternalError(AppError):
    """Atrium's own fault."""

    status, code, title = 500, "internal_error", "Something went wrong on our side"


BY_STATUS: Mapping[int, type[AppError]] = {
    error.status: error
    for error in (
        BadRequest,
        Unauthorized,
        Forbidden,
        NotFound,
        MethodNotAllowed,
        BodyTooLarge,
        UnsupportedMediaType,
        Invalid,
        TooManyRequests,
        InternalError,
        Unavailable,
    )
}
"""The refusal that stands for a bare status raised by a library."""
