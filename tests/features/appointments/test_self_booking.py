"""Who may book themselves: enrolled, where the program lets them, with credits left."""

from uuid import UUID

from tests.features.appointments.enrolling import Enrolled, alter, enrol, enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.features.availability.working import add_schedule, add_type, weekdays
from tests.features.programs.enrolling import enrolled
from tests.features.programs.offers import program
from tests.make import Make

TUESDAY_TEN = "2027-03-02T09:00:00Z"


async def codes(client: Enrolled) -> set[str]:
    """What slots, holds and bookings say."""
    query = {**client.wish, "from": "2027-03-02", "to": "2027-03-03"}
    answers = [
        await client.http.get("/v1/portal/slots", params=query),
        await client.http.get("/v1/portal/slots/next", params=client.wish),
        await client.http.post(
            "/v1/portal/slot-holds", json={**client.wish, "starts_at": TUESDAY_TEN}
        ),
        await client.book(TUESDAY_TEN),
    ]
    return {answer.json().get("code", "fine") for answer in answers}


async def test_a_program_without_self_scheduling_is_booked_by_the_coach(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    await alter(make.runtime, ana, self_scheduling_enabled=False)

    assert await codes(ana) == {"self_scheduling_disabled"}
    assert (await ana.book(TUESDAY_TEN)).status_code == 403


async def test_a_paused_enrollment_books_nothing(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    await alter(make.runtime, ana, status="invited")

    assert await codes(ana) == {"enrollment_not_active"}


async def test_an_enrollment_that_has_not_begun_books_nothing(make: Make):
    """It has no credits yet, of whatever type: they come when it begins."""
    coach = await make.coach()
    offered = await offer(coach)
    grants = [{"appointment_type_id": offered["id"], "sessions": 8}]
    made = await program(coach, appointment_types=grants, self_scheduling_enabled=True)
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, made, client.contact_id)
    ana = Enrolled(person=client, type_id=offered["id"], enrollment_id=UUID(enrollment["id"]))

    assert await codes(ana) == {"enrollment_not_active"}


async def test_another_clients_enrollment_is_not_there(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    borrowed = Enrolled(person=ben.person, type_id=ben.type_id, enrollment_id=ana.enrollment_id)

    assert await codes(borrowed) == {"not_found"}
    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 0, "used": 0}


async def test_a_type_the_program_does_not_grant_is_not_there(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    other = await add_type(coach, name="Extra")
    greedy = Enrolled(person=ana.person, type_id=other["id"], enrollment_id=ana.enrollment_id)

    assert await codes(greedy) == {"not_found"}


async def test_the_last_credit_books_once(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered, sessions=1)
    await ana.booked(TUESDAY_TEN)

    refused = await ana.book("2027-03-03T09:00:00Z")

    assert (refused.status_code, refused.json()["code"]) == (409, "no_credits")
    assert len((await ana.http.get("/v1/portal/appointments")).json()["data"]) == 1
    assert await purse(make.runtime, ana) == {"left": 0, "reserved": 1, "used": 0}


async def test_minutes_are_paid_by_length(make: Make):
    coach = await make.coach()
    offered = await offer(coach, duration_minutes=50)
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment_id = await enrol(make.runtime, client, offered["id"], sessions=60, unit="minutes")
    ana = Enrolled(person=client, type_id=offered["id"], enrollment_id=enrollment_id)

    await ana.booked("2027-03-02T08:00:00Z")

    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 50, "used": 0}


async def test_the_programs_hours_come_before_the_types(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "09:00-12:00")
    evenings = await add_schedule(
        coach, name="Evenings", rules=weekdays("19:00-20:00", days=range(7))
    )
    ana = await enrolled_client(make, coach, offered)
    await alter(make.runtime, ana, schedule_id=evenings["id"])

    assert (await ana.book(TUESDAY_TEN)).json()["code"] == "outside_availability"
    assert (await ana.book("2027-03-02T18:00:00Z")).status_code == 201
