"""Coaches with years of appointments behind and before them."""

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import text

from app.core.db import Database
from app.models import Contact
from tests.make import Person

FIRST = date(2189, 1, 1)
"""A Thursday; appointments are at every hour from here on."""

MEETINGS = text("""
INSERT INTO appointments (workspace_id, id, coach_id, appointment_type_id, status, starts_at,
  ends_at, blocked_from, blocked_until, local_date, time_zone, capacity, seats_taken)
SELECT :workspace_id, gen_random_uuid(), :coach_id, :type_id,
  (ARRAY['confirmed', 'completed', 'cancelled', 'pending'])[1 + n % 4], begin,
  begin + interval '50 minutes', begin, begin + interval '60 minutes',
  cast(begin AT TIME ZONE 'UTC' AS date), 'UTC', 1, 1
FROM generate_series(0, :count - 1) AS n,
  LATERAL (SELECT cast(:first AS timestamptz) + n * interval '1 hour' AS begin) AS at
""")

SEATS = text("""
INSERT INTO appointment_attendees
  (workspace_id, id, appointment_id, contact_id, status, booked_by, ical_uid)
SELECT workspace_id, gen_random_uuid(), id, clients.ids[1 + numbered.row % :clients], status,
  'member', cast(id AS text)
FROM (SELECT *, row_number() OVER () AS row FROM appointments
      WHERE workspace_id = :workspace_id) AS numbered,
  (SELECT array_agg(id) AS ids FROM contacts WHERE workspace_id = :workspace_id) AS clients
""")

CLIENTS = 250


async def fill(database: Database, coach: Person, offered: dict[str, Any], count: int) -> UUID:
    """Appointments at every hour from FIRST on, each client's in turn; the id of one client."""
    ids = {"workspace_id": coach.workspace_id}
    async with database.writing(coach.workspace_id) as session:
        clients = [Contact(**ids, first_name=f"Ada {number}") for number in range(CLIENTS)]
        session.add_all(clients)
        await session.flush()
        begin = datetime(FIRST.year, FIRST.month, FIRST.day, tzinfo=UTC)
        meeting = {"coach_id": coach.member_id, "type_id": UUID(offered["id"])}
        await session.execute(MEETINGS, {**ids, **meeting, "first": begin, "count": count})
        await session.execute(SEATS, {**ids, "clients": CLIENTS})
        return clients[0].id
