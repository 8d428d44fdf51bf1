"""Finding goals; a client finds their own and no other."""

from tests.features.goals.aiming import act, aim, base, edit, pair, read, titles
from tests.make import Make
from tests.post_office import PostOffice


async def test_the_newest_come_first_page_by_page(make: Make):
    people = await pair(make)
    for number in range(4):
        await aim(people.client, people, title=str(number))
    for person in (people.coach, people.client):
        page = (await person.http.get(base(person), params={"limit": 3})).json()
        rest = await titles(person, cursor=page["next_cursor"])
        assert [goal["title"] for goal in page["data"]] + rest == ["3", "2", "1", "0"]


async def test_each_filter_narrows_it_down(make: Make):
    people = await pair(make)
    await aim(people.client, people, title="early", due_on="2027-01-01")
    goal = await aim(people.coach, people, title="late", due_on="2028-01-01")
    await act(people.coach, goal, "complete")
    for person in (people.coach, people.client):
        assert await titles(person, status="active") == ["early"]
        assert await titles(person, status="achieved") == ["late"]
        assert await titles(person, due_before="2027-06-01") == ["early"]
        assert (await person.http.get(base(person), params={"colour": "red"})).status_code == 422
    assert await titles(people.coach, contact_id=str(people.client.contact_id)) == ["late", "early"]
    assert await titles(people.coach, contact_id=str(people.coach.member_id)) == []


async def test_another_client_of_the_practice_finds_nothing(make: Make):
    people = await pair(make)
    other = await make.client(workspace_id=people.coach.workspace_id)
    goal = await aim(people.coach, people, milestones=[{"title": "Hum"}])
    step = f"milestones/{goal['milestones'][0]['id']}"
    assert await titles(other) == []
    asked = {"contact_id": str(people.client.contact_id)}
    assert (await other.http.get("/v1/portal/goals", params=asked)).status_code == 422
    answers = [
        await read(other, goal),
        await edit(other, goal, title="Mine"),
        await act(other, goal, "complete"),
        await act(other, goal, "check-ins", {"comment": "Hm"}),
        await act(other, goal, f"{step}/complete"),
        await other.http.get(f"/v1/portal/goals/{goal['id']}/check-ins"),
        await other.http.get(f"/v1/portal/goals/{goal['id']}/series"),
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert (await read(people.client, goal)).json() == goal


async def test_a_client_who_was_shut_out_gets_no_mail(make: Make, post_office: PostOffice):
    people = await pair(make)
    url = f"/v1/contacts/{people.client.contact_id}/portal-access"
    await people.coach.http.put(url, json={"enabled": False})
    await post_office.deliver()
    await aim(people.coach, people)
    assert await post_office.deliver() == []
