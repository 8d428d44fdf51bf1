"""A coach writes once more to somebody who has not answered."""

import httpx
from sqlalchemy import update

from app.models import Contact
from tests.features.invites.journey import mailed_token
from tests.features.programs.enrolling import enrolled, events, key
from tests.features.programs.offers import program
from tests.make import Make, Person
from tests.post_office import PostOffice


async def resend(coach: Person, enrollment_id: str, **body: str) -> httpx.Response:
    return await coach.http.post(
        f"/v1/enrollments/{enrollment_id}/resend", json=body, headers=key()
    )


async def test_a_second_letter_goes_out_and_only_its_link_works(
    make: Make, post_office: PostOffice
):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), contact.id)
    old = await mailed_token(make, coach.workspace_id, contact.id)
    await post_office.deliver()

    answer = await resend(coach, enrollment["id"], message="Are you there?")

    assert answer.status_code == 200, answer.text
    [mail] = await post_office.deliver()
    assert str(contact.email) in mail["to"]
    assert [one["message"] for one in await events(make, coach, "enrollment.invited")] == [
        None,
        "Are you there?",
    ]
    async with make.anonymous() as browser:
        looked = await browser.post("/v1/public/portal-invites/lookup", json={"token": old})
    assert looked.json()["code"] == "invite_replaced"


async def test_whoever_has_answered_is_left_in_peace(make: Make):
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), client.contact_id)
    await client.http.post(f"/v1/portal/enrollments/{enrollment['id']}/decline")

    answer = await resend(coach, enrollment["id"])

    assert (answer.status_code, answer.json()["code"]) == (409, "wrong_enrollment_status")


async def test_whoever_cant_be_written_to_any_more(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), contact.id)
    async with make.runtime.database.writing(coach.workspace_id) as session:
        await session.execute(update(Contact).values(email=None, email_norm=None))

    answer = await resend(coach, enrollment["id"])

    assert (answer.status_code, answer.json()["code"]) == (409, "contact_has_no_email")


async def test_whoever_is_in_a_program_is_not_deleted(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), contact.id)
    await coach.http.post(f"/v1/enrollments/{enrollment['id']}/activate")

    refused = await coach.http.delete(f"/v1/contacts/{contact.id}")
    await coach.http.post(f"/v1/enrollments/{enrollment['id']}/cancel")
    gone = await coach.http.delete(f"/v1/contacts/{contact.id}")

    assert (refused.status_code, refused.json()["code"]) == (409, "contact_in_use")
    assert refused.json()["held_by"] == {"enrollments": 1}
    assert gone.status_code == 204
