"""What all tables share: column types, constraint names, and the two kinds of table."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import BigInteger, DateTime, MetaData, Text, Uuid, func
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from uuid_utils.compat import uuid7

NAMES = {
    "ix": "%(table_name)s_%(column_0_N_name)s_idx",
    "uq": "%(table_name)s_%(column_0_N_name)s_key",
    "ck": "%(table_name)s_%(constraint_name)s_check",
    "fk": "%(table_name)s_%(column_0_N_name)s_fkey",
    "pk": "%(table_name)s_pkey",
}


class Base(DeclarativeBase):
    """The declarative base; text is text, instants are timestamptz."""

    __mapper_args__ = {"eager_defaults": True}

    metadata = MetaData(naming_convention=NAMES)
    type_annotation_map: ClassVar[dict[Any, Any]] = {
        str: Text(),
        int: BigInteger(),
        datetime: DateTime(timezone=True),
        dict[str, Any]: JSONB(),
        list[str]: ARRAY(Text()),
        UUID: Uuid(),
    }


class GlobalRecord(Base):
    """A row that belongs to no practice (see GLOBAL_TABLES); replicated to every shard."""

    __abstract__ = True

    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)


class TenantRecord(Base):
    """A row of one practice: keyed by workspace first, which is the shard key (Citus rules)."""

    __abstract__ = True

    workspace_id: Mapped[UUID] = mapped_column(primary_key=True, sort_order=-11)
    id: Mapped[UUID] = mapped_column(primary_key=True, default=uuid7, sort_order=-10)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now(), sort_order=90)


GLOBAL_TABLES = frozenset(
    {
        "users",
        "user_photos",
        "login_sessions",
        "refresh_tokens",
        "user_tokens",
        "spaces",
        "workspace_directory",
        "seal_keys",
    }
)
"""Tables of people and sign-ins, and of the installation; they never reference a tenant table."""

LOCAL_TABLES = frozenset({"jobs", "throttle_buckets", "idempotency_keys", "worker_heartbeats"})
"""Queue tables that live on the coordinator only."""
