"""A coach switches a client's access off and on."""

import httpx

from tests.make import Make, Person
from tests.post_office import PostOffice


async def switch(coach: Person, client: Person, *, enabled: bool) -> httpx.Response:
    return await coach.http.put(
        f"/v1/contacts/{client.contact_id}/portal-access", json={"enabled": enabled}
    )


async def test_a_disabled_client_is_out_at_once_and_told(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    assert (await client.http.get("/v1/me")).status_code == 200

    answer = await switch(coach, client, enabled=False)

    assert answer.json()["status"] == "disabled"
    assert (await client.http.get("/v1/me")).status_code == 401
    mail = await post_office.deliver_to(client.email)
    assert "paused" in mail["subject"]


async def test_an_enabled_client_is_in_again_and_told(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    await switch(coach, client, enabled=False)
    await post_office.deliver()

    answer = await switch(coach, client, enabled=True)

    assert answer.json()["status"] == "active"
    assert (await client.http.get("/v1/me")).status_code == 200
    assert await post_office.deliver_to(client.email)


async def test_switching_twice_tells_nobody_twice(make: Make, post_office: PostOffice):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)

    await switch(coach, client, enabled=False)
    await switch(coach, client, enabled=False)

    assert len(await post_office.deliver()) == 1


async def test_who_never_accepted_has_no_access_to_switch(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)

    refused = await coach.http.put(
        f"/v1/contacts/{contact.id}/portal-access", json={"enabled": True}
    )

    assert (refused.status_code, refused.json()["code"]) == (409, "no_portal_account")
