"""Practices' accounts at payment providers."""

from typing import Any

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from app.core.clock import now
from app.core.ids import new_id
from app.models import PaymentAccount
from app.repositories.base import Repository


class PaymentAccountRepository(Repository[PaymentAccount]):
    """The accounts of one practice; one at each provider."""

    model = PaymentAccount

    async def at(self, provider: str) -> PaymentAccount | None:
        """The practice's account there."""
        statement = self.query().where(PaymentAccount.provider == provider)
        return await self.session.scalar(statement)

    async def keep(self, provider: str, **values: Any) -> None:
        """Keep an account, in place of the one there was."""
        row = {"workspace_id": self.workspace_id, "provider": provider, **values}
        statement = insert(PaymentAccount).values(id=new_id(), updated_at=now(), **row)
        kept = {name: statement.excluded[name] for name in (*values, "updated_at")}
        await self.session.execute(
            statement.on_conflict_do_update(
                index_elements=["workspace_id", "provider"], set_=kept
            ).execution_options(populate_existing=True)
        )

    async def forget(self, provider: str) -> bool:
        """Remove the account; whether there was one."""
        gone = await self.session.execute(
            delete(PaymentAccount)
            .where(
                PaymentAccount.workspace_id == self.workspace_id,
                PaymentAccount.provider == provider,
            )
            .returning(PaymentAccount.id)
        )
        return gone.scalar() is not None
