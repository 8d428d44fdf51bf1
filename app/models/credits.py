"""Session credits: what an enrollment grants, reserves and uses up, in an append-only ledger."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Computed,
    ForeignKeyConstraint,
    Index,
    Integer,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

ENTRY_KINDS = ("grant", "reserve", "consume", "release", "forfeit", "expire", "adjust")

EFFECT_ON_BALANCE = (
    "CASE WHEN kind = ANY (ARRAY['grant'::text, 'release'::text, 'adjust'::text]) THEN amount"
    " WHEN kind = ANY (ARRAY['reserve'::text, 'expire'::text]) THEN -amount ELSE 0 END"
)
"""A reservation leaves the balance when it is made; using it up changes nothing more.

Spelt as PostgreSQL gives it back, or comparing models with migrations would find a difference.
"""


class CreditAccount(TenantRecord):
    """An enrollment's sessions, or minutes, of one appointment type; sums of its ledger entries.

    `granted` counts grants and adjustments. The sums change in the statement that adds the entry,
    so the CHECK on `balance` refuses what the ledger can't pay, however many ask at once.
    """

    __tablename__ = "credit_accounts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "appointment_type_id"],
            ["appointment_types.workspace_id", "appointment_types.id"],
        ),
        CheckConstraint("unit IN ('sessions', 'minutes')", name="unit"),
        CheckConstraint("balance >= 0 AND reserved >= 0 AND used >= 0", name="never_negative"),
        UniqueConstraint(
            "workspace_id",
            "enrollment_id",
            "appointment_type_id",
            name="credit_accounts_one_per_type_key",
        ),
        Index("credit_accounts_by_type_idx", "workspace_id", "appointment_type_id"),
        Index(
            "credit_accounts_expiring_idx",
            "workspace_id",
            "expires_at",
            postgresql_where=text("balance > 0"),
        ),
    )

    enrollment_id: Mapped[UUID]
    appointment_type_id: Mapped[UUID]
    unit: Mapped[str]
    granted: Mapped[int] = mapped_column(Integer, server_default="0")
    balance: Mapped[int] = mapped_column(Integer, server_default="0")
    reserved: Mapped[int] = mapped_column(Integer, server_default="0")
    used: Mapped[int] = mapped_column(Integer, server_default="0")
    expires_at: Mapped[datetime | None]
    position: Mapped[int] = mapped_column(Integer, server_default="0")
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class CreditEntry(TenantRecord):
    """One line of the ledger; never changed, never deleted alone.

    `seat_id` is the attendee a reservation was made for. Whatever ends a reservation names it,
    and only one entry can: it is consumed, released or forfeited, once.
    """

    __tablename__ = "credit_entries"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "account_id"],
            ["credit_accounts.workspace_id", "credit_accounts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "reservation_id"],
            ["credit_entries.workspace_id", "credit_entries.id"],
        ),
        CheckConstraint(
            "kind IN ('grant', 'reserve', 'consume', 'release', 'forfeit', 'expire', 'adjust')",
            name="kind",
        ),
        CheckConstraint("amount > 0 OR (kind = 'adjust' AND amount < 0)", name="amount"),
        CheckConstraint(
            "(kind IN ('consume', 'release', 'forfeit')) = (reservation_id IS NOT NULL)",
            name="reservation_id",
        ),
        UniqueConstraint("workspace_id", "reservation_id"),
        Index("credit_entries_by_account_idx", "workspace_id", "account_id", "id"),
        Index("credit_entries_by_seat_idx", "workspace_id", "seat_id"),
    )

    account_id: Mapped[UUID]
    kind: Mapped[str]
    amount: Mapped[int] = mapped_column(Integer)
    change: Mapped[int] = mapped_column(Integer, Computed(EFFECT_ON_BALANCE, persisted=True))
    seat_id: Mapped[UUID | None]
    reservation_id: Mapped[UUID | None]
    reason: Mapped[str | None]
    made_by: Mapped[UUID | None]
