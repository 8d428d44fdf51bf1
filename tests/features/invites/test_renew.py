"""Whoever comes too late gets a fresh link, sent to the same address."""

from datetime import timedelta
from uuid import UUID

import httpx
import time_machine

from app.core.clock import now
from tests.features.invites.journey import accept, invited_contact, look_up, mailed_token
from tests.make import Make
from tests.post_office import PostOffice


async def renew(http: httpx.AsyncClient, token: str) -> httpx.Response:
    return await http.post("/v1/public/portal-invites/renew", json={"token": token})


async def test_a_fresh_link_arrives_and_works(make: Make, post_office: PostOffice):
    coach = await make.coach()
    contact_id, old = await invited_contact(make, coach, email="ada@example.test")
    await post_office.deliver()
    with time_machine.travel(now() + timedelta(days=8)):
        async with make.anonymous() as browser:
            answer = await renew(browser, old)
            assert answer.status_code == 202, answer.text
            await post_office.deliver_to("ada@example.test")
            new = await mailed_token(make, coach.workspace_id, UUID(contact_id))
            assert (await look_up(browser, old)).json()["code"] == "invite_replaced"
            assert (await accept(browser, new)).status_code == 200


async def test_a_link_that_works_is_not_renewed(make: Make, post_office: PostOffice):
    coach = await make.coach()
    _, token = await invited_contact(make, coach)
    await post_office.deliver()
    async with make.anonymous() as browser:
        refused = await renew(browser, token)

    assert (refused.status_code, refused.json()["code"]) == (409, "invite_still_valid")
    assert await post_office.deliver() == []
