"""A practice's five thousand enrollments, to see how PostgreSQL finds some of them."""

from uuid import UUID

from app.core.ids import new_id

PROGRAM_SEEDS = (
    """
INSERT INTO appointment_types (workspace_id, id, coach_id, name, duration_minutes,
  slot_interval_minutes)
VALUES (:workspace_id, :type_id, :member_id, 'Session', 60, 60)
""",
    """
INSERT INTO programs (workspace_id, id, name, slug, currency, status, self_scheduling_enabled)
SELECT :workspace_id, gen_random_uuid(), 'Program ' || n, 'program-' || n, 'EUR', 'published', true
FROM generate_series(1, 300) AS n
""",
    """
INSERT INTO programs (workspace_id, id, name, slug, currency, status, self_scheduling_enabled)
VALUES (:workspace_id, :program_id, 'Program', 'program', 'EUR', 'published', true)
""",
    """
INSERT INTO allotments (workspace_id, id, program_id, appointment_type_id, unit, amount)
SELECT workspace_id, gen_random_uuid(), id, :type_id, 'sessions', 8
FROM programs WHERE workspace_id = :workspace_id
""",
    """
INSERT INTO enrollments (workspace_id, id, program_id, contact_id, status, origin)
SELECT workspace_id, gen_random_uuid(), :program_id, id,
  (ARRAY['invited', 'active'])[1 + ascii(md5(email)) % 2], 'invited'
FROM contacts WHERE workspace_id = :workspace_id
""",
    """
INSERT INTO credit_accounts (workspace_id, id, enrollment_id, appointment_type_id, unit, granted,
  balance)
SELECT workspace_id, gen_random_uuid(), id, :type_id, 'sessions', 8, 8
FROM enrollments WHERE workspace_id = :workspace_id
""",
    """
INSERT INTO credit_entries (workspace_id, id, account_id, kind, amount)
SELECT workspace_id, gen_random_uuid(), id, 'grant', 8
FROM credit_accounts WHERE workspace_id = :workspace_id
""",
)

PROGRAM_LISTS = [
    "/v1/programs",
    "/v1/programs?status=published",
    "/v1/programs/{program_id}",
    "/v1/enrollments",
    "/v1/enrollments?status=active",
    "/v1/enrollments?program_id={program_id}",
]

PROGRAM_TABLES = {"programs", "allotments", "enrollments", "credit_accounts", "credit_entries"}


def program_ids() -> dict[str, UUID]:
    """Of one program, and what it grants."""
    return {"program_id": new_id(), "type_id": new_id()}
