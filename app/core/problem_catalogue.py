"""Every code a problem may carry: one closed list, read from the error classes themselves."""

import inspect
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from app.core.errors import AppError

CODES = "x-problem-codes"
"""Marks a declared answer with the codes it may carry; completed in the OpenAPI document."""

OURS = "app."


def problems(*errors: type[AppError]) -> dict[int | str, dict[str, Any]]:
    """A route's own refusals, for its `responses`; the general ones need no mention."""
    declared: dict[int | str, dict[str, Any]] = {}
    for error in errors:
        answer = declared.setdefault(error.status, {"description": error.title, CODES: []})
        answer[CODES].append(error.code)
    return declared


def catalogue() -> Mapping[str, type[AppError]]:
    """Every code and the class that defines it, sorted; ValueError when two classes share one.

    Only classes of imported modules are known: ask once the app is made.
    """
    known: dict[str, type[AppError]] = {}
    for error in _with_own_code(AppError):
        if known.setdefault(error.code, error) is not error:
            raise ValueError(f"{error.__qualname__} uses {error.code!r}, which is taken")
    return dict(sorted(known.items()))


def meaning(error: type[AppError]) -> str:
    """What the class says of itself, on one line."""
    return " ".join((inspect.getdoc(error) or error.title).split("\n\n")[0].split())


def _with_own_code(parent: type[AppError]) -> Iterator[type[AppError]]:
    for error in _ours(parent.__subclasses__()):
        if "code" in vars(error):
            yield error
        yield from _with_own_code(error)


def _ours(errors: Iterable[type[AppError]]) -> Iterator[type[AppError]]:
    """Without those that tests define."""
    return (error for error in errors if error.__module__.startswith(OURS))
