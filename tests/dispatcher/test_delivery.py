"""From the outbox to a mail server and back: what was sent, and what the practice learns."""

from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import update

from app.core.clock import now
from app.core.db import Database
from app.core.events import FANOUT, SYSTEM
from app.core.ids import new_id
from app.features.accounts.events import MagicLinkRequested
from app.main import create_app
from app.models import HOUSE, Email, User, Workspace
from app.settings import Settings
from tests.dispatcher.sorting_office import (
    EXPIRES_AT,
    MINT,
    counted_statements,
    invitation,
    sorting_office,
)
from tests.make import Make


async def brand(database: Database, workspace_id: UUID, **looks: Any) -> None:
    async with database.writing(workspace_id) as session:
        await session.execute(
            update(Workspace).where(Workspace.workspace_id == workspace_id).values(**looks)
        )


async def test_a_letter_arrives_in_the_practices_looks(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id, first_name="Zoë")
    await brand(
        database,
        coach.workspace_id,
        email_from_name="Berg Coaching",
        email_reply_to="hello@berg.example",
        accent_color="#0f766e",
        portal_url="https://clients.berg.example",
    )
    event = invitation(coach, contact.id, message="Welcome!")
    async with sorting_office(database, settings) as office:
        await office.publish(event)
        await office.drain()

        [mail] = office.server.messages
        email, letter = mail.email, await office.only_letter(coach.workspace_id)

    token = MINT.derive("inv", coach.workspace_id, event.invite_id)
    link = f"https://clients.berg.example/invite#token={token}"
    assert email["From"] == "Berg Coaching <no-reply@atrium.localhost>"
    assert email["To"].addresses[0].addr_spec == contact.email
    assert email["Reply-To"] == "hello@berg.example"
    assert email["Message-ID"] == f"<em.{letter.id}.0@atrium.localhost>"
    assert email["Auto-Submitted"] == "auto-generated"
    assert email["Subject"] == letter.subject
    text, html = (email.get_body((form,)) for form in ("plain", "html"))
    assert text
    assert html
    assert link in text.get_content().splitlines()
    assert f'href="{link}"' in html.get_content()
    assert "#0f766e" in html.get_content()


async def test_the_outbox_shows_what_became_of_it(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(database, settings) as office:
        await office.publish(invitation(coach, contact.id))
        await office.drain()
        letter = await office.only_letter(coach.workspace_id)

    assert (letter.status, letter.attempts) == ("sent", 1)
    assert letter.message_id == f"em.{letter.id}.0@atrium.localhost"
    assert letter.smtp_reply is not None
    assert letter.smtp_reply.startswith("250")
    assert letter.sent_at is not None
    assert abs((letter.sent_at - now()).total_seconds()) < 60


async def test_no_token_is_kept_anywhere(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    event = invitation(coach, contact.id)
    async with sorting_office(database, settings) as office:
        await office.publish(event)
        await office.drain()
        letter = await office.only_letter(coach.workspace_id)

    secret = MINT.derive("inv", coach.workspace_id, event.invite_id)[-40:]
    kept = {column.key: getattr(letter, column.key) for column in Email.__table__.columns}
    assert secret not in repr(kept)


@pytest.mark.parametrize("through_practice", [False, True])
async def test_a_persons_letter_comes_from_the_house_or_in_a_practices_looks(
    make: Make, database: Database, settings: Settings, *, through_practice: bool
) -> None:
    coach = await make.coach()
    await brand(database, coach.workspace_id, name="Berg Coaching")
    event = MagicLinkRequested(
        workspace_id=HOUSE,
        actor=SYSTEM,
        subject_id=coach.user_id,
        token_id=new_id(),
        expires_at=EXPIRES_AT,
        practice_id=coach.workspace_id if through_practice else None,
    )
    async with sorting_office(database, settings) as office:
        await office.publish(event)
        await office.drain()
        [mail] = office.server.messages
        letter = await office.only_letter(HOUSE)

    name = "Berg Coaching" if through_practice else "Atrium"
    assert mail.email["From"].addresses[0].display_name == name
    assert mail.email["Subject"] == f"Your sign-in link for {name}"
    assert letter.status == "sent"
    token = MINT.derive("mgc", HOUSE, event.token_id)
    assert f"/sign-in#token={token}" in mail.email.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # there is one


async def test_a_name_full_of_line_breaks_does_no_harm(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    evil = "Eve\r\nBcc: everyone@example.test"
    async with database.writing() as session:
        await session.execute(update(User).where(User.id == coach.user_id).values(name=evil))
    await brand(database, coach.workspace_id, email_from_name=evil, name=evil)
    contact = await make.contact(workspace_id=coach.workspace_id, last_name=evil)
    async with sorting_office(database, settings) as office:
        await office.publish(invitation(coach, contact.id))
        await office.drain()
        [mail] = office.server.messages

    assert mail.email["Bcc"] is None
    assert mail.email["Subject"].count("Bcc: everyone@example.test") == 2


async def test_letters_of_several_practices_are_sent_together(
    make: Make, database: Database, settings: Settings
) -> None:
    async with sorting_office(database, settings) as office:
        coaches = [await make.coach() for _ in range(3)]
        for coach in coaches:
            contact = await make.contact(workspace_id=coach.workspace_id)
            await office.publish(invitation(coach, contact.id))

        await office.drain()

        statuses = [(await office.only_letter(c.workspace_id)).status for c in coaches]
    assert statuses == ["sent"] * 3
    assert len({mail.email["From"] for mail in office.server.messages}) == 3


async def test_without_row_level_security_a_batch_is_two_reads_and_one_write(
    fresh_database: Database, settings: Settings
) -> None:
    make = Make(create_app(settings, database=fresh_database))
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(fresh_database, settings) as office:
        await office.publish(*(invitation(coach, contact.id) for _ in range(15)))
        await office.engine.drain(["fanout"])

        with counted_statements(fresh_database) as statements:
            await office.drain()

        assert len(office.server.messages) == 15
    assert len([one for one in statements if "FROM emails" in one or "UPDATE emails" in one]) == 2
    assert len([one for one in statements if "FROM workspaces" in one]) == 1


async def test_a_stored_file_travels_with_the_letter_and_is_kept_nowhere_else(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    await make.runtime.storage.put_small("k", b"%PDF-1.7 signed", media_type="application/pdf")
    stored = {"filename": "Agreement.pdf", "content_type": "application/pdf", "storage_key": "k"}
    async with sorting_office(database, settings) as office:
        await office.publish(invitation(coach, contact.id))
        await office.engine.drain([FANOUT])
        letter = await office.only_letter(coach.workspace_id)
        kept = {"context": {**letter.context, "files": [stored]}}
        async with database.writing(coach.workspace_id) as session:
            await session.execute(update(Email).where(Email.id == letter.id).values(**kept))
        await office.drain()

        [mail] = office.server.messages
        [file] = mail.email.iter_attachments()

    assert file.get_filename() == "Agreement.pdf"
    assert file.get_content_type() == "application/pdf"
    assert file.get_content() == b"%PDF-1.7 signed"
