"""The event log and the e-mail outbox."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from app.models.policies import create_policy

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "emails",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("event_id", sa.Uuid(), nullable=False),
        sa.Column("template", sa.Text(), nullable=False),
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("recipient_name", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("user_id", sa.Uuid(), nullable=True),
        sa.Column(
            "context",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column("status", sa.Text(), server_default="queued", nullable=False),
        sa.Column("subject", sa.Text(), nullable=True),
        sa.Column("message_id", sa.Text(), nullable=True),
        sa.Column("attempts", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("resends", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("smtp_reply", sa.Text(), nullable=True),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "status IN ('queued', 'sent', 'failed', 'bounced', 'suppressed', 'cancelled')",
            name=op.f("emails_status_check"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("emails_pkey")),
        sa.UniqueConstraint(
            "workspace_id",
            "event_id",
            "template",
            "recipient",
            name=op.f("emails_workspace_id_event_id_template_recipient_key"),
        ),
    )
    op.create_index(
        "emails_by_contact_idx", "emails", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index(
        "emails_by_status_idx", "emails", ["workspace_id", "status", "id"], unique=False
    )
    op.create_table(
        "events",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("type", sa.Text(), nullable=False),
        sa.Column("actor_kind", sa.Text(), nullable=False),
        sa.Column("actor_id", sa.Uuid(), nullable=True),
        sa.Column("contact_id", sa.Uuid(), nullable=True),
        sa.Column("subject_id", sa.Uuid(), nullable=True),
        sa.Column(
            "data",
            postgresql.JSONB(astext_type=sa.Text()),
            server_default=sa.text("'{}'"),
            nullable=False,
        ),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "actor_kind IN ('member', 'client', 'api_key', 'system')",
            name=op.f("events_actor_kind_check"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("events_pkey")),
    )
    op.create_index(
        "events_by_contact_idx", "events", ["workspace_id", "contact_id", "id"], unique=False
    )
    op.create_index("events_by_type_idx", "events", ["workspace_id", "type", "id"], unique=False)
    op.create_table(
        "suppressions",
        sa.Column("workspace_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("email_norm", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=True),
        sa.Column(
            "created_at",
            sa.DateTime(timezone=True),
            server_default=sa.text("now()"),
            nullable=False,
        ),
        sa.CheckConstraint(
            "reason IN ('bounced', 'complained', 'unsubscribed')",
            name=op.f("suppressions_reason_check"),
        ),
        sa.PrimaryKeyConstraint("workspace_id", "id", name=op.f("suppressions_pkey")),
        sa.UniqueConstraint(
            "workspace_id", "email_norm", name=op.f("suppressions_workspace_id_email_norm_key")
        ),
    )
    for table in ("emails", "events", "suppressions"):
        op.execute(create_policy(table))


def downgrade() -> None:
    op.drop_table("suppressions")
    op.drop_index("events_by_type_idx", table_name="events")
    op.drop_index("events_by_contact_idx", table_name="events")
    op.drop_table("events")
    op.drop_index("emails_by_status_idx", table_name="emails")
    op.drop_index("emails_by_contact_idx", table_name="emails")
    op.drop_table("emails")
