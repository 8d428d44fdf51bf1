"""A client sees of their coach what the coach shows."""

from tests.features.images.uploads import uploaded
from tests.features.profile.profiles import EVERYTHING, PORTAL_URL, change, seen_by
from tests.make import Make

HIDDEN = ("headline", "bio", "photo", "email", "phone", "website", "social_links")


async def test_ways_to_reach_the_coach_in_private_are_hidden_at_first(make: Make) -> None:
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id, coach_id=coach.member_id)
    image = await uploaded(coach)
    await change(coach, **EVERYTHING, photo_file_id=image["id"])

    assert await seen_by(client) == {
        "display_name": "Maya Berg",
        "headline": EVERYTHING["headline"],
        "bio": EVERYTHING["bio"],
        "photo_url": image["url"],
        "email": None,
        "phone": None,
        "website": EVERYTHING["website"],
        "social_links": EVERYTHING["social_links"],
    }


async def test_the_coach_decides_field_by_field(make: Make) -> None:
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id, coach_id=coach.member_id)
    image = await uploaded(coach)
    await change(coach, **EVERYTHING, photo_file_id=image["id"])

    await change(coach, visibility=dict.fromkeys(HIDDEN, False))
    nothing = await seen_by(client)
    await change(coach, visibility={"phone": True, "email": True})
    reachable = await seen_by(client)

    assert nothing.pop("display_name") == "Maya Berg"
    assert set(nothing.values()) == {None}
    assert (reachable["phone"], reachable["email"]) == ("+4930123456", "maya@example.test")
    assert reachable["bio"] is None


async def test_a_coach_who_wrote_nothing_has_a_name(make: Make) -> None:
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id, coach_id=coach.member_id)

    seen = await seen_by(client)

    assert seen["display_name"].startswith("Person ")
    assert set(seen["social_links"].values()) == {None}


async def test_the_contacts_own_coach_is_shown(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    await change(owner, display_name="Olga")
    await change(coach, display_name="Kim")
    client = await make.client(workspace_id=owner.workspace_id, coach_id=coach.member_id)

    assert (await seen_by(client))["display_name"] == "Kim"


async def test_without_a_coach_it_is_the_oldest_owner(make: Make) -> None:
    owner = await make.coach()
    assistant = await make.coach(role="assistant", workspace_id=owner.workspace_id)
    second = await make.coach(workspace_id=owner.workspace_id)
    await change(owner, display_name="Olga")
    await change(second, display_name="Sam")
    client = await make.client(workspace_id=owner.workspace_id)

    assert assistant.member_id
    assert (await seen_by(client))["display_name"] == "Olga"


async def test_a_coach_who_left_is_shown_no_more(make: Make) -> None:
    owner = await make.coach()
    coach = await make.coach(role="coach", workspace_id=owner.workspace_id)
    await change(owner, display_name="Olga")
    await change(coach, display_name="Kim")
    client = await make.client(workspace_id=owner.workspace_id, coach_id=coach.member_id)

    await owner.http.delete(f"/v1/members/{coach.member_id}")

    assert (await seen_by(client))["display_name"] == "Olga"


async def test_it_is_for_clients_only(make: Make) -> None:
    coach = await make.coach()

    refused = await coach.http.get(PORTAL_URL)

    assert refused.status_code == 403
    assert refused.json()["code"] == "clients_only"
    async with make.anonymous() as nobody:
        assert (await nobody.get(PORTAL_URL)).status_code == 401


async def test_practices_do_not_mix(make: Make) -> None:
    first, second = await make.coach(), await make.coach()
    await change(first, display_name="Olga")
    await change(second, display_name="Kim")
    client = await make.client(workspace_id=second.workspace_id)

    assert (await seen_by(client))["display_name"] == "Kim"
