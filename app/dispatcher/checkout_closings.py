"""Closing pages on which nobody is to pay any more: the effect behind `checkout.close`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.errors import NotFound
from app.dispatcher.failures import Unavailable
from app.dispatcher.practice_jobs import by_practice, named
from app.dispatcher.work import ClaimedJob, Settled
from app.features.payments.cashiers import Cashiers
from app.features.payments.failures import ProviderAway
from app.features.payments.provider import Provider
from app.repositories.checkouts import CheckoutRepository


@dataclass(frozen=True, slots=True)
class Closing:
    """A page, and whose it is."""

    provider: Provider
    session_id: str


class CheckoutClosings:
    """Closes pages; one whose provider the practice has left expires by itself."""

    def __init__(self, database: Database, cashiers: Cashiers) -> None:
        self._database = database
        self._cashiers = cashiers

    async def load(
        self, session: AsyncSession, jobs: Sequence[ClaimedJob]
    ) -> Mapping[int, Closing]:
        """The pages, by job."""
        loaded: dict[int, Closing] = {}
        for practice, some in by_practice(jobs):
            await self._database.enter(session, practice)
            checkouts = CheckoutRepository(session, practice)
            for job in some:
                closing = await self._closing(checkouts, job)
                if closing is not None:
                    loaded[job.id] = closing
        return loaded

    async def _closing(self, checkouts: CheckoutRepository, job: ClaimedJob) -> Closing | None:
        try:
            checkout = await checkouts.require(named(job, "checkout_id"))
        except NotFound:
            return None
        provider = await self._cashiers.called(
            checkouts.session, checkouts.workspace_id, checkout.provider
        )
        return Closing(provider, checkout.session_id) if provider else None

    async def perform(self, job: ClaimedJob, loaded: Closing) -> None:  # noqa: ARG002 - Effect's
        """Close one."""
        try:
            await loaded.provider.close_checkout(loaded.session_id)
        except ProviderAway as error:
            raise Unavailable(f"{loaded.provider.name}: {error}") from error

    async def settle(self, session: AsyncSession, results: Sequence[Settled[None]]) -> None:
        """Nothing is kept of it."""
