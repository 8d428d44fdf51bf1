"""Whom a practice is paid through, as its owner sets it."""

from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Principal
from app.access.runtime import Runtime
from app.core.errors import NotFound
from app.core.events import publish
from app.features.payments.accounts import HINT, STRIPE, StripeKeys, locked
from app.features.payments.cashiers import Cashiers
from app.features.payments.events import PaymentAccountConnected, PaymentAccountDisconnected
from app.features.payments.failures import NoOnlinePayments
from app.features.payments.schemas import PaymentSettingsOut, StripeAccountIn, StripeAccountOut
from app.features.payments.stripe_reading import EVENTS
from app.repositories.checkouts import CheckoutRepository
from app.repositories.payment_accounts import PaymentAccountRepository


async def shown(
    session: AsyncSession, workspace_id: UUID, runtime: Runtime, cashiers: Cashiers
) -> PaymentSettingsOut:
    """The settings; of the keys no more than how the secret one ends."""
    account = await PaymentAccountRepository(session, workspace_id).at(STRIPE)
    try:
        provider = (await cashiers.of(session, workspace_id)).name
    except NoOnlinePayments:
        provider = None
    return PaymentSettingsOut.model_validate(
        {
            "provider": provider,
            "stripe": account and StripeAccountOut.model_validate(account),
            "webhook_url": webhook_url(runtime.settings.api_url, STRIPE, workspace_id),
            "webhook_events": sorted(EVENTS),
        }
    )


def webhook_url(api_url: str, provider: str, workspace_id: UUID) -> str:
    """Where a provider tells us of a practice's payments."""
    return f"{api_url}/v1/public/payment-webhooks/{provider}/{workspace_id}"


async def is_live(cashiers: Cashiers, body: StripeAccountIn) -> bool:
    """Whether these keys move real money, as Stripe says. Raises ProviderRefused (409)."""
    stripe = await cashiers.stripe(StripeKeys(**body.model_dump()))
    return await stripe.is_live()


async def connect(
    session: AsyncSession,
    cashiers: Cashiers,
    owner: Principal,
    body: StripeAccountIn,
    *,
    live: bool,
) -> None:
    """Be paid through this account from now on."""
    keys = StripeKeys(**body.model_dump())
    await PaymentAccountRepository(session, owner.workspace_id).keep(
        STRIPE,
        secrets=locked(cashiers.box, keys, workspace_id=owner.workspace_id),
        key_hint=body.secret_key[-HINT:],
        live=live,
    )
    about = PaymentAccountConnected(
        workspace_id=owner.workspace_id, actor=owner.actor, provider=STRIPE, live=live
    )
    await publish(session, about)


async def close_pages(runtime: Runtime, cashiers: Cashiers, workspace_id: UUID) -> None:
    """Let nobody pay at Stripe any more: of what is paid once the keys are gone nobody would hear.

    Raises ProviderAway (503): then nothing has changed, and the practice may try again.
    """
    async with runtime.database.reading(workspace_id) as session:
        stripe = await cashiers.called(session, workspace_id, STRIPE)
        pages = await CheckoutRepository(session, workspace_id).open_at(STRIPE)
    if stripe is None:
        return
    for page in pages:
        await stripe.close_checkout(page.session_id)


async def disconnect(session: AsyncSession, owner: Principal) -> None:
    """Forget the keys; what was paid stays. Raises NotFound."""
    for page in await CheckoutRepository(session, owner.workspace_id).open_at(STRIPE):
        page.status = "replaced"
    if not await PaymentAccountRepository(session, owner.workspace_id).forget(STRIPE):
        raise NotFound
    about = PaymentAccountDisconnected(
        workspace_id=owner.workspace_id, actor=owner.actor, provider=STRIPE
    )
    await publish(session, about)
