"""Which provider a practice is paid through."""

import asyncio
from importlib import import_module
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.keys import secret_key
from app.core.locked_box import BoxClosed, LockedBox
from app.core.signed_links import SignedLinks
from app.core.tokens import TokenMint
from app.features.payments.accounts import STRIPE, StripeKeys, unlocked
from app.features.payments.failures import NoOnlinePayments
from app.features.payments.play_provider import NAME as PLAY
from app.features.payments.play_provider import PlayProvider
from app.features.payments.provider import Provider
from app.repositories.payment_accounts import PaymentAccountRepository
from app.settings import Settings


class Cashiers:
    """Finds practices' providers: their own Stripe account, else play money where it is allowed."""

    def __init__(self, settings: Settings) -> None:
        """Open what is locked with this installation's key."""
        key = secret_key(settings)
        self.box = LockedBox(key, "payment accounts")
        self.play = PlayProvider(TokenMint(key), SignedLinks(key), api_url=settings.api_url)
        self._plays = settings.takes_play_money
        self._stripe_url = settings.stripe_api_url

    async def of(self, session: AsyncSession, workspace_id: UUID) -> Provider:
        """Whom the practice is paid through now. Raises NoOnlinePayments (409)."""
        try:
            keys = await self._keys(session, workspace_id)
        except BoxClosed:
            raise NoOnlinePayments("The practice has to enter its keys again.") from None
        if keys is not None:
            return await self.stripe(keys)
        if not self._plays:
            raise NoOnlinePayments
        return self.play

    async def called(self, session: AsyncSession, workspace_id: UUID, name: str) -> Provider | None:
        """The provider of this name, if the practice has to do with it."""
        if name == PLAY:
            return self.play if self._plays else None
        try:
            keys = await self._keys(session, workspace_id) if name == STRIPE else None
        except BoxClosed:
            return None
        return await self.stripe(keys) if keys else None

    async def stripe(self, keys: StripeKeys) -> Provider:
        """Stripe with these keys; its client is imported when it is first needed."""
        module = await asyncio.to_thread(import_module, "app.features.payments.stripe_provider")
        provider: Provider = module.StripeProvider(keys, api_url=self._stripe_url)
        return provider

    async def _keys(self, session: AsyncSession, workspace_id: UUID) -> StripeKeys | None:
        account = await PaymentAccountRepository(session, workspace_id).at(STRIPE)
        if account is None:
            return None
        return unlocked(self.box, account.secrets, workspace_id=workspace_id)
