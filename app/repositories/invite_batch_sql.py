"""The statements of a bulk invitation: as many for ten thousand contacts as for one."""

from sqlalchemy import (
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    literal_column,
    select,
    text,
)

from app.models import Contact, Email, PortalInvite, PortalInviteBatchItem, Suppression

INVITED = "invited"

SUPPRESSED = exists().where(
    Suppression.workspace_id == Contact.workspace_id,
    Suppression.email_norm == Contact.email_norm,
)

RESULT = case(
    (Contact.archived_at.is_not(None), "archived"),
    (Contact.portal_status == "active", "already_active"),
    (Contact.portal_status == "disabled", "access_disabled"),
    (Contact.email_norm.is_(None), "no_email"),
    (Contact.type == "lead", "lead"),
    (SUPPRESSED, "unsubscribed"),
    (
        and_(Contact.portal_status == "pending", Contact.invited_at > bindparam("recent")),
        "recently_invited",
    ),
    else_=literal(INVITED),
).label("result")
"""Why a contact of a batch is left out, in the order the reasons count; else `invited`."""

CANDIDATES = select(Contact.id, Contact.email_norm, RESULT).where(
    Contact.workspace_id == bindparam("workspace_id")
)

WRITE = text("""
WITH input AS MATERIALIZED (
  SELECT * FROM jsonb_to_recordset(cast(:rows AS jsonb)) AS r(
    item_id uuid, contact_id uuid, result text, invite_id uuid, event_id uuid,
    email_norm text, token_hash text)
), shared AS MATERIALIZED (
  SELECT cast(:workspace_id AS uuid) AS workspace_id, cast(:batch_id AS uuid) AS batch_id,
    cast(:actor_id AS uuid) AS actor_id, cast(:actor_kind AS text) AS actor_kind,
    cast(:message AS text) AS message, cast(:invited_at AS timestamptz) AS invited_at,
    cast(:expires_at AS timestamptz) AS expires_at
), batch AS (
  INSERT INTO portal_invite_batches
    (workspace_id, id, created_by, message, total, invited, skipped, created_at)
  SELECT workspace_id, batch_id, actor_id, message, cast(:total AS bigint),
    cast(:invited AS bigint), cast(:skipped AS jsonb), invited_at
  FROM shared
), items AS (
  INSERT INTO portal_invite_batch_items (workspace_id, id, batch_id, contact_id, result, event_id)
  SELECT workspace_id, item_id, batch_id, contact_id, result, event_id FROM input, shared
), invites AS (
  INSERT INTO portal_invites
    (workspace_id, id, contact_id, email_norm, token_hash, expires_at, event_id, batch_id)
  SELECT workspace_id, invite_id, contact_id, email_norm, decode(token_hash, 'hex'),
    expires_at, event_id, batch_id
  FROM input, shared WHERE invite_id IS NOT NULL
), marked AS (
  UPDATE contacts SET portal_status = 'pending', invited_at = shared.invited_at,
    invite_expires_at = shared.expires_at, invite_event_id = input.event_id,
    version = version + 1, updated_at = shared.invited_at
  FROM input, shared
  WHERE contacts.workspace_id = shared.workspace_id AND contacts.id = input.contact_id
    AND input.invite_id IS NOT NULL
), recorded AS (
  INSERT INTO events (workspace_id, id, type, actor_kind, actor_id, contact_id, subject_id, data)
  SELECT workspace_id, event_id, :event_type, actor_kind, actor_id, contact_id, invite_id,
    jsonb_build_object('invite_id', invite_id, 'expires_at', expires_at, 'message', message)
  FROM input, shared WHERE invite_id IS NOT NULL
)
INSERT INTO jobs (kind, payload, lane, run_at)
SELECT 'fanout', payload, lane, invited_at
FROM shared, jsonb_to_recordset(cast(:jobs AS jsonb)) AS j(payload jsonb, lane smallint)
""")

STATUS = func.coalesce(Email.status, literal_column("'queued'"))
"""How an invitation's e-mail fares; before it is planned, it is on its way all the same."""

DELIVERY = (
    select(STATUS, func.count())
    .select_from(PortalInvite)
    .outerjoin(
        Email,
        and_(
            Email.workspace_id == PortalInvite.workspace_id,
            Email.event_id == PortalInvite.event_id,
        ),
    )
    .where(
        PortalInvite.workspace_id == bindparam("workspace_id"),
        PortalInvite.batch_id == bindparam("batch_id"),
    )
    .group_by(STATUS)
)

ITEMS = (
    select(
        PortalInviteBatchItem.id,
        PortalInviteBatchItem.contact_id,
        PortalInviteBatchItem.result,
        Contact.first_name,
        Contact.last_name,
        Contact.email,
        Email.status.label("delivery_status"),
        Email.smtp_reply,
    )
    .outerjoin(
        Contact,
        and_(
            Contact.workspace_id == PortalInviteBatchItem.workspace_id,
            Contact.id == PortalInviteBatchItem.contact_id,
        ),
    )
    .outerjoin(
        Email,
        and_(
            Email.workspace_id == PortalInviteBatchItem.workspace_id,
            Email.event_id == PortalInviteBatchItem.event_id,
        ),
    )
    .where(
        PortalInviteBatchItem.workspace_id == bindparam("workspace_id"),
        PortalInviteBatchItem.batch_id == bindparam("batch_id"),
    )
    .order_by(PortalInviteBatchItem.id)
    .limit(bindparam("row_limit"))
)
"""What became of each contact of a batch, in the order of the batch."""
