"""A coach writes their profile."""

import pytest
from sqlalchemy import select

from app.models import CoachProfile, Event, User
from tests.features.images.uploads import uploaded
from tests.features.profile.profiles import EVERYTHING, URL, change, profile_of
from tests.make import Make, Person


async def test_a_profile_nobody_wrote_has_the_persons_name(make: Make) -> None:
    coach = await make.coach()

    profile = await profile_of(coach)

    async with make.runtime.database.reading() as session:
        user = await session.get(User, coach.user_id)
    assert user is not None
    assert profile["display_name"] == user.name
    assert profile["member_id"] == str(coach.member_id)
    assert profile["headline"] is None
    assert set(profile["social_links"].values()) == {None}
    assert [name for name, shown in profile["visibility"].items() if not shown] == [
        "email",
        "phone",
    ]


async def test_looking_at_it_keeps_nothing(make: Make) -> None:
    coach = await make.coach()
    await profile_of(coach)

    async with make.runtime.database.reading(coach.workspace_id) as session:
        kept = await session.scalar(
            select(CoachProfile.id).where(CoachProfile.workspace_id == coach.workspace_id)
        )
    assert kept is None


async def test_every_field_can_be_written(make: Make) -> None:
    coach = await make.coach()

    answer = await change(coach, **EVERYTHING, visibility={"email": True, "bio": False})

    assert answer.status_code == 200, answer.text
    profile = await profile_of(coach)
    assert profile == answer.json()
    assert {name: profile[name] for name in EVERYTHING} == EVERYTHING
    assert profile["visibility"]["email"]
    assert not profile["visibility"]["bio"]


async def test_what_is_left_out_stays_inside_nested_objects_too(make: Make) -> None:
    coach = await make.coach()
    await change(coach, **EVERYTHING, visibility={"phone": True})

    await change(coach, bio=None, social_links={"tiktok": None}, visibility={"email": True})

    profile = await profile_of(coach)
    assert profile["bio"] is None
    assert profile["headline"] == EVERYTHING["headline"]
    assert profile["social_links"] == {**EVERYTHING["social_links"], "tiktok": None}
    assert profile["visibility"]["phone"]
    assert profile["visibility"]["email"]


async def test_the_portrait_is_one_of_the_practices_pictures(make: Make) -> None:
    coach, other = await make.coach(), await make.coach()
    image, foreign = await uploaded(coach), await uploaded(other)

    chosen = await change(coach, photo_file_id=image["id"])
    refused = await change(coach, photo_file_id=foreign["id"])

    assert chosen.json()["photo_url"] == image["url"]
    assert refused.status_code == 422
    assert refused.json()["code"] == "unknown_image"
    assert (await profile_of(coach))["photo_file_id"] == image["id"]


async def test_every_member_has_a_profile_of_their_own(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)

    await change(coach, display_name="Kim")

    assert (await profile_of(coach))["display_name"] == "Kim"
    assert (await profile_of(owner))["display_name"] != "Kim"


async def test_an_event_names_what_has_changed(make: Make) -> None:
    coach = await make.coach()

    await change(coach, bio="Hello", social_links={"x": "https://x.com/maya"})
    await change(coach, bio="Hello", visibility={"phone": True, "email": False})

    events = [event.data["changed"] for event in await _events(make, coach)]
    assert events == [["bio", "social_links.x"], ["visibility.phone"]]


async def test_the_same_values_again_change_nothing(make: Make) -> None:
    coach = await make.coach()
    first = await change(coach, **EVERYTHING)

    again = await change(coach, **EVERYTHING)

    assert again.json() == first.json()
    assert len(await _events(make, coach)) == 1


async def test_an_older_version_does_not_overwrite_a_newer_one(make: Make) -> None:
    coach = await make.coach()
    tag = (await coach.http.get(URL)).headers["ETag"]

    first = await coach.http.patch(URL, json={"bio": "First"}, headers={"If-Match": tag})
    second = await coach.http.patch(URL, json={"bio": "Second"}, headers={"If-Match": tag})

    assert first.status_code == 200
    assert second.status_code == 412
    assert (await profile_of(coach))["bio"] == "First"
    newest = (await coach.http.get(URL)).headers["ETag"]
    unchanged = await coach.http.get(URL, headers={"If-None-Match": newest})
    assert unchanged.status_code == 304


@pytest.mark.parametrize("method", ["GET", "PATCH"])
async def test_assistants_clients_and_strangers_have_none(make: Make, method: str) -> None:
    owner = await make.coach()
    assistant = await make.coach(role="assistant", workspace_id=owner.workspace_id)
    client = await make.client(workspace_id=owner.workspace_id)
    body = {"bio": "Hello"} if method == "PATCH" else None

    as_assistant = await assistant.http.request(method, URL, json=body)
    as_client = await client.http.request(method, URL, json=body)

    assert (as_assistant.status_code, as_assistant.json()["code"]) == (403, "missing_permission")
    assert (as_client.status_code, as_client.json()["code"]) == (403, "coaches_only")
    async with make.anonymous() as nobody:
        assert (await nobody.request(method, URL, json=body)).status_code == 401


async def _events(make: Make, person: Person) -> list[Event]:
    async with make.runtime.database.reading(person.workspace_id) as session:
        found = await session.scalars(
            select(Event)
            .where(Event.workspace_id == person.workspace_id, Event.type == "profile.updated")
            .order_by(Event.id)
        )
        return list(found)
