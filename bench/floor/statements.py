"""Atrium's own statements as plain SQL, so that both sides ask the database the same."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Executable, bindparam
from sqlalchemy.dialects.postgresql import asyncpg
from sqlalchemy.sql import ClauseElement

from app.models import Contact
from app.repositories.contact_cards import CARD, CARDS
from app.repositories.contact_filters import ContactFilter, condition
from app.repositories.contacts import ADD
from app.repositories.sign_ins import STANDS

DIALECT: Any = asyncpg.dialect


class Statement:
    """SQL with $1, $2, and the order of its parameters."""

    def __init__(self, statement: ClauseElement | Executable) -> None:
        assert isinstance(statement, ClauseElement)
        compiled: Any = statement.compile(dialect=DIALECT())
        self.sql: str = compiled.string
        self._fixed: Mapping[str, Any] = compiled.params
        self._order: list[str] = compiled.positiontup

    def parameters(self, given: Mapping[str, Any]) -> list[Any]:
        """The values in the order of the SQL."""
        return [given.get(name, self._fixed[name]) for name in self._order]


ONE = Statement(CARD)
LIST = Statement(
    CARDS.where(*(condition(name) for name in ContactFilter().shape))
    .order_by(Contact.id.desc())
    .limit(bindparam("row_limit"))
)
ADDED = Statement(ADD)
STANDING = Statement(STANDS)
