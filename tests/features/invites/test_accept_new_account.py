"""An invited person without an account comes in."""

from tests.features.invites.journey import accept, invited_contact
from tests.make import Make


async def test_accepting_signs_in_to_the_portal_and_activates_the_contact(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach, email="ada@example.test")
    async with make.anonymous() as browser:
        answer = await accept(browser, token, time_zone="Pacific/Auckland")

        assert answer.status_code == 200, answer.text
        signed_in = answer.json()
        assert signed_in["space"]["role"] == "client"
        assert signed_in["space"]["contact_id"] == contact_id
        assert signed_in["user"]["email"] == "ada@example.test"
        assert signed_in["user"]["email_verified"]
        assert signed_in["user"]["time_zone"] == "Pacific/Auckland"
    portal = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()["portal"]
    assert portal["status"] == "active"
    assert portal["activated_at"]


async def test_what_the_client_says_of_themselves_replaces_what_was_noted(make: Make):
    coach = await make.coach()
    contact_id, token = await invited_contact(make, coach, first_name="A.", last_name="L")
    async with make.anonymous() as browser:
        await accept(browser, token, first_name="Ada", last_name="Lovelace")

    contact = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()
    assert (contact["first_name"], contact["last_name"]) == ("Ada", "Lovelace")


async def test_a_used_link_says_so(make: Make):
    coach = await make.coach()
    _, token = await invited_contact(make, coach)
    async with make.anonymous() as browser:
        await accept(browser, token)
        again = await accept(browser, token)

    assert again.status_code == 410
    assert again.json()["code"] == "invite_already_accepted"


async def test_a_password_is_required(make: Make):
    coach = await make.coach()
    _, token = await invited_contact(make, coach)
    async with make.anonymous() as browser:
        refused = await browser.post("/v1/public/portal-invites/accept", json={"token": token})

    assert refused.status_code == 422
    assert refused.json()["code"] == "password_required"


async def test_a_weak_password_is_refused_and_the_link_still_works(make: Make):
    coach = await make.coach()
    _, token = await invited_contact(make, coach)
    async with make.anonymous() as browser:
        refused = await accept(browser, token, password="password1234")
        accepted = await accept(browser, token)

    assert refused.json()["code"] == "weak_password"
    assert accepted.status_code == 200
