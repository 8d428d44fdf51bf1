"""Tags: as the coach spells them, the same whatever their case."""

from tests.features.contacts.adding import add_contact, listed
from tests.make import Make, Person


async def tags(coach: Person) -> dict[str, int]:
    answer = await coach.http.get("/v1/contacts/tags")
    return {each["tag"]: each["contacts"] for each in answer.json()["data"]}


async def test_a_tag_is_trimmed_and_kept_once(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, tags=[" VIP ", "vip", "Spring cohort", "Straße", "STRASSE"])
    assert contact["tags"] == ["VIP", "Spring cohort", "Straße"]


async def test_tags_come_with_their_counts_the_most_used_first(make: Make):
    coach = await make.coach()
    await add_contact(coach, tags=["autumn", "VIP"])
    await add_contact(coach, tags=["VIP", "spring"])
    await add_contact(coach, tags=["vip"])
    assert list((await tags(coach)).items()) == [("VIP", 3), ("autumn", 1), ("spring", 1)]


async def test_tags_of_the_archived_and_of_strangers_do_not_count(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    contact = await add_contact(coach, tags=["gone"])
    await add_contact(stranger, tags=["theirs"])
    await coach.http.post(f"/v1/contacts/{contact['id']}/archive")
    assert await tags(coach) == {}


async def test_changed_tags_replace_the_old_ones(make: Make):
    coach = await make.coach()
    contact = await add_contact(coach, tags=["a", "b"])
    url = f"/v1/contacts/{contact['id']}"
    changed = await coach.http.patch(url, json={"tags": ["B", "c"]})
    assert changed.json()["tags"] == ["B", "c"]
    assert await tags(coach) == {"B": 1, "c": 1}
    assert await listed(coach, tag="a") == []
    assert await listed(coach, tag="b") == ["Maya"]
    assert (await coach.http.patch(url, json={"tags": []})).json()["tags"] == []
