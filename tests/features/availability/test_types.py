"""A coach says what can be booked, and on which terms."""

from typing import Any

import pytest

from tests.features.availability.working import add_schedule, add_type
from tests.make import Make

EVERYTHING: dict[str, Any] = {
    "name": "Deep dive",
    "description": "Two hours.\nBring questions.",
    "duration_minutes": 120,
    "slot_interval_minutes": 30,
    "buffer_before_minutes": 10,
    "buffer_after_minutes": 20,
    "min_notice_minutes": 1440,
    "max_advance_days": 60,
    "max_per_day": 3,
    "max_per_week": 10,
    "client_max_per_day": 1,
    "client_max_per_week": 2,
    "capacity": 8,
    "requires_confirmation": True,
    "client_can_cancel": False,
    "cancel_notice_minutes": 720,
    "late_cancel_rule": "forfeit",
    "client_can_reschedule": False,
    "reschedule_notice_minutes": 60,
    "max_reschedules": 2,
    "credit_cost": 2,
    "no_show_rule": "release",
    "location": {"kind": "video", "value": "https://meet.example.com/ana"},
    "reminders_minutes": [2880, 30],
    "remind_coach": True,
}


async def test_every_setting_comes_back_as_it_was_meant(make: Make):
    coach = await make.coach()
    schedule = await add_schedule(coach)

    added = await add_type(coach, schedule_id=schedule["id"], **EVERYTHING)

    assert {name: added[name] for name in EVERYTHING} == EVERYTHING
    assert added["schedule_id"] == schedule["id"]
    assert added["coach_id"] == str(coach.member_id)
    answer = await coach.http.get(f"/v1/appointment-types/{added['id']}")
    assert answer.json() == added
    tag = answer.headers["ETag"]
    again = await coach.http.get(
        f"/v1/appointment-types/{added['id']}", headers={"If-None-Match": tag}
    )
    assert again.status_code == 304


async def test_what_is_left_out_has_sensible_terms(make: Make):
    coach = await make.coach()

    added = await add_type(coach, name="Chat", duration_minutes=25)

    assert added["slot_interval_minutes"] == 25
    assert added["capacity"] == 1
    assert added["reminders_minutes"] == [1440, 60]
    assert added["client_can_cancel"]
    assert added["late_cancel_rule"] == "refuse"
    assert added["no_show_rule"] == "forfeit"
    assert added["credit_cost"] == 1
    assert added["location"] is None
    assert added["schedule_id"] is None
    assert added["max_advance_days"] is None


async def test_terms_change_one_by_one(make: Make):
    coach = await make.coach()
    added = await add_type(coach, **EVERYTHING)
    url = f"/v1/appointment-types/{added['id']}"

    changed = await coach.http.patch(
        url,
        json={"location": None, "max_per_day": None, "reminders_minutes": []},
        headers={"If-Match": '"v1"'},
    )

    assert changed.status_code == 200, changed.text
    assert changed.json() == {
        **added,
        "location": None,
        "max_per_day": None,
        "reminders_minutes": [],
        "version": 2,
        "updated_at": changed.json()["updated_at"],
    }
    stale = await coach.http.patch(url, json={"name": "X"}, headers={"If-Match": '"v1"'})
    assert stale.status_code == 412


async def test_archived_types_leave_the_list_and_come_back(make: Make):
    coach = await make.coach()
    one, two = await add_type(coach, name="One"), await add_type(coach, name="Two")

    archived = await coach.http.post(f"/v1/appointment-types/{one['id']}/archive")

    assert archived.json()["archived_at"]
    assert await listed(coach) == ["Two"]
    assert await listed(coach, archived="true") == ["One"]
    assert await listed(coach, archived="all") == ["One", "Two"]
    await coach.http.post(f"/v1/appointment-types/{one['id']}/unarchive")
    assert await listed(coach, coach_id=two["coach_id"]) == ["One", "Two"]


async def test_a_schedule_in_use_stays(make: Make):
    coach = await make.coach()
    await add_schedule(coach)
    used = await add_schedule(coach, name="Summer")
    await add_type(coach, schedule_id=used["id"])

    refused = await coach.http.delete(f"/v1/schedules/{used['id']}")

    assert (refused.status_code, refused.json()["code"]) == (409, "schedule_in_use")
    assert "appointment types" in refused.json()["detail"]


async def test_another_coachs_schedule_cannot_be_used(make: Make):
    owner = await make.coach()
    colleague = await make.coach(role="coach", workspace_id=owner.workspace_id)
    theirs = await add_schedule(colleague)
    body = {"name": "Chat", "duration_minutes": 30, "schedule_id": theirs["id"]}

    refused = await owner.http.post("/v1/appointment-types", json=body)
    mine = await add_type(owner)
    moved = await owner.http.patch(
        f"/v1/appointment-types/{mine['id']}", json={"schedule_id": theirs["id"]}
    )

    assert (refused.status_code, refused.json()["code"]) == (422, "no_such_schedule")
    assert (moved.status_code, moved.json()["code"]) == (422, "no_such_schedule")


async def test_another_practices_type_is_not_there(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    added = await add_type(coach)
    url = f"/v1/appointment-types/{added['id']}"

    answers = [
        await stranger.http.get(url),
        await stranger.http.patch(url, json={"name": "Mine"}),
        await stranger.http.post(f"{url}/archive"),
        await stranger.http.post(f"{url}/unarchive"),
    ]

    assert [answer.status_code for answer in answers] == [404] * 4
    assert await listed(stranger, archived="all") == []


@pytest.mark.parametrize(
    ("field", "value", "pointer"),
    [
        ("name", "", "/name"),
        ("duration_minutes", 0, "/duration_minutes"),
        ("duration_minutes", 1441, "/duration_minutes"),
        ("duration_minutes", "60", "/duration_minutes"),
        ("duration_minutes", 60.0, "/duration_minutes"),
        ("duration_minutes", 10**30, "/duration_minutes"),
        ("slot_interval_minutes", 0, "/slot_interval_minutes"),
        ("buffer_before_minutes", -1, "/buffer_before_minutes"),
        ("max_advance_days", -1, "/max_advance_days"),
        ("max_per_day", 0, "/max_per_day"),
        ("capacity", 0, "/capacity"),
        ("credit_cost", -1, "/credit_cost"),
        ("late_cancel_rule", "whatever", "/late_cancel_rule"),
        ("location", {"kind": "moon"}, "/location/kind"),
        ("location", {"kind": "phone", "value": ""}, "/location/value"),
        ("location", {"kind": "video", "value": "javascript:alert(1)"}, "/location"),
        ("location", {"kind": "video", "value": "see my mail"}, "/location"),
        ("reminders_minutes", [0], "/reminders_minutes/0"),
        ("reminders_minutes", [60, 60], "/reminders_minutes"),
        ("reminders_minutes", list(range(1, 12)), "/reminders_minutes"),
        ("requires_confirmation", 1, "/requires_confirmation"),
        ("coach_id", "me", "/coach_id"),
        ("archived_at", None, "/archived_at"),
    ],
)
async def test_what_cannot_be_kept_is_refused_with_its_place(
    make: Make, field: str, value: Any, pointer: str
):
    coach = await make.coach()
    body = {"name": "Chat", "duration_minutes": 30, field: value}

    answer = await coach.http.post("/v1/appointment-types", json=body)

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await listed(coach) == []


async def listed(coach: Any, **query: Any) -> list[str]:
    answer = await coach.http.get("/v1/appointment-types", params=query)
    assert answer.status_code == 200, answer.text
    return [one["name"] for one in answer.json()["data"]]
