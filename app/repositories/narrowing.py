"""Lists under conditions: each combination of filters is one statement, built once."""

from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Select

GIVEN = frozenset({"workspace_id", "side", "now"})
"""Parameters that every such list has; they are no filters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What the rows of a list must match, all of it; None means: does not matter."""

    @property
    def values(self) -> dict[str, Any]:
        """The parameters of the conditions in use."""
        candidates = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: value for name, value in candidates.items() if value is not None}


@dataclass(frozen=True, slots=True, eq=False)
class Cards:
    """Rows as columns, and what makes a parameter's name a condition on them."""

    statement: Select[Any]
    condition: Callable[[str], ColumnElement[bool]]

    def under(self, names: frozenset[str]) -> Select[Any]:
        """The rows under the conditions that stand for these parameters."""
        return _narrowed(self, names)


@lru_cache(maxsize=1024)
def _narrowed(cards: Cards, names: frozenset[str]) -> Select[Any]:
    conditions = (cards.condition(name) for name in sorted(names - GIVEN))
    return cards.statement.where(*conditions)
