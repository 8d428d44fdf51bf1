"""How this process logs: structured, one line an event, and never a secret."""

import logging
import sys
from functools import lru_cache
from typing import Any, Literal

import pydantic_core
import structlog
from structlog.contextvars import merge_contextvars
from structlog.typing import EventDict, Processor, WrappedLogger

SECRETS = ("password", "token", "secret", "authorization", "cookie", "api_key", "credential")
"""A member whose name contains one of these is never written."""
REDACTED = "[redacted]"

TALKATIVE = ("httpx", "httpcore", "alembic.runtime.plugins")
"""Heard from warnings on: the lines of some hold a URL, which may hold a secret."""


def configure_logging(level: str, style: Literal["console", "json"]) -> None:
    """Send every log line of this process, libraries' too, to standard error."""
    threshold = logging.getLevelNamesMapping()[level.upper()]
    finish = _as_json() if style == "json" else _for_people()
    structlog.configure(
        processors=[*_common(), *finish],
        wrapper_class=structlog.make_filtering_bound_logger(threshold),
        logger_factory=structlog.BytesLoggerFactory(sys.stderr.buffer)
        if style == "json"
        else structlog.PrintLoggerFactory(sys.stderr),
        cache_logger_on_first_use=True,
    )
    _adopt_standard_logging(threshold, finish)


def without_secrets(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """Replace what is named like a secret, at any depth of mappings."""
    for name, value in event.items():
        if names_a_secret(name):
            event[name] = REDACTED
        elif isinstance(value, dict):
            event[name] = without_secrets(None, "", dict(value))
    return event


@lru_cache(maxsize=1024)
def names_a_secret(name: str) -> bool:
    """Whether a member of this name must not be written."""
    return any(word in name.lower() for word in SECRETS)


def _common() -> list[Processor]:
    return [
        merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_secrets,
    ]


def _as_json() -> list[Processor]:
    return [
        structlog.processors.format_exc_info,
        structlog.processors.JSONRenderer(serializer=_json_line),
    ]


def _for_people() -> list[Processor]:
    return [
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
    ]


def _json_line(event: EventDict, **_: Any) -> bytes:
    return pydantic_core.to_json(event, fallback=repr)


def _adopt_standard_logging(threshold: int, finish: list[Processor]) -> None:
    """Libraries log by Python's `logging`; give their lines the same form."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=_common(),
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                *finish,
                _as_text,
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(max(threshold, logging.INFO))
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.WARNING)


def _as_text(_: WrappedLogger, __: str, line: Any) -> str:
    return line.decode() if isinstance(line, bytes) else str(line)
