"""What people wish to be told by mail, and what they are told in the app."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

STATUSES = "'queued', 'sent', 'failed', 'bounced', 'suppressed', 'cancelled'"
ADDED = "'switched_off', 'deferred', 'digested'"


def upgrade() -> None:
    _allow_statuses(f"{STATUSES}, {ADDED}")
    op.create_table(
        "inboxes",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("member_id", sa.Uuid(), nullable=True),
        sa.Column(
            "choices",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "set_aside",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("digest_hour", sa.SmallInteger(), server_default="8", nullable=False),
        sa.Column("last_number", sa.BigInteger(), server_default="0", nullable=False),
        _created_at(),
        sa.CheckConstraint(
            "id = coalesce(contact_id, member_id)", name=op.f("inboxes_holder_check")
        ),
        sa.CheckConstraint(
            "(contact_id IS NULL) <> (member_id IS NULL)", name=op.f("inboxes_one_holder_check")
        ),
        sa.CheckConstraint("digest_hour BETWEEN 0 AND 23", name=op.f("inboxes_digest_hour_check")),
        _with("inboxes", "contact_id", "contacts"),
        _with("inboxes", "member_id", "members"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("inboxes_pkey")),
    )
    op.create_index("inboxes_by_contact_idx", "inboxes", ["workspace_id", "contact_id"])
    op.create_index("inboxes_by_member_idx", "inboxes", ["workspace_id", "member_id"])
    op.create_table(
        "notifications",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("inbox_id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.BigInteger(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("path", sa.Text(), nullable=True),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=True),
        _created_at(),
        _with("notifications", "inbox_id", "inboxes"),
        _with("notifications", "contact_id", "contacts"),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("notifications_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "inbox_id",
            "event_id",
            name=op.f("notifications_workspace_id_inbox_id_event_id_key"),
        ),
        sa.UniqueConstraint(
            "workspace_id",
            "inbox_id",
            "number",
            name=op.f("notifications_workspace_id_inbox_id_number_key"),
        ),
    )
    op.create_index(
        "notifications_unread_idx",
        "notifications",
        ["workspace_id", "inbox_id", "number"],
        postgresql_where=sa.text("read_at IS NULL"),
    )
    for column in ("contact", "event", "subject"):
        op.create_index(
            f"notifications_by_{column}_idx", "notifications", ["workspace_id", f"{column}_id"]
        )
    op.create_index("notifications_by_age_idx", "notifications", ["created_at"])

    for table in ("inboxes", "notifications"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_table("notifications")
    op.drop_table("inboxes")
    op.execute(f"UPDATE emails SET status = 'cancelled' WHERE status IN ({ADDED})")  # noqa: S608 - ours
    _allow_statuses(STATUSES)


def _allow_statuses(statuses: str) -> None:
    name = op.f("emails_status_check")
    op.drop_constraint(name, "emails", type_="check")
    op.create_check_constraint(name, "emails", f"status IN ({statuses})")


def _created_at() -> sa.Column[object]:
    return sa.Column(
        "created_at",
        sa.DateTime(timezone=True),
        server_default=sa.text("now()"),
        nullable=False,
    )


def _with(table: str, column: str, parent: str) -> sa.ForeignKeyConstraint:
    """What goes when its parent goes."""
    return sa.ForeignKeyConstraint(
        ["workspace_id", column],
        [f"{parent}.workspace_id", f"{parent}.id"],
        name=op.f(f"{table}_workspace_id_{column}_fkey"),
        ondelete="CASCADE",
    )
