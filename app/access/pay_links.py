"""The mailed link that lets whoever has it see one invoice, and pay it, without signing in."""

import hmac
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.core.fields import In
from app.core.letters import TokenRef
from app.core.tokens import InvalidToken, TokenMint, workspace_in

PREFIX = "pay"


class PayTokenIn(In):
    """The token of the mailed link, after its `#token=`."""

    token: Annotated[str, Field(max_length=200)]


def pay_link(invoice_id: UUID) -> TokenRef:
    """What a letter's button carries."""
    return TokenRef(prefix=PREFIX, row_id=invoice_id)


def practice_paid_at(mint: TokenMint, invoice_id: UUID, token: str) -> UUID:
    """The practice whose invoice this token opens; InvalidToken (404) for any other token.

    Nothing is stored of it: the token is derived from the invoice's id, which stands beside it.
    """
    workspace_id = workspace_in(token, PREFIX)
    if not hmac.compare_digest(mint.derive(PREFIX, workspace_id, invoice_id), token):
        raise InvalidToken
    return workspace_id
