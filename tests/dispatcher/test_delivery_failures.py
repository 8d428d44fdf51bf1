"""Letters that don't arrive: what is tried again, what is given up, and who is told."""

import time_machine
from sqlalchemy import delete

from app.core.clock import now
from app.core.db import Database
from app.core.events import SYSTEM
from app.core.ids import new_id
from app.features.accounts.events import MagicLinkRequested
from app.models import HOUSE, Email
from app.settings import Settings
from tests.dispatcher.sorting_office import EXPIRES_AT, invitation, sorting_office
from tests.make import Make
from tests.smtp_server import DROP

GONE = "550 5.1.1 no such user"
FULL = "452 4.2.2 mailbox full"
SPAM = "554 5.7.1 looks like spam"


async def test_a_refused_address_is_written_to_no_more_and_the_coach_is_told(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(
        workspace_id=coach.workspace_id, email="Gone@example.test", coach_id=coach.member_id
    )
    async with sorting_office(database, settings) as office:
        office.server.answer("RCPT", GONE, recipient="Gone@example.test")
        await office.publish(invitation(coach, contact.id))
        await office.drain()

        bounced, told = await office.outbox(coach.workspace_id)
        [mail] = office.server.messages

    assert (bounced.status, bounced.smtp_reply, bounced.attempts) == ("bounced", GONE, 1)
    assert bounced.subject is not None
    [suppression] = await office.suppressions(coach.workspace_id)
    assert (suppression.email_norm, suppression.detail) == ("gone@example.test", GONE)
    [event] = await office.failures(coach.workspace_id)
    assert (event.contact_id, event.subject_id) == (contact.id, bounced.id)
    assert event.data["bad_address"] is True
    assert (told.template, told.recipient) == ("notifications/email_failed", coach.email)
    assert mail.email["To"].addresses[0].addr_spec == coach.email
    assert bounced.subject in mail.email.get_body(("plain",)).get_content()  # type: ignore[union-attr]  # there is one


async def test_a_refused_mail_fails_and_leaves_the_address_alone(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(database, settings) as office:
        office.server.answer("DATA", SPAM, times=1)
        await office.publish(invitation(coach, contact.id))
        await office.drain()
        letter, told = await office.outbox(coach.workspace_id)

    assert (letter.status, letter.smtp_reply) == ("failed", SPAM)
    assert await office.suppressions(coach.workspace_id) == []
    assert told.template == "notifications/email_failed"


async def test_a_failure_to_tell_of_a_failure_is_told_to_nobody(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(database, settings) as office:
        office.server.answer("RCPT", GONE)
        await office.publish(invitation(coach, contact.id))
        await office.drain()
        letters = await office.outbox(coach.workspace_id)

    assert [letter.status for letter in letters] == ["bounced", "bounced"]
    assert len(await office.failures(coach.workspace_id)) == 1


async def test_a_temporary_refusal_is_tried_again_later(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(database, settings) as office:
        office.server.answer("RCPT", FULL, times=1)
        await office.publish(invitation(coach, contact.id))
        await office.drain()
        waiting = await office.only_letter(coach.workspace_id)
        with time_machine.travel(now().replace(year=now().year + 1), tick=True):
            await office.drain()
        sent = await office.only_letter(coach.workspace_id)

    assert (waiting.status, waiting.attempts, waiting.smtp_reply) == ("queued", 1, FULL)
    assert (sent.status, sent.attempts) == ("sent", 2)
    assert len(office.server.messages) == 1


async def test_a_relay_that_is_away_costs_no_attempt(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(database, settings) as office:
        office.server.answer("MAIL", DROP, times=1)
        await office.publish(invitation(coach, contact.id))
        await office.drain()
        waiting = await office.only_letter(coach.workspace_id)
        await office.drain()
        sent = await office.only_letter(coach.workspace_id)

    assert (waiting.status, waiting.attempts) == ("queued", 0)
    assert waiting.smtp_reply
    assert (sent.status, sent.attempts) == ("sent", 1)


async def test_a_letter_whose_link_has_died_is_not_sent(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(database, settings) as office:
        await office.publish(invitation(coach, contact.id, expires_at=now()))
        await office.drain()
        letter = await office.only_letter(coach.workspace_id)

    assert letter.status == "cancelled"
    assert office.server.messages == []


async def test_a_letter_that_is_gone_is_simply_not_sent(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(database, settings) as office:
        await office.publish(invitation(coach, contact.id))
        await office.engine.drain(["fanout"])
        async with database.writing(coach.workspace_id) as session:
            await session.execute(delete(Email))
        [ending] = await office.drain()

    assert ending.outcome == "done"
    assert office.server.messages == []


async def test_a_persons_refused_address_troubles_no_practice(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    event = MagicLinkRequested(
        workspace_id=HOUSE,
        actor=SYSTEM,
        subject_id=coach.user_id,
        token_id=new_id(),
        expires_at=EXPIRES_AT,
        practice_id=None,
    )
    async with sorting_office(database, settings) as office:
        office.server.answer("RCPT", GONE)
        await office.publish(event)
        await office.drain()
        letter = await office.only_letter(HOUSE)

    assert letter.status == "bounced"
    assert await office.failures(HOUSE) == []
    assert await office.suppressions(HOUSE) == []
