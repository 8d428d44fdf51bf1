"""Contracts of a practice, as far as one of its two sides may see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.models import Contract, ContractField, ContractSignature, ContractSigner
from app.repositories.audiences import Audience
from app.repositories.base import Repository

FIELDS = (
    "id",
    "contact_id",
    "author_id",
    "template_id",
    "enrollment_id",
    "title",
    "message",
    "body",
    "source_key",
    "pages",
    "variables",
    "status",
    "expires_at",
    "sent_at",
    "ended_at",
    "end_reason",
    "document_key",
    "document_sha256",
    "document_size",
    "sealed_key",
    "sealed_sha256",
    "sealed_size",
    "last_error",
    "version",
    "created_at",
    "updated_at",
)
SIGNER_FIELDS = (
    "id",
    "role",
    "who",
    "place",
    "contact_id",
    "member_id",
    "name",
    "email",
    "status",
    "notified_at",
    "viewed_at",
    "consented_at",
    "signed_at",
    "declined_at",
    "reminders",
    "reminded_at",
)

ContractCard = Row[*tuple[Any, ...]]
"""FIELDS and `signers`: objects of SIGNER_FIELDS, in no order."""

SIGNERS = (
    select(
        func.jsonb_agg(
            func.jsonb_build_object(
                *(
                    part
                    for name in SIGNER_FIELDS
                    for part in (name, ContractSigner.__table__.c[name])
                )
            )
        )
    )
    .where(
        ContractSigner.workspace_id == Contract.workspace_id,
        ContractSigner.contract_id == Contract.id,
    )
    .correlate(Contract)
    .scalar_subquery()
    .label("signers")
)
COLUMNS = (*(Contract.__table__.c[name] for name in FIELDS), SIGNERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class ContractFilter:
    """What contracts must match, all of it; None means: does not matter."""

    contact_id: UUID | None = None
    enrollment_id: UUID | None = None
    status: str | None = None


class ContractRepository(Repository[Contract]):
    """The contracts an audience sees: the team all of its practice's, a client their own ones.

    A client sees no drafts.
    """

    model = Contract

    def __init__(self, session: AsyncSession, audience: Audience) -> None:
        """Speak through `session`, about what this audience may see only."""
        super().__init__(session, audience.workspace_id)
        self.audience = audience

    def query(self) -> Select[Contract]:
        """A select that starts with what the audience sees."""
        statement = super().query()
        if self.audience.side == "client":
            statement = statement.where(
                Contract.contact_id == self.audience.contact_id, Contract.status != "draft"
            )
        return statement

    async def card(self, contract_id: UUID) -> ContractCard:
        """One contract; NotFound for what the audience does not see."""
        found = self.query().with_only_columns(*COLUMNS).where(Contract.id == contract_id)
        card: ContractCard | None = (await self.session.execute(found)).one_or_none()
        if card is None:
            raise NotFound
        return card

    async def page(
        self, chosen: ContractFilter, *, before: UUID | None, limit: int
    ) -> Sequence[ContractCard]:
        """Contracts, newest first, before `before`; one more than `limit`, if there are."""
        statement = self.query().with_only_columns(*COLUMNS)
        statement = statement.order_by(Contract.id.desc()).limit(limit + 1)
        if chosen.contact_id is not None:
            statement = statement.where(Contract.contact_id == chosen.contact_id)
        if chosen.enrollment_id is not None:
            statement = statement.where(Contract.enrollment_id == chosen.enrollment_id)
        if chosen.status is not None:
            statement = statement.where(Contract.status == chosen.status)
        if before is not None:
            statement = statement.where(Contract.id < before)
        cards: Sequence[ContractCard] = (await self.session.execute(statement)).all()
        return cards

    async def signers(self, contract_id: UUID, *, lock: bool = False) -> list[ContractSigner]:
        """Who signs, in order. Lock them only after their contract."""
        found = (
            select(ContractSigner)
            .where(
                ContractSigner.workspace_id == self.workspace_id,
                ContractSigner.contract_id == contract_id,
            )
            .order_by(ContractSigner.place, ContractSigner.id)
        )
        if lock:
            found = found.with_for_update(key_share=True).execution_options(populate_existing=True)
        return list(await self.session.scalars(found))

    async def fields(self, contract_id: UUID) -> list[ContractField]:
        """The places that are filled in, as they were placed."""
        found = select(ContractField).where(
            ContractField.workspace_id == self.workspace_id,
            ContractField.contract_id == contract_id,
        )
        return list(await self.session.scalars(found.order_by(ContractField.id)))

    async def signatures(self, contract_id: UUID) -> list[ContractSignature]:
        """How each of those who signed did it."""
        found = select(ContractSignature).where(
            ContractSignature.workspace_id == self.workspace_id,
            ContractSignature.contract_id == contract_id,
        )
        return list(await self.session.scalars(found.order_by(ContractSignature.id)))

    async def forget_signers(self, contract_id: UUID) -> None:
        """Remove a draft's signers, and with them their fields."""
        await self.session.execute(
            delete(ContractSigner).where(
                ContractSigner.workspace_id == self.workspace_id,
                ContractSigner.contract_id == contract_id,
            )
        )

    async def forget_fields(self, contract_id: UUID) -> None:
        """Remove a draft's fields."""
        await self.session.execute(
            delete(ContractField).where(
                ContractField.workspace_id == self.workspace_id,
                ContractField.contract_id == contract_id,
            )
        )
