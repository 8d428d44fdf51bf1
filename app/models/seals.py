"""The keys documents are sealed with, and those they were sealed with before."""

from sqlalchemy import CheckConstraint, Index, LargeBinary, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from app.models.base import GlobalRecord


class SealRecord(GlobalRecord):
    """A key of the installation's: its certificate and the authority to trust, both PEM.

    A key made by Atrium is kept here as `pkcs12`, locked with what only processes of the same
    secret key know; `secret_mark` tells which these are. Of a supplied key only the
    certificates are kept, so that what it sealed can be checked when it has been replaced.
    """

    __tablename__ = "seal_keys"
    __table_args__ = (
        UniqueConstraint("fingerprint"),
        CheckConstraint("(pkcs12 IS NULL) = (secret_mark IS NULL)", name="pkcs12"),
        Index(
            "seal_keys_secret_mark_key",
            "secret_mark",
            unique=True,
            postgresql_where=text("secret_mark IS NOT NULL"),
        ),
    )

    fingerprint: Mapped[str]
    certificate: Mapped[str]
    authority: Mapped[str]
    pkcs12: Mapped[bytes | None] = mapped_column(LargeBinary)
    secret_mark: Mapped[str | None]
