"""A coach looks up what can be booked with them."""

from typing import Any

import pytest

from tests.features.appointments.offering import offer, slots_on
from tests.features.availability.working import add_schedule, add_type, intervals, weekdays
from tests.make import Make


async def test_a_day_is_cut_into_slots(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "09:00-12:00", duration_minutes=50, slot_interval_minutes=60)

    found = await slots_on(coach, offered, "2027-03-02", "2027-03-04")

    assert found == {
        "2027-03-02": ["09:00", "10:00", "11:00"],
        "2027-03-03": ["09:00", "10:00", "11:00"],
    }


async def test_a_slot_tells_its_end_and_its_seats(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "09:00-10:00", duration_minutes=50, capacity=8)

    answer = await coach.http.get(
        "/v1/slots",
        params={"appointment_type_id": offered["id"], "from": "2027-03-02", "to": "2027-03-03"},
    )

    assert answer.json() == {
        "time_zone": "Europe/Berlin",
        "coach_time_zone": "Europe/Berlin",
        "busy_data_as_of": None,
        "busy_data_stale": False,
        "days": [
            {
                "date": "2027-03-02",
                "slots": [
                    {
                        "starts_at": "2027-03-02T08:00:00Z",
                        "ends_at": "2027-03-02T08:50:00Z",
                        "seats_left": 8,
                    }
                ],
            }
        ],
    }


async def test_an_unchanged_answer_is_not_sent_again(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    query = {"appointment_type_id": offered["id"], "from": "2027-03-02", "to": "2027-03-09"}
    first = await coach.http.get("/v1/slots", params=query)
    known = {"If-None-Match": first.headers["ETag"]}

    again = await coach.http.get("/v1/slots", params=query, headers=known)
    schedule = (await coach.http.get("/v1/schedules")).json()["data"][0]
    await coach.http.put(
        f"/v1/schedules/{schedule['id']}/overrides/2027-03-03", json={"intervals": []}
    )
    changed = await coach.http.get("/v1/slots", params=query, headers=known)

    assert (again.status_code, again.content) == (304, b"")
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


async def test_a_type_is_offered_in_its_own_hours(make: Make):
    coach = await make.coach()
    await offer(coach, "09:00-12:00")
    evenings = await add_schedule(
        coach, name="Evenings", rules=weekdays("19:00-20:00", days=range(7))
    )
    late = await add_type(coach, schedule_id=evenings["id"])
    default = await add_type(coach)

    assert await slots_on(coach, late, "2027-03-02", "2027-03-03") == {"2027-03-02": ["19:00"]}
    assert (await slots_on(coach, default, "2027-03-02", "2027-03-03"))["2027-03-02"] == [
        "09:00",
        "10:00",
        "11:00",
    ]
    asked = await slots_on(coach, default, "2027-03-02", "2027-03-03", schedule_id=evenings["id"])
    assert asked == {"2027-03-02": ["19:00"]}


async def test_overrides_replace_the_hours_of_their_date(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "22:00-02:00")
    [schedule] = (await coach.http.get("/v1/schedules")).json()["data"]
    url = f"/v1/schedules/{schedule['id']}/overrides"
    await coach.http.put(f"{url}/2027-03-03", json={"intervals": intervals("14:00-15:00")})
    await coach.http.put(f"{url}/2027-03-05", json={"intervals": []})

    found = await slots_on(coach, offered, "2027-03-02", "2027-03-07")

    assert found == {
        "2027-03-02": ["00:00", "01:00", "22:00", "23:00"],  # Wednesday's override ends the night
        "2027-03-03": ["14:00"],
        "2027-03-04": ["22:00", "23:00"],
        "2027-03-06": ["22:00", "23:00"],
    }


async def test_notice_and_horizon_bound_what_is_offered(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "09:00-12:00", min_notice_minutes=24 * 60 + 30, max_advance_days=2)

    found = await slots_on(coach, offered, "2027-02-25", "2027-03-20")

    assert found == {
        "2027-03-02": ["10:00", "11:00"],  # it is 09:00 in Berlin on 1 March
        "2027-03-03": ["09:00", "10:00", "11:00"],
    }


async def test_without_working_hours_there_is_nothing_to_ask(make: Make):
    coach = await make.coach()
    offered = await add_type(coach)
    query = {"appointment_type_id": offered["id"], "from": "2027-03-02", "to": "2027-03-03"}

    answer = await coach.http.get("/v1/slots", params=query)

    assert (answer.status_code, answer.json()["code"]) == (409, "no_working_hours")


async def test_what_is_archived_is_not_offered(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    await coach.http.post(f"/v1/appointment-types/{offered['id']}/archive")
    query = {"appointment_type_id": offered["id"], "from": "2027-03-02", "to": "2027-03-03"}

    answer = await coach.http.get("/v1/slots", params=query)

    assert (answer.status_code, answer.json()["code"]) == (409, "appointment_type_archived")


@pytest.mark.parametrize(
    ("change", "pointer"),
    [
        ({"to": "2027-03-02"}, "/to"),
        ({"to": "2027-03-01"}, "/to"),
        ({"to": "2027-06-04"}, "/to"),
        ({"to": "2037-03-02"}, "/to"),
        ({"from": "2027-02-29"}, "/from"),
        ({"from": "2027-03-02T09:00:00Z"}, "/from"),
        ({"to": "9999-12-31"}, "/to"),
        ({"time_zone": "Mars/Olympus"}, "/time_zone"),
        ({"time_zone": "../etc/passwd"}, "/time_zone"),
        ({"appointment_type_id": "x"}, "/appointment_type_id"),
        ({"limit": "5"}, "/limit"),
    ],
)
async def test_bad_questions_are_refused_with_their_place(
    make: Make, change: dict[str, Any], pointer: str
):
    coach = await make.coach()
    offered = await offer(coach)
    query = {"appointment_type_id": offered["id"], "from": "2027-03-02", "to": "2027-03-03"}

    answer = await coach.http.get("/v1/slots", params=query | change)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer


async def test_a_quarter_of_a_year_is_answered(make: Make):
    coach = await make.coach()
    offered = await offer(coach)

    assert len(await slots_on(coach, offered, "2027-03-02", "2027-06-03")) == 93


async def test_nobody_elses_slots_are_told(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    offered = await offer(coach)
    query = {"appointment_type_id": offered["id"], "from": "2027-03-02", "to": "2027-03-03"}

    assert (await stranger.http.get("/v1/slots", params=query)).status_code == 404
    assert (await client.http.get("/v1/slots", params=query)).json()["code"] == "coaches_only"
