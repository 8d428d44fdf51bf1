"""Whom routes ask about providers."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Path, Request

from app.features.payments.cashiers import Cashiers


async def cashiers_of_app(request: Request) -> Cashiers:
    """The cashiers of this app."""
    cashiers: Cashiers = request.app.state.cashiers
    return cashiers


CashiersInApp = Annotated[Cashiers, Depends(cashiers_of_app)]
InvoiceId = Annotated[UUID, Path()]
