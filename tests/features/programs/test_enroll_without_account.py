"""A contact without an account is asked into the program and the portal by one e-mail."""

from sqlalchemy import func, select

from app.models import Event, PortalInvite
from tests.features.invites.journey import accept, invite, mailed_token
from tests.features.programs.enrolling import enroll, enrolled, events
from tests.features.programs.offers import program
from tests.make import Make, Person


async def portal_of(coach: Person, contact_id: object) -> dict[str, object]:
    contact = (await coach.http.get(f"/v1/contacts/{contact_id}")).json()
    portal: dict[str, object] = contact["portal"]
    return portal


async def test_the_enrollment_brings_the_portal_invite(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)

    enrollment = await enrolled(coach, await program(coach), contact.id)

    assert enrollment["outstanding_steps"] == ["account"]
    portal = await portal_of(coach, contact.id)
    assert portal["status"] == "pending"
    assert portal["last_invite_delivery"] == {"status": "queued", "smtp_reply": None}
    [event] = await events(make, coach, "enrollment.invited")
    assert event["invite_id"]
    assert await events(make, coach, "portal.invited") == []


async def test_its_token_makes_the_account(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    enrollment = await enrolled(coach, await program(coach), contact.id)
    token = await mailed_token(make, coach.workspace_id, contact.id)

    async with make.anonymous() as browser:
        signed_in = (await accept(browser, token)).json()
        browser.headers["Authorization"] = f"Bearer {signed_in['access_token']}"
        mine = (await browser.get("/v1/portal/enrollments")).json()["data"]
        said_yes = await browser.post(f"/v1/portal/enrollments/{enrollment['id']}/accept")

    assert [one["id"] for one in mine] == [enrollment["id"]]
    assert mine[0]["outstanding_steps"] == []
    assert said_yes.json()["status"] == "active"


async def test_an_older_invite_dies(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await invite(coach, contact.id)
    old = await mailed_token(make, coach.workspace_id, contact.id)

    await enrolled(coach, await program(coach), contact.id)

    async with make.anonymous() as browser:
        answer = await browser.post("/v1/public/portal-invites/lookup", json={"token": old})
    assert answer.json()["code"] == "invite_replaced"


async def test_many_are_invited_along_at_once(make: Make):
    coach = await make.coach()
    contacts = [await make.contact(workspace_id=coach.workspace_id) for _ in range(5)]

    answer = await enroll(coach, await program(coach), *(one.id for one in contacts))

    assert answer.json()["enrolled"] == 5
    async with make.runtime.database.reading(coach.workspace_id) as session:
        pairs = await session.scalar(
            select(func.count())
            .select_from(PortalInvite)
            .join(Event, Event.id == PortalInvite.event_id)
            .where(Event.contact_id == PortalInvite.contact_id, Event.type == "enrollment.invited")
        )
    assert pairs == 5
