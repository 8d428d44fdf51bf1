from typing import Any

import pytest
from sqlalchemy import update

from app.core.clock import now
from app.core.db import Database
from app.models import Email, PortalInvite, Suppression
from app.settings import Settings
from tests.features.notifications.writing import (
    emails,
    invite,
    once,
    refused_invitation,
    resend,
)
from tests.make import Make, Person
from tests.post_office import PostOffice


async def sent_invitation(make: Make, post_office: PostOffice, coach: Person) -> dict[str, Any]:
    contact = await make.contact(workspace_id=coach.workspace_id)
    await invite(coach, contact.id)
    await post_office.deliver()
    [email] = await emails(coach, contact_id=str(contact.id))
    return email


async def test_a_sent_email_is_sent_again_under_a_new_message_id(
    make: Make, post_office: PostOffice
) -> None:
    coach = await make.coach()
    email = await sent_invitation(make, post_office, coach)

    answer = await resend(coach, email)
    [mail] = await post_office.deliver()

    assert answer.status_code == 202
    assert answer.json() == {**email, "status": "queued", "resends": 1, "smtp_reply": None}
    [again] = await emails(coach)
    assert (again["status"], again["attempts"], again["resends"]) == ("sent", 2, 1)
    assert mail["Message-ID"] == f"<{again['message_id']}>"
    assert again["message_id"] == f"em.{email['id']}.1@atrium.localhost"
    assert email["message_id"] == f"em.{email['id']}.0@atrium.localhost"


async def test_the_same_request_twice_sends_once(make: Make, post_office: PostOffice) -> None:
    coach = await make.coach()
    email = await sent_invitation(make, post_office, coach)
    key, path = once(), f"/v1/emails/{email['id']}/resend"

    first = await coach.http.post(path, headers=key)
    second = await coach.http.post(path, headers=key)

    assert first.json() == second.json()
    assert len(await post_office.deliver()) == 1


async def test_asking_for_a_bounced_email_again_lifts_the_suppression(
    make: Make, post_office: PostOffice, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    reply = "550 5.1.1 no such user"
    email = await refused_invitation(make, coach, database, settings, reply=reply)
    assert (email["status"], email["smtp_reply"]) == ("bounced", reply)

    answer = await resend(coach, email)
    mail = await post_office.deliver_to(email["recipient"])

    assert answer.status_code == 202
    assert mail["Subject"] == email["subject"]
    # letters to come reach the address again as well
    await invite(coach, email["contact_id"])
    assert len(await post_office.deliver()) == 1


async def test_a_resend_is_on_record(make: Make, post_office: PostOffice) -> None:
    coach = await make.coach()
    email = await sent_invitation(make, post_office, coach)
    await resend(coach, email)

    [event] = (await coach.http.get("/v1/events?type=email.resent")).json()["data"]

    assert event["subject_id"] == email["id"]
    assert event["contact_id"] == email["contact_id"]
    assert event["actor"] == {"kind": "member", "id": str(coach.user_id)}


async def test_an_email_on_its_way_is_not_asked_for_again(
    make: Make, post_office: PostOffice
) -> None:
    coach = await make.coach()
    email = await sent_invitation(make, post_office, coach)
    await resend(coach, email)

    answer = await resend(coach, email)

    assert (answer.status_code, answer.json()["code"]) == (409, "email_queued")
    assert len(await post_office.deliver()) == 1


@pytest.mark.parametrize(
    "change", [{"state": "revoked"}, {"state": "accepted"}, {"expires_at": now()}]
)
async def test_an_email_whose_link_is_dead_is_not_sent_again(
    make: Make, post_office: PostOffice, database: Database, change: dict[str, Any]
) -> None:
    coach = await make.coach()
    email = await sent_invitation(make, post_office, coach)
    async with database.writing(coach.workspace_id) as session:
        await session.execute(update(PortalInvite).values(**change))

    answer = await resend(coach, email)

    assert (answer.status_code, answer.json()["code"]) == (409, "link_dead")
    assert await post_office.deliver() == []


async def test_a_cancelled_email_stays_cancelled(
    make: Make, post_office: PostOffice, database: Database
) -> None:
    coach = await make.coach()
    email = await sent_invitation(make, post_office, coach)
    async with database.writing(coach.workspace_id) as session:
        await session.execute(update(Email).values(status="cancelled"))

    answer = await resend(coach, email)

    assert (answer.status_code, answer.json()["code"]) == (409, "link_dead")


@pytest.mark.parametrize("reason", ["complained", "unsubscribed"])
async def test_who_wants_no_email_gets_none(
    make: Make, post_office: PostOffice, database: Database, reason: str
) -> None:
    coach = await make.coach()
    email = await sent_invitation(make, post_office, coach)
    async with database.writing(coach.workspace_id) as session:
        session.add(
            Suppression(
                workspace_id=coach.workspace_id, email_norm=email["recipient"], reason=reason
            )
        )

    answer = await resend(coach, email)

    assert (answer.status_code, answer.json()["code"]) == (409, "recipient_unsubscribed")
    assert await post_office.deliver() == []


async def test_a_resend_needs_an_idempotency_key(make: Make, post_office: PostOffice) -> None:
    coach = await make.coach()
    email = await sent_invitation(make, post_office, coach)

    answer = await coach.http.post(f"/v1/emails/{email['id']}/resend")

    assert answer.status_code == 400
