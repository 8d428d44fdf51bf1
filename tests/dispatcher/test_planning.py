"""From events to letters in the outbox: each once, in few statements, none to nowhere."""

import pytest
from sqlalchemy import text

from app.core.db import Database
from app.core.events import EVENTS_PER_JOB, FANOUT, SYSTEM, DomainEvent
from app.core.ids import new_id
from app.core.jobs import BULK, NewJob, enqueue
from app.dispatcher import subscriptions
from app.features.invites.events import PortalActivated, PortalInvited
from app.models import PortalInvite, Suppression
from app.repositories.outgoing import SEND_EMAIL
from app.settings import Settings
from tests.dispatcher.sorting_office import (
    EXPIRES_AT,
    counted_statements,
    invitation,
    sorting_office,
)
from tests.make import Make


async def test_an_event_becomes_a_letter_and_its_job(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id, first_name="Ana")
    async with sorting_office(database, settings) as office:
        await office.publish(invitation(coach, contact.id))

        [done] = await office.engine.drain([FANOUT])

        assert done.outcome == "done"
        [letter] = await office.outbox(coach.workspace_id)
        assert (letter.template, letter.status) == ("invites/portal_invited", "queued")
        assert letter.recipient == contact.email
        assert letter.context["words"]["first_name"] == "Ana"
        [job] = await office.jobs(SEND_EMAIL)
        assert job.payload == {
            "workspace_id": str(coach.workspace_id),
            "email_id": str(letter.id),
        }
        assert job.lane == PortalInvited.lane
        assert job.expires_at == EXPIRES_AT
        assert await office.jobs(FANOUT) == []


async def test_planning_the_same_event_again_adds_nothing(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    event = invitation(coach, contact.id)
    async with sorting_office(database, settings) as office:
        await office.publish(event)
        await office.engine.drain([FANOUT])
        async with database.writing() as session:
            payload = {"workspace_id": event.workspace_id, "event_ids": [event.id, event.id]}
            await enqueue(session, NewJob(kind=FANOUT, payload=payload))

        await office.engine.drain([FANOUT])

        assert len(await office.outbox(coach.workspace_id)) == 1
        assert len(await office.jobs(SEND_EMAIL)) == 1


async def test_the_statements_do_not_grow_with_the_events(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contacts = [await make.contact(workspace_id=coach.workspace_id) for _ in range(60)]
    async with sorting_office(database, settings) as office:
        counts = []
        for some in (contacts[:1], contacts[1:]):
            await office.publish(*(invitation(coach, contact.id) for contact in some))
            with counted_statements(database) as statements:
                await office.engine.drain([FANOUT])
            counts.append(len(_of_one_job(statements)))

        assert len(await office.outbox(coach.workspace_id)) == 60
        assert counts == [9, 9]


async def test_more_events_than_a_job_holds_are_all_planned(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    events = [invitation(coach, contact.id) for _ in range(EVENTS_PER_JOB + 1)]
    async with sorting_office(database, settings) as office:
        await office.publish(*events)

        endings = await office.engine.drain([FANOUT])

        assert len(endings) == 2
        letters = await office.outbox(coach.workspace_id)
        assert {letter.event_id for letter in letters} == {event.id for event in events}


async def test_a_suppressed_address_gets_a_row_and_no_job(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id, email="Gone@Example.test")
    async with database.writing(coach.workspace_id) as session:
        session.add(
            Suppression(
                workspace_id=coach.workspace_id, email_norm="gone@example.test", reason="bounced"
            )
        )
    async with sorting_office(database, settings) as office:
        await office.publish(invitation(coach, contact.id))

        await office.engine.drain([FANOUT])

        [letter] = await office.outbox(coach.workspace_id)
        assert letter.status == "suppressed"
        assert await office.jobs(SEND_EMAIL) == []


async def test_another_practices_suppression_does_not_count(
    make: Make, database: Database, settings: Settings
) -> None:
    coach, stranger = await make.coach(), await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id, email="ana@example.test")
    async with database.writing(stranger.workspace_id) as session:
        session.add(
            Suppression(
                workspace_id=stranger.workspace_id, email_norm="ana@example.test", reason="bounced"
            )
        )
    async with sorting_office(database, settings) as office:
        await office.publish(invitation(coach, contact.id))

        await office.engine.drain([FANOUT])

        [letter] = await office.outbox(coach.workspace_id)
        assert letter.status == "queued"


@pytest.mark.parametrize(
    ("state", "status"),
    [("pending", "queued"), ("replaced", "cancelled"), ("revoked", "cancelled")],
)
async def test_an_invitation_that_ended_before_it_was_written_is_not_sent(
    make: Make, database: Database, settings: Settings, state: str, status: str
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    event = invitation(coach, contact.id)
    async with database.writing(coach.workspace_id) as session:
        session.add(
            PortalInvite(
                workspace_id=coach.workspace_id,
                id=event.invite_id,
                contact_id=contact.id,
                email_norm=contact.email,
                token_hash=b"hash",
                state=state,
                expires_at=EXPIRES_AT,
                event_id=event.id,
            )
        )
    async with sorting_office(database, settings) as office:
        await office.publish(event)

        await office.engine.drain([FANOUT])

        assert (await office.only_letter(coach.workspace_id)).status == status
        assert len(await office.jobs(SEND_EMAIL)) == (status == "queued")


@pytest.mark.parametrize("email", [None, "ana@example.test"])
async def test_who_cannot_be_reached_is_left_out_and_the_others_are_told(
    make: Make, database: Database, settings: Settings, email: str | None
) -> None:
    coach = await make.coach()
    silent = await make.contact(workspace_id=coach.workspace_id, email=None)
    other = await make.contact(workspace_id=coach.workspace_id, email=email)
    async with sorting_office(database, settings) as office:
        deleted = invitation(coach, new_id())
        await office.publish(deleted, invitation(coach, silent.id), invitation(coach, other.id))

        [ending] = await office.engine.drain([FANOUT])

        assert ending.outcome == "done"
        letters = await office.outbox(coach.workspace_id)
        assert [letter.recipient for letter in letters] == [email] * bool(email)


async def test_an_event_nobody_is_told_of_writes_nothing(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    async with sorting_office(database, settings) as office:
        await office.publish(Unheard(workspace_id=coach.workspace_id, actor=SYSTEM))

        [ending] = await office.engine.drain([FANOUT])

        assert ending.outcome == "done"
        assert await office.outbox(coach.workspace_id) == []


async def test_one_events_trouble_does_not_hold_up_the_others(
    make: Make, database: Database, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(subscriptions.SUBSCRIPTIONS, Unheard.type, (_trip,))
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    async with sorting_office(database, settings) as office:
        await office.publish(
            Unheard(workspace_id=coach.workspace_id, actor=SYSTEM), invitation(coach, contact.id)
        )

        endings = await office.engine.drain([FANOUT])

        assert [ending.outcome for ending in endings] == ["done", "retry"]
        [letter] = await office.outbox(coach.workspace_id)
        assert letter.recipient == contact.email


async def test_letters_of_a_bulk_event_take_the_bulk_lane(
    make: Make, database: Database, settings: Settings
) -> None:
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    event = PortalActivated(workspace_id=coach.workspace_id, actor=SYSTEM, contact_id=contact.id)
    async with sorting_office(database, settings) as office:
        await office.publish(event)
        async with database.writing() as session:
            await session.execute(text("UPDATE jobs SET lane = :lane"), {"lane": BULK})

        await office.engine.drain([FANOUT])

        [job] = await office.jobs(SEND_EMAIL)
        assert job.lane == BULK


def _of_one_job(statements: list[str]) -> list[str]:
    """What runs between the taking off of a planning job and its commit."""
    start = next(n for n, one in enumerate(statements) if "DELETE FROM jobs" in one)
    after = statements[start + 1 :]
    return after[: next(n for n, one in enumerate(after) if one.startswith("RELEASE"))]


class Unheard(DomainEvent):
    type = "test.unheard"


def _trip(*_: object) -> list[object]:
    raise RuntimeError("a bug in a reaction")
