"""Contracts, who signs them, what they filled in, and the log that proves it."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    Float,
    ForeignKeyConstraint,
    Index,
    Integer,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord

CONTRACT_STATES = (
    "status IN ('draft', 'sent', 'completing', 'completed', 'declined', 'voided', 'expired')"
)
SIGNER_STATES = (
    "status IN ('waiting', 'notified', 'viewed', 'consented', 'signed', 'declined', 'expired')"
)
FIELD_KINDS = "kind IN ('signature', 'initials', 'name', 'date', 'text', 'checkbox')"
LIVE = "status IN ('draft', 'sent', 'completing', 'completed')"
"""A contract that goes on, or stands: an enrollment has at most one."""


class Contract(TenantRecord):
    """An agreement: its text (`body`, Markdown) or an uploaded PDF until it is sent, then bytes.

    `source_key` is the uploaded PDF, `pages` its pages' sizes in points. `document_key` are the
    bytes that were frozen on sending, `document_sha256` what everybody signs; `sealed_key` those
    of the completed PDF. `audit_seq` and `audit_head` are the last entry of its log, so that a
    log cut short is seen. `last_error` is why it can't be sent or sealed by itself.
    """

    __tablename__ = "contracts"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["workspace_id", "author_id"], ["members.workspace_id", "members.id"]),
        ForeignKeyConstraint(
            ["workspace_id", "template_id"],
            ["contract_templates.workspace_id", "contract_templates.id"],
        ),
        ForeignKeyConstraint(
            ["workspace_id", "enrollment_id"],
            ["enrollments.workspace_id", "enrollments.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint(CONTRACT_STATES, name="status"),
        CheckConstraint("(body IS NULL) <> (source_key IS NULL)", name="source"),
        CheckConstraint(
            "(status = 'draft') = (document_key IS NULL)"
            " AND (document_key IS NULL) = (document_sha256 IS NULL)"
            " AND (document_key IS NULL) = (sent_at IS NULL)",
            name="document",
        ),
        CheckConstraint("(status = 'completed') = (sealed_key IS NOT NULL)", name="sealed"),
        CheckConstraint(
            "(status IN ('completed', 'declined', 'voided', 'expired')) = (ended_at IS NOT NULL)",
            name="ended_at",
        ),
        Index(
            "contracts_one_live_per_enrollment_key",
            "workspace_id",
            "enrollment_id",
            unique=True,
            postgresql_where=text(LIVE),
        ),
        Index("contracts_by_contact_idx", "workspace_id", "contact_id", "id"),
        Index("contracts_by_status_idx", "workspace_id", "status", "id"),
        Index("contracts_by_template_idx", "workspace_id", "template_id"),
        Index("contracts_by_enrollment_idx", "workspace_id", "enrollment_id"),
    )

    contact_id: Mapped[UUID]
    author_id: Mapped[UUID | None]
    template_id: Mapped[UUID | None]
    enrollment_id: Mapped[UUID | None]
    title: Mapped[str]
    message: Mapped[str | None]
    body: Mapped[str | None]
    source_key: Mapped[str | None]
    pages: Mapped[list[dict[str, Any]]] = mapped_column(JSONB(), server_default=text("'[]'"))
    variables: Mapped[dict[str, Any]] = mapped_column(server_default=text("'{}'"))
    status: Mapped[str] = mapped_column(server_default="draft")
    expires_at: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    end_reason: Mapped[str | None]
    document_key: Mapped[str | None]
    document_sha256: Mapped[str | None]
    document_size: Mapped[int | None]
    sealed_key: Mapped[str | None]
    sealed_sha256: Mapped[str | None]
    sealed_size: Mapped[int | None]
    audit_seq: Mapped[int] = mapped_column(Integer, server_default="0")
    audit_head: Mapped[str] = mapped_column(server_default="")
    last_error: Mapped[str | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())


class ContractSigner(TenantRecord):
    """Somebody who signs (`client`, `coach`), or gets copies (`cc`).

    `who` is what the document's marks call them. A client who is the contact has its
    `contact_id`, a coach their `member_id`; others have a name and an address only, and sign
    with what was mailed to them, of which `token_hash` is the SHA-256. `place` is the order of
    signing: equal places sign in parallel.
    """

    __tablename__ = "contract_signers"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contract_id"],
            ["contracts.workspace_id", "contracts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contact_id"],
            ["contacts.workspace_id", "contacts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(["workspace_id", "member_id"], ["members.workspace_id", "members.id"]),
        CheckConstraint("role IN ('client', 'coach', 'cc')", name="role"),
        CheckConstraint(SIGNER_STATES, name="status"),
        CheckConstraint("place > 0", name="place"),
        CheckConstraint("(status = 'signed') = (signed_at IS NOT NULL)", name="signed_at"),
        UniqueConstraint("workspace_id", "contract_id", "who"),
        UniqueConstraint("workspace_id", "token_hash"),
        Index("contract_signers_by_contact_idx", "workspace_id", "contact_id", "contract_id"),
    )

    contract_id: Mapped[UUID]
    role: Mapped[str]
    who: Mapped[str]
    place: Mapped[int] = mapped_column(Integer)
    contact_id: Mapped[UUID | None]
    member_id: Mapped[UUID | None]
    name: Mapped[str]
    email: Mapped[str | None]
    status: Mapped[str] = mapped_column(server_default="waiting")
    token_hash: Mapped[bytes | None] = mapped_column(LargeBinary)
    notified_at: Mapped[datetime | None]
    viewed_at: Mapped[datetime | None]
    consented_at: Mapped[datetime | None]
    disclosure_version: Mapped[str | None]
    disclosure_sha256: Mapped[str | None]
    signed_at: Mapped[datetime | None]
    declined_at: Mapped[datetime | None]
    reminders: Mapped[int] = mapped_column(Integer, server_default="0")
    reminded_at: Mapped[datetime | None]


class ContractField(TenantRecord):
    """A place on a page that a signer fills in; points from the visible page's top left.

    `value` is what they wrote; of signatures it stays empty, for these have rows of their own.
    """

    __tablename__ = "contract_fields"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contract_id"],
            ["contracts.workspace_id", "contracts.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "signer_id"],
            ["contract_signers.workspace_id", "contract_signers.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint(FIELD_KINDS, name="kind"),
        CheckConstraint("page > 0 AND x >= 0 AND y >= 0 AND w > 0 AND h > 0", name="place"),
        Index("contract_fields_by_contract_idx", "workspace_id", "contract_id", "id"),
        Index("contract_fields_by_signer_idx", "workspace_id", "signer_id"),
    )

    contract_id: Mapped[UUID]
    signer_id: Mapped[UUID]
    kind: Mapped[str]
    page: Mapped[int] = mapped_column(Integer)
    x: Mapped[float] = mapped_column(Float)
    y: Mapped[float] = mapped_column(Float)
    w: Mapped[float] = mapped_column(Float)
    h: Mapped[float] = mapped_column(Float)
    required: Mapped[bool] = mapped_column(server_default=text("true"))
    label: Mapped[str] = mapped_column(server_default="")
    value: Mapped[str | None]


class ContractSignature(TenantRecord):
    """How a signer signed, once: a typed name, or a picture of the signature as PNG."""

    __tablename__ = "contract_signatures"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "signer_id"],
            ["contract_signers.workspace_id", "contract_signers.id"],
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["workspace_id", "contract_id"],
            ["contracts.workspace_id", "contracts.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("method IN ('typed', 'drawn', 'uploaded')", name="method"),
        CheckConstraint("(method = 'typed') = (typed IS NOT NULL)", name="typed"),
        CheckConstraint("(typed IS NULL) <> (image IS NULL)", name="image"),
        UniqueConstraint("workspace_id", "signer_id"),
        Index("contract_signatures_by_contract_idx", "workspace_id", "contract_id"),
    )

    contract_id: Mapped[UUID]
    signer_id: Mapped[UUID]
    method: Mapped[str]
    typed: Mapped[str | None]
    image: Mapped[bytes | None] = mapped_column(LargeBinary)
    document_sha256: Mapped[str]


class ContractAudit(TenantRecord):
    """An entry of a contract's log. Never changed: `hash` covers it and the entry before it."""

    __tablename__ = "contract_audit"
    __table_args__ = (
        ForeignKeyConstraint(
            ["workspace_id", "contract_id"],
            ["contracts.workspace_id", "contracts.id"],
            ondelete="CASCADE",
        ),
        CheckConstraint("seq > 0", name="seq"),
        UniqueConstraint("workspace_id", "contract_id", "seq"),
    )

    contract_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    type: Mapped[str]
    actor: Mapped[dict[str, Any]]
    data: Mapped[dict[str, Any]]
    prev_hash: Mapped[str]
    hash: Mapped[str]
