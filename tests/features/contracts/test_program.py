"""Programs bring their contract along: once for each client, and they wait for its signature."""

from typing import Any

from tests.features.contracts.papers import act, disclosure, pair, signed_by, template
from tests.features.programs.enrolling import enrolled
from tests.features.programs.offers import program
from tests.make import Make, Person
from tests.post_office import PostOffice

PLAIN = "{{contact.name}} joins {{program.name}}. {{signature:client}} {{signature:coach}}"


async def signed_up(
    coach: Person, client: Person, post_office: PostOffice, text: str = PLAIN
) -> dict[str, Any]:
    """The enrollment of a client who said yes to a program with this contract."""
    offer = await program(coach, contract_template_id=await template(coach, text))
    enrollment = await enrolled(coach, offer, client.contact_id)
    await client.http.post(f"/v1/portal/enrollments/{enrollment['id']}/accept")
    return enrollment


async def state(coach: Person, enrollment: dict[str, Any]) -> tuple[str, list[str]]:
    now = (await coach.http.get(f"/v1/enrollments/{enrollment['id']}")).json()
    return now["status"], now["outstanding_steps"]


async def contract_of(coach: Person, enrollment: dict[str, Any]) -> dict[str, Any]:
    query = {"enrollment_id": enrollment["id"]}
    [found] = (await coach.http.get("/v1/contracts", params=query)).json()["data"]
    return dict(found)


async def test_the_contract_is_made_and_sent_and_signing_it_begins_the_program(
    make: Make, post_office: PostOffice
):
    coach, client = await pair(make)
    enrollment = await signed_up(coach, client, post_office)
    assert await state(coach, enrollment) == ("invited", ["contract"])
    assert (await contract_of(coach, enrollment))["status"] == "draft"

    mails = await post_office.deliver()
    assert [m for m in mails if "asks you to sign" in m["subject"] and client.email in m["to"]]
    contract = await contract_of(coach, enrollment)
    assert contract["status"] == "sent"
    await signed_by(client, contract, await disclosure(client, contract))
    assert await state(coach, enrollment) == ("active", [])
    mails = await post_office.deliver()
    assert [m["subject"] for m in mails if client.email in m["to"]] == [
        "Welcome to Find your voice"
    ]


async def test_a_contract_that_lacks_a_value_waits_for_the_coach(
    make: Make, post_office: PostOffice
):
    coach, client = await pair(make)
    text = "With {{custom.notice}} notice. {{signature:client}}"
    enrollment = await signed_up(coach, client, post_office, text)
    ended = await post_office.engine.drain()
    assert [str(one.error) for one in ended if one.error] == ["custom.notice has no value"]
    contract = await contract_of(coach, enrollment)

    assert (contract["status"], contract["last_error"]) == ("draft", "custom.notice has no value")


async def test_a_declined_contract_is_replaced_by_hand(make: Make, post_office: PostOffice):
    coach, client = await pair(make)
    enrollment = await signed_up(coach, client, post_office)
    await post_office.deliver()
    first = await contract_of(coach, enrollment)
    body = {
        "contact_id": str(client.contact_id),
        "template_id": first["template_id"],
        "enrollment_id": enrollment["id"],
    }
    refused = await coach.http.post("/v1/contracts", json=body)
    assert refused.json()["code"] == "contract_exists"
    await act(client, first, "decline", reason="The price")

    assert (await coach.http.post("/v1/contracts", json=body)).status_code == 201
    assert await state(coach, enrollment) == ("invited", ["contract"])


async def test_a_template_of_nobody_is_refused(make: Make):
    coach, _ = await pair(make)
    nobody = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"
    body = {"name": "Voice", "contract_template_id": nobody}
    refused = await coach.http.post("/v1/programs", json=body)

    assert refused.json()["code"] == "unknown_contract_template"
