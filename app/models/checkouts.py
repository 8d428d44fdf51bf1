"""Ways to pay online: whom a practice is paid through, and the pages its clients pay on."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class PaymentAccount(TenantRecord):
    """A practice's own account at a payment provider.

    `secrets` are its keys, locked with the installation's key; `key_hint` is how the secret key
    ends. `live` is whether it moves real money.
    """

    __tablename__ = "payment_accounts"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        CheckConstraint("provider IN ('stripe')", name="provider"),
        UniqueConstraint("workspace_id", "provider"),
    )

    provider: Mapped[str]
    secrets: Mapped[bytes] = mapped_column(LargeBinary)
    key_hint: Mapped[str]
    live: Mapped[bool]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class Checkout(TenantRecord):
    """A provider's page on which an invoice can be paid; `session_id` is the provider's name of it.

    An invoice has one `open` at most, for what is due. `replaced` is one that asked for another
    amount, or that was too old.
    """

    __tablename__ = "checkouts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "invoice_id"],
            ["invoices.workspace_id", "invoices.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("amount_minor > 0", name="amount_minor"),
        CheckConstraint(
            "status IN ('open', 'completed', 'failed', 'expired', 'replaced')", name="status"
        ),
        UniqueConstraint("workspace_id", "provider", "session_id"),
        Index(
            "checkouts_one_open_key",
            "workspace_id",
            "invoice_id",
            unique=True,
            postgresql_where=text("status = 'open'"),
        ),
        Index("checkouts_by_invoice_idx", "workspace_id", "invoice_id", "id"),
    )

    invoice_id: Mapped[UUID]
    provider: Mapped[str]
    session_id: Mapped[str]
    url: Mapped[str]
    currency: Mapped[str]
    amount_minor: Mapped[int]
    status: Mapped[str] = mapped_column(server_default="open")
    expires_at: Mapped[datetime]


class ProviderEvent(TenantRecord):
    """What a provider told us, by its own id: told again, nothing happens again."""

    __tablename__ = "provider_events"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
        UniqueConstraint("workspace_id", "provider", "event_id"),
    )

    provider: Mapped[str]
    event_id: Mapped[str]
