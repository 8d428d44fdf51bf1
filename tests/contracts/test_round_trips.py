"""What a request costs on the wire to PostgreSQL, once prepared statements and caches are warm.

Times differ from machine to machine; round trips don't. Row-level security is off, as it is in a
default install: with it, each read needs a transaction.
"""

import pytest
from sqlalchemy import insert

from app.features.invites.batches import MANY
from app.models import Contact
from tests.contracts.wired import Wired
from tests.features.accounts.people import PASSWORD, registration
from tests.wire_proxy import Traffic

BEGIN, COMMIT = "BEGIN ISOLATION LEVEL READ COMMITTED", "COMMIT"


READS = [
    ("/v1/contacts/{contact_id}", 1),
    ("/v1/contacts?limit=50", 1),
    ("/v1/contacts?limit=50&sort=name&search=ada&tag=vip", 1),
    ("/v1/contacts/counts", 1),
    ("/v1/contacts/tags", 1),
    ("/v1/contacts/{contact_id}/timeline", 2),
    ("/v1/emails", 1),
    ("/v1/events", 1),
    ("/v1/invoices", 1),
    ("/v1/notifications?limit=50", 1),
    ("/v1/notifications?limit=50&unread=true", 1),
    ("/v1/notifications/counts", 1),
    ("/v1/me/notification-preferences", 1),
    ("/v1/workspace", 1),
    ("/v1/me", 2),
    ("/livez", 0),
]
"""Of the coach's, each one's round trips; the timeline and `me` look up their owner as well."""


@pytest.mark.parametrize(("path", "trips"), READS)
async def test_a_read_is_its_statement_and_nothing_around_it(wired: Wired, path: str, trips: int):
    coach = await wired.make.coach()
    contact = await wired.make.contact(workspace_id=coach.workspace_id)
    url = path.format(contact_id=contact.id)
    traffic = await wired.traffic(coach.http, "GET", url)

    assert (traffic.round_trips, traffic.commands, traffic.parsed) == (trips, [], []), traffic


@pytest.mark.parametrize(("path", "trips"), [("/v1/portal/coach", 1), ("/v1/me", 2)])
async def test_a_portal_read_costs_no_more(wired: Wired, path: str, trips: int):
    coach = await wired.make.coach()
    client = await wired.make.client(workspace_id=coach.workspace_id, coach_id=coach.member_id)
    traffic = await wired.traffic(client.http, "GET", path)

    assert (traffic.round_trips, traffic.commands, traffic.parsed) == (trips, [], []), traffic


async def test_a_contact_its_event_and_its_job_are_one_statement(wired: Wired):
    coach = await wired.make.coach()
    traffic = await wired.traffic(coach.http, "POST", "/v1/contacts", json={"first_name": "Ada"})

    assert traffic.round_trips == 3, traffic
    assert traffic.commands == [BEGIN, COMMIT]
    assert traffic.parsed == []


async def test_an_idempotency_key_adds_its_claim_and_its_answer(wired: Wired):
    coach = await wired.make.coach()
    body = {"first_name": "Ada"}
    traffic = await wired.traffic(coach.http, "POST", "/v1/contacts", json=body, keyed=True)

    assert traffic.round_trips == 5, traffic
    assert traffic.commands == [BEGIN, COMMIT]


async def test_signing_in_costs_what_is_written_here(wired: Wired):
    """Two throttles, the account, a permit given back, and a unit of work with eight."""
    anonymous = wired.make.anonymous()
    registered = await anonymous.post("/v1/auth/register", json=registration())
    assert registered.is_success
    email = registered.json()["user"]["email"]
    credentials = {"email": email, "password": PASSWORD}
    traffic = await wired.traffic(anonymous, "POST", "/v1/auth/login", json=credentials)

    assert traffic.round_trips == 12, traffic
    assert traffic.commands == [BEGIN, COMMIT]
    assert traffic.parsed == []


async def test_inviting_a_thousand_contacts_takes_one_more_than_ten(wired: Wired):
    """The one more asks for fresh statistics: from MANY contacts on, and not for each."""
    counts = (1, 10, MANY, 2 * MANY)
    _, few, many, twice_as_many = [await invited_together(wired, count) for count in counts]

    assert few.round_trips == 7, few
    assert many.round_trips == few.round_trips + 1, (few, many)
    assert twice_as_many.round_trips == many.round_trips, (many, twice_as_many)
    assert twice_as_many.commands == [BEGIN, COMMIT]


async def invited_together(wired: Wired, count: int) -> Traffic:
    """What inviting so many contacts of a practice in one request sends."""
    coach = await wired.make.coach()
    rows = [
        {
            "workspace_id": coach.workspace_id,
            "first_name": "Ada",
            "email": f"{n}@example.test",
            "email_norm": f"{n}@example.test",
        }
        for n in range(count)
    ]
    async with wired.make.runtime.database.writing() as session:
        await session.execute(insert(Contact), rows)
    await coach.http.get("/v1/contacts")  # lets the doorkeeper know the caller
    url = "/v1/portal-invites/batches"
    return await wired.once(coach.http, "POST", url, json={"filter": {}}, keyed=True)
