"""Weekly series: the same time by the coach's clock, all of it or nothing."""

from tests.features.appointments.enrolling import enrolled_client, purse
from tests.features.appointments.offering import offer
from tests.make import Make
from tests.post_office import PostOffice

TUESDAY_NINE = "2027-03-16T08:00:00Z"


async def test_a_series_keeps_the_coachs_clock_when_it_changes(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)

    booked = await ana.booked(TUESDAY_NINE, series={"count": 4})

    assert [one["starts_at"] for one in booked["series"]] == [
        "2027-03-16T08:00:00Z",
        "2027-03-23T08:00:00Z",
        "2027-03-30T07:00:00Z",
        "2027-04-06T07:00:00Z",
    ]
    assert booked["id"] == booked["series"][0]["id"]
    assert len({one["series_id"] for one in booked["series"]}) == 1
    assert booked["series_id"]
    assert await purse(make.runtime, ana) == {"left": 6, "reserved": 4, "used": 0}
    listed = await coach.http.get("/v1/appointments", params={"series_id": booked["series_id"]})
    assert len(listed.json()["data"]) == 4


async def test_every_other_week(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered)

    booked = await ana.booked("2027-04-06T07:00:00Z", series={"count": 3, "every_weeks": 2})

    assert [one["starts_at"][:10] for one in booked["series"]] == [
        "2027-04-06",
        "2027-04-20",
        "2027-05-04",
    ]


async def test_one_taken_date_books_none_and_names_every_date(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    await ben.booked("2027-03-23T08:00:00Z")

    refused = await ana.book(TUESDAY_NINE, series={"count": 3})

    problem = refused.json()
    assert (refused.status_code, problem["code"]) == (409, "slot_taken")
    assert [(one["starts_at"], one["available"], one["code"]) for one in problem["dates"]] == [
        ("2027-03-16T08:00:00Z", True, None),
        ("2027-03-23T08:00:00Z", False, "slot_taken"),
        ("2027-03-30T07:00:00Z", True, None),
    ]
    offered_instead = [one["starts_at"] for one in problem["dates"][1]["alternatives"]]
    assert offered_instead == [
        "2027-03-22T10:00:00Z",
        "2027-03-23T09:00:00Z",
        "2027-03-23T10:00:00Z",
    ]
    assert problem["alternatives"] == problem["dates"][1]["alternatives"]
    assert problem["dates"][0]["alternatives"] == []
    assert (await ana.http.get("/v1/portal/appointments")).json()["data"] == []
    assert await purse(make.runtime, ana) == {"left": 10, "reserved": 0, "used": 0}


async def test_a_series_that_credits_do_not_cover_books_none(make: Make):
    coach = await make.coach()
    offered = await offer(coach)
    ana = await enrolled_client(make, coach, offered, sessions=3)

    refused = await ana.book(TUESDAY_NINE, series={"count": 4})

    assert (refused.status_code, refused.json()["code"]) == (409, "no_credits")
    assert (await ana.http.get("/v1/portal/appointments")).json()["data"] == []


async def test_a_series_ends_where_the_horizon_does(make: Make):
    coach = await make.coach()
    offered = await offer(coach, max_advance_days=30)
    ana = await enrolled_client(make, coach, offered)

    problem = (await ana.book(TUESDAY_NINE, series={"count": 4})).json()

    assert problem["code"] == "beyond_horizon"
    assert [one["available"] for one in problem["dates"]] == [True, True, True, False]


async def test_a_series_joins_group_sessions_where_there_are_some(make: Make):
    coach = await make.coach()
    offered = await offer(coach, capacity=5)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    session = await ben.booked("2027-03-23T08:00:00Z")

    booked = await ana.booked(TUESDAY_NINE, series={"count": 3})

    assert [one["seats_left"] for one in booked["series"]] == [4, 3, 4]
    assert booked["series"][1]["id"] == session["id"]
    assert len({one["series_id"] for one in booked["series"]}) == 1
    assert session["series_id"] is None
    query = {"series_id": booked["series_id"]}
    listed = (await coach.http.get("/v1/appointments", params=query)).json()["data"]
    assert [one["id"] for one in listed] == [one["id"] for one in booked["series"]]


async def test_a_series_that_begins_in_a_session_is_one_letter_too(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    offered = await offer(coach, capacity=5)
    ana, ben = [await enrolled_client(make, coach, offered) for _ in range(2)]
    await ben.booked(TUESDAY_NINE)
    await post_office.deliver()

    await ana.booked(TUESDAY_NINE, series={"count": 3})

    told = [str(mail["to"].addresses[0].addr_spec) for mail in await post_office.deliver()]
    assert sorted(told) == sorted([ana.person.email, coach.email])
