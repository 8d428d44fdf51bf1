"""Giving money back through the provider it came by: the effect behind `invoice.refund`.

Asked twice, the provider gives it back once: the refund's id is the key of the request.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.db import Database
from app.core.errors import NotFound
from app.dispatcher.failures import Unavailable
from app.dispatcher.practice_jobs import by_practice, endings_by_practice, named
from app.dispatcher.work import ClaimedJob, Settled
from app.features.payments.cashiers import Cashiers
from app.features.payments.failures import AmountNotPayable, ProviderAway, ProviderRefused
from app.features.payments.provider import Provider, RefundOrder, RefundSeen
from app.features.payments.refunding import refused, settle_asked
from app.models import Payment, Refund
from app.repositories.invoice_money import PaymentRepository, RefundRepository

NEVER_ANSWERED = "The provider never answered."
NOT_CONNECTED = "The practice is no longer connected to the provider."


@dataclass(frozen=True, slots=True)
class Task:
    """What is to go back, and through whom; None where the practice has left the provider."""

    provider: Provider | None
    order: RefundOrder


class Refunds:
    """Gives money back, and notes how that ended."""

    def __init__(self, database: Database, cashiers: Cashiers) -> None:
        self._database = database
        self._cashiers = cashiers

    async def load(self, session: AsyncSession, jobs: Sequence[ClaimedJob]) -> Mapping[int, Task]:
        """The refunds that are still pending, by job."""
        loaded: dict[int, Task] = {}
        for practice, some in by_practice(jobs):
            await self._database.enter(session, practice)
            for job in some:
                task = await self._task(session, practice, named(job, "refund_id"))
                if task is not None:
                    loaded[job.id] = task
        return loaded

    async def _task(self, session: AsyncSession, practice: UUID, refund_id: UUID) -> Task | None:
        try:
            refund = await RefundRepository(session, practice).require(refund_id)
            payment = await PaymentRepository(session, practice).require(refund.payment_id)
        except NotFound:
            return None
        if refund.status != "pending":
            return None
        provider = await self._cashiers.called(session, practice, payment.provider)
        return Task(provider, _order(refund, payment))

    async def perform(self, job: ClaimedJob, loaded: Task) -> RefundSeen:  # noqa: ARG002 - Effect's
        """Ask the provider; a refusal is an answer, too."""
        if loaded.provider is None:
            return refused(loaded.order.refund_id, NOT_CONNECTED)
        try:
            return await loaded.provider.refund(loaded.order)
        except ProviderAway as error:
            raise Unavailable(f"{loaded.provider.name}: {error}") from error
        except (ProviderRefused, AmountNotPayable) as error:
            return refused(loaded.order.refund_id, error.explanation or error.title)

    async def settle(self, session: AsyncSession, results: Sequence[Settled[RefundSeen]]) -> None:
        """Note what became of each."""
        for practice, endings in endings_by_practice(results):
            await self._database.enter(session, practice)
            for ending in endings:
                refund_id = named(ending.job, "refund_id")
                seen = ending.result
                if ending.outcome == "dead":
                    seen = refused(refund_id, NEVER_ANSWERED)
                if seen is not None:
                    await settle_asked(session, practice, refund_id, seen)


def _order(refund: Refund, payment: Payment) -> RefundOrder:
    return RefundOrder(
        workspace_id=refund.workspace_id,
        refund_id=refund.id,
        provider_payment_id=str(payment.provider_payment_id),
        currency=refund.currency,
        amount_minor=refund.amount_minor,
    )
