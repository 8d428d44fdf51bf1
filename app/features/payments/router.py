"""Whom the practice is paid through, coach side."""

from typing import Annotated

from fastapi import Depends

from app.access.callers import requires
from app.access.late_session import LateWork
from app.access.permissions import Permission
from app.access.principal import Principal
from app.access.runtime import RuntimeInApp
from app.access.sessions import TenantSession
from app.core.errors import NotFound
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.payments import connecting
from app.features.payments.failures import ProviderAway, ProviderRefused
from app.features.payments.paths import CashiersInApp
from app.features.payments.schemas import PaymentSettingsOut, StripeAccountIn

router = api_router("/v1/payment-settings", "payments")

Reader = Annotated[Principal, Depends(requires(Permission.WORKSPACE_READ))]
Owner = Annotated[Principal, Depends(requires(Permission.WORKSPACE_WRITE))]


@router.get("")
async def get_payment_settings(
    reader: Reader, session: TenantSession, runtime: RuntimeInApp, cashiers: CashiersInApp
) -> PaymentSettingsOut:
    """Whom the practice is paid through, and what Stripe has to be told."""
    return await connecting.shown(session, reader.workspace_id, runtime, cashiers)


@router.put("/stripe", responses=problems(ProviderRefused, ProviderAway))
async def connect_stripe(
    owner: Owner,
    body: StripeAccountIn,
    runtime: RuntimeInApp,
    cashiers: CashiersInApp,
    late: LateWork,
) -> PaymentSettingsOut:
    """Be paid through the practice's own Stripe account; the keys are tried, and kept locked."""
    live = await connecting.is_live(cashiers, body)
    session = await late.begin([])
    await connecting.connect(session, cashiers, owner, body, live=live)
    return await connecting.shown(session, owner.workspace_id, runtime, cashiers)


@router.delete("/stripe", status_code=204, responses=problems(NotFound, ProviderAway))
async def disconnect_stripe(
    owner: Owner, runtime: RuntimeInApp, cashiers: CashiersInApp, late: LateWork
) -> None:
    """Close the open pages, and forget the keys. What was paid stays; nobody can pay online."""
    await connecting.close_pages(runtime, cashiers, owner.workspace_id)
    await connecting.disconnect(await late.begin([]), owner)
