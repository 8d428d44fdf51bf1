from sqlalchemy import update

from app.core.db import Database
from app.models import Email, Workspace
from tests.features.notifications.writing import emails, invite
from tests.make import Make
from tests.post_office import PostOffice


async def test_a_preview_shows_the_mail_without_its_secret(
    make: Make, post_office: PostOffice
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await invite(coach, contact.id)
    mail = await post_office.deliver_to(str(contact.email))
    [email] = await emails(coach)

    preview = (await coach.http.get(f"/v1/emails/{email['id']}/preview")).json()

    text = mail.get_body(("plain",))
    assert text
    sent = text.get_content()
    link = next(line for line in sent.splitlines() if "#token=" in line)
    head, _, token = link.partition("#token=")
    assert token.startswith("inv_")
    assert preview["subject"] == mail["Subject"]
    assert f"{head}#token=…" in preview["text"].splitlines()
    assert token not in preview["text"] + preview["html"]
    assert preview["html"].startswith("<!doctype html>")
    assert sorted(preview) == ["html", "subject", "text"]


async def test_a_preview_wears_todays_colours(
    make: Make, post_office: PostOffice, database: Database
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await invite(coach, contact.id)
    await post_office.deliver()
    [email] = await emails(coach)
    async with database.writing(coach.workspace_id) as session:
        await session.execute(update(Workspace).values(accent_color="#b45309"))

    preview = (await coach.http.get(f"/v1/emails/{email['id']}/preview")).json()

    assert "#b45309" in preview["html"]


async def test_an_email_older_than_its_template_says_so(
    make: Make, post_office: PostOffice, database: Database
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await invite(coach, contact.id)
    await post_office.deliver()
    [email] = await emails(coach)
    async with database.writing(coach.workspace_id) as session:
        await session.execute(update(Email).values(template="invites/long_gone"))

    answer = await coach.http.get(f"/v1/emails/{email['id']}/preview")

    assert (answer.status_code, answer.json()["code"]) == (410, "preview_gone")
