"""A client books themselves into the coach's calendar."""

from datetime import UTC, datetime

from tests.features.appointments.enrolling import enrolled_client, purse
from tests.features.appointments.offering import offer, slots_on
from tests.make import Make

TUESDAY_TEN = "2027-03-02T09:00:00Z"


async def test_a_free_slot_becomes_an_appointment(make: Make):
    coach = await make.coach()
    offered = await offer(
        coach, name="Deep dive", location={"kind": "video", "value": "https://meet.test/a"}
    )
    ana = await enrolled_client(make, coach, offered)

    answer = await ana.book(TUESDAY_TEN, note="First time!", time_zone="Asia/Kathmandu")

    assert answer.status_code == 201, answer.text
    booked = answer.json()
    assert answer.headers["Location"] == f"/v1/portal/appointments/{booked['id']}"
    assert booked["status"] == "confirmed"
    assert booked["name"] == "Deep dive"
    assert (booked["starts_at"], booked["ends_at"]) == (TUESDAY_TEN, "2027-03-02T10:00:00Z")
    assert booked["location"] == {"kind": "video", "value": "https://meet.test/a"}
    assert booked["time_zone"] == "Asia/Kathmandu"
    assert booked["coach_time_zone"] == "Europe/Berlin"
    assert booked["note"] == "First time!"
    assert booked["series"] is None
    own = await ana.http.get(f"/v1/portal/appointments/{booked['id']}")
    assert own.json() == {name: booked[name] for name in booked if name != "series"}


async def test_the_coach_sees_who_has_booked(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered, first_name="Ana", last_name="Lima")
    booked = await ana.booked(TUESDAY_TEN)

    answer = await coach.http.get(f"/v1/appointments/{booked['id']}")

    seen = answer.json()
    assert answer.headers["ETag"] == '"v1"'
    assert seen["contact_id"] == str(ana.person.contact_id)
    assert seen["enrollment_id"] == str(ana.enrollment_id)
    assert (seen["capacity"], seen["seats_taken"]) == (1, 1)
    [attendee] = seen["attendees"]
    assert (attendee["first_name"], attendee["last_name"]) == ("Ana", "Lima")
    assert attendee["booked_by"] == "client"
    assert attendee["status"] == "confirmed"


async def test_the_slot_is_gone_for_everybody(make: Make):
    coach = await make.coach()
    offered = await offer(coach, buffer_before_minutes=30)
    ana = await enrolled_client(make, coach, offered)
    ben = await enrolled_client(make, coach, offered)
    await ana.booked("2027-03-02T08:00:00Z")

    refused = await ben.book("2027-03-02T08:00:00Z")

    assert (refused.status_code, refused.json()["code"]) == (409, "slot_taken")
    assert await slots_on(coach, offered, "2027-03-02", "2027-03-03") == {"2027-03-02": ["11:00"]}
    assert await purse(make.runtime, ben) == {"left": 10, "reserved": 0, "used": 0}


async def test_a_refusal_brings_the_nearest_free_times(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "09:00-12:00")
    ana = await enrolled_client(make, coach, offered)
    ben = await enrolled_client(make, coach, offered)
    await ana.booked("2027-03-02T08:00:00Z")

    problem = (await ben.book("2027-03-02T08:00:00Z")).json()

    assert [one["starts_at"] for one in problem["alternatives"]] == [
        "2027-03-01T10:00:00Z",
        "2027-03-02T09:00:00Z",
        "2027-03-02T10:00:00Z",
    ]
    assert problem["alternatives"][0] == {
        "starts_at": "2027-03-01T10:00:00Z",
        "ends_at": "2027-03-01T11:00:00Z",
        "seats_left": 1,
    }
    assert (await ben.book(problem["alternatives"][1]["starts_at"])).status_code == 201


async def test_the_same_key_books_once(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    body = {**ana.wish, "starts_at": TUESDAY_TEN}
    key = {"Idempotency-Key": "once"}

    first = await ana.http.post("/v1/portal/appointments", json=body, headers=key)
    again = await ana.http.post("/v1/portal/appointments", json=body, headers=key)

    assert again.json() == first.json()
    assert await purse(make.runtime, ana) == {"left": 9, "reserved": 1, "used": 0}


async def test_the_start_may_be_written_in_any_offset(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)

    booked = await ana.booked("2027-03-02T14:45:00+05:45")

    assert datetime.fromisoformat(booked["starts_at"]) == datetime(2027, 3, 2, 9, tzinfo=UTC)


async def test_booking_is_told_in_the_log(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(TUESDAY_TEN, note="Hello")

    story = await coach.http.get(f"/v1/contacts/{ana.person.contact_id}/timeline")

    [entry] = story.json()["data"]
    assert entry["type"] == "appointment.booked"
    assert entry["subject_id"] == booked["id"]
    assert entry["actor"]["kind"] == "client"
    assert entry["data"]["starts_at"] == TUESDAY_TEN
    assert entry["data"]["ical_sequence"] == 0
