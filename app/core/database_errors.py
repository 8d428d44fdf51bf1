"""What PostgreSQL's refusals mean to a caller."""

import re
from typing import Any

import structlog
from sqlalchemy.exc import DBAPIError

from app.core.errors import AppError, Conflict, Invalid, Unavailable
from app.core.http_errors import InternalError

log = structlog.get_logger(__name__)

CONSTRAINT = re.compile(r'constraint "(.+?)(?:_\d{6,})?"')
"""A constraint's name without the shard number Citus appends, which it gives nowhere else."""

AWAY_CLASSES = frozenset({"08", "53", "57"})
"""Connection exception, insufficient resources, operator intervention."""
AWAY = frozenset({"25006", "28P01", "3D000"})
"""Read-only (a failover), password refused, no such database."""
SHUT_DOWN = frozenset({"57P01", "57P02", "57P05"})
"""The server ended the session: shutdown, crash, idle too long."""
CONCURRENT = frozenset({"40001", "40P01", "55P03"})
"""Serialization failure, deadlock, lock not available."""
UNACCEPTABLE = frozenset({"23502", "23514", "54000"})
"""Not-null, check, program limit exceeded; with class 22, data exception."""

RETRY_AFTER = {"Retry-After": "5"}
"""Seconds until a database that is away may be back."""


class AlreadyExists(Conflict):
    """Another row has this unique value."""

    code, title = "already_exists", "Already exists"


class ConcurrentUpdate(Conflict):
    """Two changes met; repeating the request is fine."""

    code, title = "concurrent_update", "Changed at the same time"


class UnknownReference(Invalid):
    """The request names a thing that is not there, or no longer."""

    code, title = "unknown_reference", "Refers to something that does not exist"


class InvalidValue(Invalid):
    """The database will not keep this value; validation should have said so earlier."""

    code, title = "invalid_value", "A value is not acceptable"


def violated_constraint(error: DBAPIError) -> str | None:
    """The name of the constraint a statement violated, for `except IntegrityError`."""
    match = CONSTRAINT.search(str(error.orig))
    return match.group(1) if match else None


def connection_was_dead(error: DBAPIError) -> bool:
    """Whether the statement failed only because its connection had gone."""
    state = _sqlstate(error)
    return error.connection_invalidated or state in SHUT_DOWN or state.startswith("08")


def refusal_of(error: DBAPIError) -> AppError:
    """The answer to a database error nobody handled, by its SQLSTATE.

    A value that only the database noticed is logged, without the value: validation has a hole
    there.
    """
    state = _sqlstate(error)
    refusal = _refusal_by_state(state)
    if refusal is None and error.connection_invalidated:
        refusal = Unavailable(headers=RETRY_AFTER)
    if isinstance(refusal, InvalidValue):
        log.error("value passed validation", sqlstate=state, constraint=violated_constraint(error))
    if refusal is None:
        log.error("database refused a statement", sqlstate=state, reason=_first_line(error))
    return refusal or InternalError()


def _refusal_by_state(state: str) -> AppError | None:
    if state in AWAY or state[:2] in AWAY_CLASSES:
        return Unavailable(headers=RETRY_AFTER)
    if state in CONCURRENT:
        return ConcurrentUpdate("Please try again.")
    if state in {"23505", "23P01"}:
        return AlreadyExists()
    if state == "23503":
        return UnknownReference()
    if state in UNACCEPTABLE or state.startswith("22"):
        return InvalidValue()
    return None


def _sqlstate(error: DBAPIError) -> str:
    original: Any = error.orig
    return getattr(original, "sqlstate", None) or ""


def _first_line(error: DBAPIError) -> str:
    """The server's message without its DETAIL line, which quotes the row."""
    return str(error.orig).partition("\n")[0]
