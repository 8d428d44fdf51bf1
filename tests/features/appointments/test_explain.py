"""Why a time is or isn't offered: every rule, with its numbers."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.features.appointments.enrolling import alter, enrolled_client
from tests.features.appointments.offering import offer
from tests.features.availability.working import intervals
from tests.make import Make, Person

NINE = "2027-03-02T08:00:00Z"
RULES = [
    "window",
    "grid",
    "notice",
    "horizon",
    "day_cap",
    "week_cap",
    "client_day_cap",
    "client_week_cap",
    "appointments",
    "external_busy",
    "seats",
]


async def explained(
    coach: Person, offered: dict[str, Any], starts_at: str, **query: str
) -> dict[str, Any]:
    answer = await coach.http.get(
        "/v1/slots/explain",
        params={"appointment_type_id": offered["id"], "starts_at": starts_at, **query},
    )
    assert answer.status_code == 200, answer.text
    explanation: dict[str, Any] = answer.json()
    return explanation


def failed(explanation: dict[str, Any]) -> dict[str, dict[str, Any]]:
    """The facts of the rules that failed, by rule."""
    return {
        rule["rule"]: rule["facts"] for rule in explanation["rules"] if rule["verdict"] == "failed"
    }


async def test_a_free_time_passes_every_rule(make: Make):
    coach = await make.coach()
    offered = await offer(coach)

    explanation = await explained(coach, offered, NINE)

    assert (explanation["offered"], explanation["code"]) == (True, None)
    assert [rule["rule"] for rule in explanation["rules"]] == RULES
    assert {rule["verdict"] for rule in explanation["rules"]} == {"passed", "skipped"}
    assert explanation["rules"][0]["facts"]["hours"] == [
        {"from": "2027-03-02T08:00:00Z", "until": "2027-03-02T11:00:00Z"}
    ]


@pytest.mark.parametrize(
    ("terms", "starts_at", "rule", "code", "facts"),
    [
        ({}, "2027-03-02T12:00:00Z", "window", "outside_availability", {"date": "2027-03-02"}),
        (
            {},
            "2027-03-02T08:30:00Z",
            "grid",
            "outside_availability",
            {"previous_start": NINE, "next_start": "2027-03-02T09:00:00Z"},
        ),
        (
            {"min_notice_minutes": 1500},
            NINE,
            "notice",
            "notice_too_short",
            {"min_notice_minutes": 1500, "earliest_start": "2027-03-02T09:00:00Z"},
        ),
        (
            {"max_advance_days": 3},
            "2027-03-05T08:00:00Z",
            "horizon",
            "beyond_horizon",
            {"max_advance_days": 3, "last_date": "2027-03-04"},
        ),
    ],
)
async def test_the_terms_refuse_with_their_numbers(
    make: Make, terms: dict[str, Any], starts_at: str, rule: str, code: str, facts: dict[str, Any]
):
    coach = await make.coach()
    offered = await offer(coach, **terms)

    explanation = await explained(coach, offered, starts_at)

    assert (explanation["offered"], explanation["code"]) == (False, code)
    assert failed(explanation)[rule].items() >= facts.items()


async def test_what_stands_in_the_way_is_named(make: Make):
    coach = await make.coach()
    offered = await offer(coach, buffer_after_minutes=10, max_per_day=1)
    ana = await enrolled_client(make, coach, offered)
    booked = await ana.booked(NINE)

    explanation = await explained(coach, offered, "2027-03-02T09:00:00Z")

    facts = failed(explanation)
    assert explanation["code"] == "cap_reached"
    assert facts["day_cap"] == {"limit": 1, "booked": 1, "date": "2027-03-02"}
    assert facts["appointments"]["conflicts"] == [
        {"from": NINE, "until": "2027-03-02T09:10:00Z", "ref": booked["id"]}
    ]


async def test_a_clients_own_caps_are_theirs(make: Make):
    coach = await make.coach()
    offered = await offer(coach, client_max_per_week=1)
    ana = await enrolled_client(make, coach, offered)
    await ana.booked(NINE)
    start = "2027-03-04T08:00:00Z"

    anybody = await explained(coach, offered, start)
    hers = await explained(coach, offered, start, contact_id=str(ana.person.contact_id))

    assert anybody["offered"]
    assert failed(hers)["client_week_cap"] == {"limit": 1, "booked": 1, "week_from": "2027-03-01"}


async def test_a_session_tells_its_seats(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=1 + 1)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    await ana.booked(NINE)
    joined = await explained(coach, offered, NINE, contact_id=str(ana.person.contact_id))
    assert (joined["code"], failed(joined)["seats"]["seats_left"]) == ("already_booked", 1)

    await ben.booked(NINE)

    assert (await explained(coach, offered, NINE))["code"] == "session_full"


async def test_it_says_yes_exactly_where_a_slot_is_offered(make: Make):
    """Over the week in which the clocks change, with most rules at work at once."""
    coach = await make.coach()
    offered = await offer(
        coach,
        "20:00-03:00",
        duration_minutes=45,
        slot_interval_minutes=30,
        buffer_before_minutes=15,
        max_advance_days=29,
        max_per_day=3,
        max_per_week=9,
        client_max_per_week=3,
    )
    [schedule] = (await coach.http.get("/v1/schedules")).json()["data"]
    url = f"/v1/schedules/{schedule['id']}/overrides/2027-03-27"
    await coach.http.put(url, json={"intervals": intervals("12:00-14:00", "23:00-04:30")})
    ana = await enrolled_client(make, coach, offered)
    for start in ("2027-03-26T20:00:00Z", "2027-03-28T00:30:00Z", "2027-03-28T19:30:00Z"):
        await ana.booked(start)
    query = {"appointment_type_id": offered["id"], "from": "2027-03-26", "to": "2027-03-31"}
    days = (await coach.http.get("/v1/slots", params=query)).json()["days"]
    listed = {slot["starts_at"] for day in days for slot in day["slots"]}

    first = datetime.fromisoformat("2027-03-25T23:00:00Z")
    every = [first + timedelta(minutes=15 * n) for n in range(5 * 96 - 4)]
    starts = [one.isoformat().replace("+00:00", "Z") for one in every]
    explanations = {start: await explained(coach, offered, start) for start in starts}

    assert {start for start in starts if explanations[start]["offered"]} == listed
    assert all(
        explanations[start]["code"] and failed(explanations[start])
        for start in starts
        if start not in listed
    )
    assert len(listed) > 10


async def test_what_the_enrollment_allows_comes_first(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered, sessions=1)
    await ana.booked(NINE)
    names = {
        "contact_id": str(ana.person.contact_id),
        "enrollment_id": str(ana.enrollment_id),
    }
    start = "2027-03-04T08:00:00Z"

    spent = await explained(coach, offered, start, **names)
    await alter(make.runtime, ana, self_scheduling_enabled=False)
    closed = await explained(coach, offered, start, **names)

    assert [rule["rule"] for rule in spent["rules"][:3]] == [
        "enrollment",
        "self_scheduling",
        "credits",
    ]
    assert (spent["offered"], spent["code"]) == (False, "no_credits")
    assert failed(spent) == {
        "credits": {"cost": 1, "left": 0, "unit": "sessions", "expire_at": None}
    }
    assert closed["code"] == "self_scheduling_disabled"
    query = {"appointment_type_id": offered["id"], "starts_at": start}
    alone = {**query, "enrollment_id": names["enrollment_id"]}
    other = await make.contact(workspace_id=coach.workspace_id)
    anothers = {**query, **names, "contact_id": str(other.id)}
    assert (await coach.http.get("/v1/slots/explain", params=alone)).status_code == 422
    assert (await coach.http.get("/v1/slots/explain", params=anothers)).status_code == 404


async def test_strangers_learn_nothing(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    offered = await offer(coach)
    query = {"appointment_type_id": offered["id"], "starts_at": NINE}

    assert (await stranger.http.get("/v1/slots/explain", params=query)).status_code == 404
    assert (await client.http.get("/v1/slots/explain", params=query)).status_code == 403


@pytest.mark.parametrize("starts_at", ["2027-03-02T08:00:00", "soon", "9999-01-01T00:00:00Z"])
async def test_what_is_no_instant_is_refused(make: Make, starts_at: str):
    coach = await make.coach()
    offered = await offer(coach)
    query = {"appointment_type_id": offered["id"], "starts_at": starts_at}

    answer = await coach.http.get("/v1/slots/explain", params=query)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/starts_at"
