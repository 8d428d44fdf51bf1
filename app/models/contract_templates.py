"""Texts that contracts are made from."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKeyConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class ContractTemplate(TenantRecord):
    """A text in Markdown; `variables` are its own ones: `{name, label, sample}` each."""

    __tablename__ = "contract_templates"
    __table_args__ = (
        ForeignKeyConstraint(["workspace_id"], ["workspaces.workspace_id"], ondelete="CASCADE"),
    )

    name: Mapped[str]
    body: Mapped[str]
    variables: Mapped[list[dict[str, Any]]] = mapped_column(JSONB(), server_default=text("'[]'"))
    archived_at: Mapped[datetime | None]
    version: Mapped[int] = mapped_column(server_default="1")
    __mapper_args__ = {"version_id_col": version, "eager_defaults": True}
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
