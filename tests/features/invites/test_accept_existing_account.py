"""An invited person who has an account already signs in and accepts."""

from tests.features.invites.journey import accept, invited_contact
from tests.make import Make


async def test_a_client_of_another_practice_joins_this_one_with_the_same_login(make: Make):
    first, second = await make.coach(), await make.coach()
    ada = await make.client(workspace_id=first.workspace_id)
    contact_id, token = await invited_contact(make, second, email=ada.email.upper())

    answer = await accept(ada.http, token)

    assert answer.status_code == 200, answer.text
    spaces = {space["workspace_id"]: space for space in answer.json()["spaces"]}
    assert set(spaces) == {str(first.workspace_id), str(second.workspace_id)}
    assert answer.json()["space"]["contact_id"] == contact_id


async def test_without_signing_in_the_person_is_asked_to(make: Make):
    first, second = await make.coach(), await make.coach()
    ada = await make.client(workspace_id=first.workspace_id)
    _, token = await invited_contact(make, second, email=ada.email)
    async with make.anonymous() as browser:
        refused = await accept(browser, token)

    assert refused.status_code == 409
    assert refused.json()["code"] == "account_exists"


async def test_another_persons_account_is_refused(make: Make):
    coach = await make.coach()
    stranger = await make.client(workspace_id=(await make.coach()).workspace_id)
    contact_id, token = await invited_contact(make, coach, email="ada@example.test")

    refused = await accept(stranger.http, token)

    assert refused.status_code == 409
    assert refused.json()["code"] == "invite_email_mismatch"
    portal = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()["portal"]
    assert portal["status"] == "pending"


async def test_the_two_practices_do_not_see_each_other(make: Make):
    first, second = await make.coach(), await make.coach()
    ada = await make.client(workspace_id=first.workspace_id)
    contact_id, token = await invited_contact(make, second, email=ada.email)
    await accept(ada.http, token)

    assert (await first.http.get(f"/v1/contacts/{contact_id}")).status_code == 404
    assert (await second.http.get(f"/v1/contacts/{ada.contact_id}")).status_code == 404
