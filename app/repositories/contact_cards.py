"""A contact as columns: what its answer and its place in a list are made of."""

from typing import Any

from sqlalchemy import Row, Text, and_, bindparam, case, func, literal, literal_column, null, select
from sqlalchemy.dialects.postgresql import JSONB

from app.models import Contact, CustomField, Email

WRITTEN = (
    "first_name",
    "last_name",
    "email",
    "email_norm",
    "phone",
    "company",
    "job_title",
    "time_zone",
    "type",
    "tags",
    "tag_keys",
    "coach_id",
    "custom_fields",
    "external_id",
    "source",
)
"""The columns whoever adds a contact decides on."""

CARD_FIELDS = (
    "id",
    *(name for name in WRITTEN if name not in {"email_norm", "tag_keys"}),
    "archived_at",
    "version",
    "created_at",
    "updated_at",
)
PORTAL_FIELDS = (
    "portal_status",
    "invited_at",
    "invite_expires_at",
    "invite_event_id",
    "activated_at",
    "last_active_at",
)
KEY_FIELDS = ("sort_name", "activity")

OWN = {name: Contact.__table__.c[name] for name in (*CARD_FIELDS, *PORTAL_FIELDS, *KEY_FIELDS)}

ContactCard = Row[*tuple[Any, ...]]
"""A contact's OWN columns, and how its last invite's e-mail fared."""

NEW_CARD = (
    *OWN.values(),
    literal(None, Text).label("invite_email_status"),
    literal(None, Text).label("invite_email_reply"),
)
"""The columns of a contact in the statement that adds it."""

_values = OWN["custom_fields"]

VALUES_OF_DEFINED_FIELDS = (
    select(func.jsonb_object_agg(CustomField.key, _values.op("->")(CustomField.key), type_=JSONB))
    .where(CustomField.workspace_id == Contact.workspace_id, _values.op("?")(CustomField.key))
    .correlate(Contact)
    .scalar_subquery()
)
"""A contact's custom values but for those whose field was deleted since; null for none."""

SHOWN = {
    **OWN,
    "custom_fields": case(
        (_values == literal_column("'{}'::jsonb"), null()), else_=VALUES_OF_DEFINED_FIELDS
    ).label("custom_fields"),
}

CARDS = (
    select(
        *SHOWN.values(),
        Email.status.label("invite_email_status"),
        Email.smtp_reply.label("invite_email_reply"),
    )
    .outerjoin(
        Email,
        and_(
            Email.workspace_id == Contact.workspace_id,
            Email.event_id == Contact.invite_event_id,
        ),
    )
    .where(Contact.workspace_id == bindparam("workspace_id"))
)
"""The contacts of a practice, to be narrowed down and ordered."""

CARD = CARDS.where(Contact.id == bindparam("contact_id"))
