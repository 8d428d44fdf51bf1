"""What practices say in their letters in words of their own."""

from datetime import datetime

from sqlalchemy import CheckConstraint, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import TenantRecord


class EmailWording(TenantRecord):
    """A practice's own subject, or words before the standard text, of one letter."""

    __tablename__ = "email_wordings"
    __table_args__ = (
        UniqueConstraint("workspace_id", "template"),
        CheckConstraint("subject IS NOT NULL OR intro IS NOT NULL", name="says_something"),
    )

    template: Mapped[str]
    subject: Mapped[str | None]
    intro: Mapped[str | None]
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now(), onupdate=func.now())
