"""The parts that all operations of the OpenAPI document share."""

from collections.abc import Iterable, Mapping
from typing import Any

from app.core.errors import AppError
from app.core.problems import MEDIA_TYPE, TYPES

Json = dict[str, Any]

BEARER, PASSWORD = "bearer", "password"
TOKEN_URL = "/v1/auth/token"  # noqa: S105 - an address

SECURITY_SCHEMES: Mapping[str, Json] = {
    BEARER: {
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The `access_token` of a sign-in; it lasts ten minutes.",
    },
    PASSWORD: {
        "type": "oauth2",
        "description": "Sign in with e-mail and password.",
        "flows": {"password": {"tokenUrl": TOKEN_URL, "scopes": {}}},
    },
}

REQUEST_ID: Json = {
    "description": "Names this request; tell it when you report a problem.",
    "schema": {"type": "string", "examples": ["01a202b1-9912-70f1-9c48-f39968f0c6e5"]},
}

RETRY_AFTER: Json = {
    "description": "Seconds after which it is worth trying again.",
    "schema": {"type": "integer", "minimum": 1, "examples": [5]},
}

IDEMPOTENCY_KEY: Json = {
    "name": "Idempotency-Key",
    "in": "header",
    "description": (
        "A name of your choosing for this change, such as a UUID. Sent again within 24 hours, "
        "the request gets the first answer again and nothing is done twice."
    ),
    "schema": {"type": "string", "minLength": 1, "maxLength": 255},
    "example": "7d4b2f0e-8b53-4f0e-9a55-1f8f3f0c2a11",
}


def problem_schemas(codes: Iterable[str]) -> dict[str, Json]:
    """The schemas of problem+json, with the closed list of codes."""
    return {
        "Problem": PROBLEM,
        "ProblemError": PROBLEM_ERROR,
        "ProblemCode": {
            "type": "string",
            "description": "A stable name for what is wrong.",
            "enum": list(codes),
        },
    }


def problem_response(errors: Iterable[type[AppError]]) -> Json:
    """An answer that carries one of these problems, each with its example."""
    errors = list(errors)
    return {
        "description": "; or ".join(dict.fromkeys(error.title for error in errors)) + ".",
        "content": {
            MEDIA_TYPE: {
                "schema": {"$ref": "#/components/schemas/Problem"},
                "examples": {error.code: {"value": _example(error)} for error in errors},
            }
        },
    }


def _example(error: type[AppError]) -> Json:
    return {
        "type": TYPES + error.code,
        "title": error.title,
        "status": error.status,
        "code": error.code,
        "request_id": "01a202b1-9912-70f1-9c48-f39968f0c6e5",
    }


PROBLEM: Json = {
    "type": "object",
    "description": "What went wrong (RFC 9457). Some problems carry further members.",
    "required": ["type", "title", "status", "code"],
    "properties": {
        "type": {
            "type": "string",
            "format": "uri-reference",
            "description": "Where this kind of problem is explained.",
        },
        "title": {"type": "string", "description": "The kind of problem, for people."},
        "status": {"type": "integer", "description": "The HTTP status."},
        "code": {"$ref": "#/components/schemas/ProblemCode"},
        "detail": {"type": "string", "description": "This occurrence, for people."},
        "request_id": {"type": "string", "description": "The answer's `X-Request-Id`."},
        "errors": {
            "type": "array",
            "description": "The members of the request that are wrong.",
            "items": {"$ref": "#/components/schemas/ProblemError"},
        },
    },
}

PROBLEM_ERROR: Json = {
    "type": "object",
    "description": "One member of the request that is wrong.",
    "required": ["in", "pointer", "code", "detail"],
    "properties": {
        "in": {"type": "string", "enum": ["body", "query", "path", "header", "cookie"]},
        "pointer": {
            "type": "string",
            "description": "A JSON pointer (RFC 6901) into the body, or `/name` of a parameter.",
        },
        "code": {"type": "string", "description": "What is wrong with it, as a stable name."},
        "detail": {"type": "string", "description": "What is wrong with it, for people."},
    },
}
