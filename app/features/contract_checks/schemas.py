"""What is told of a copy of a contract."""

from datetime import datetime
from typing import Literal
from uuid import UUID

from app.core.fields import Out


class CheckedContract(Out):
    """The contract an authentic copy is of. Signers' names are cut to their first letters."""

    id: UUID
    title: str
    practice: str
    completed_at: datetime
    signers: list[str]


class CheckOut(Out):
    """What a file is.

    `authentic`: byte for byte what was sealed. `tampered`: it carries our seal, and is not that.
    `unknown`: nothing we know of.
    """

    result: Literal["authentic", "tampered", "unknown"]
    sha256: str
    contract: CheckedContract | None
