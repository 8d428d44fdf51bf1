"""Slots across zones and across the days on which clocks change."""

from tests.features.appointments.offering import offer, slots_on
from tests.make import Make


async def test_a_coach_in_new_york_as_kathmandu_sees_them(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "17:00-20:00", time_zone="America/New_York")

    before = await slots_on(coach, offered, "2027-03-13", "2027-03-14", time_zone="Asia/Kathmandu")
    after = await slots_on(coach, offered, "2027-03-15", "2027-03-16", time_zone="Asia/Kathmandu")

    assert before == {"2027-03-13": ["03:45", "04:45", "05:45"]}
    assert after == {"2027-03-15": ["02:45", "03:45", "04:45"]}  # New York sprang forward


async def test_the_viewers_dates_cut_the_answer(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "08:00-23:00", time_zone="America/New_York")

    found = await slots_on(
        coach, offered, "2027-03-05", "2027-03-06", time_zone="Pacific/Kiritimati"
    )

    assert list(found) == ["2027-03-05"]
    assert found["2027-03-05"][0] == "03:00"  # 08:00 of the day before in New York
    assert found["2027-03-05"][-1] == "17:00"


async def test_spring_takes_an_hour_from_the_night(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "00:00-06:00")

    found = await slots_on(coach, offered, "2027-03-28", "2027-03-29")

    assert found == {"2027-03-28": ["00:00", "01:00", "03:00", "04:00", "05:00"]}


async def test_autumn_gives_an_hour_to_the_night(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "00:00-06:00")

    found = await slots_on(coach, offered, "2027-10-31", "2027-11-01")

    assert found == {"2027-10-31": ["00:00", "01:00", "02:00", "02:00", "03:00", "04:00", "05:00"]}


async def test_lord_howe_changes_by_half_an_hour(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "01:00-04:00", time_zone="Australia/Lord_Howe")

    found = await slots_on(coach, offered, "2027-04-04", "2027-04-05")

    assert found == {"2027-04-04": ["01:00", "01:30", "02:30"]}


async def test_by_default_days_are_the_coachs(make: Make):
    coach = await make.coach()
    offered = await offer(coach, "23:00-01:00", time_zone="Asia/Tokyo")

    found = await slots_on(coach, offered, "2027-03-05", "2027-03-06")

    assert found == {"2027-03-05": ["00:00", "23:00"]}
