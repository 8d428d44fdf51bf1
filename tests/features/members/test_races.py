"""Many at once, over real connections: one wins, and a team never loses its last owner."""

import asyncio
from collections import Counter
from collections.abc import Iterable

import httpx
import pytest
from sqlalchemy import func, select

from app.core.db import Database
from app.main import create_app
from app.models import Member, MemberInvite, Space, User
from app.settings import Settings
from tests.features.members.journey import (
    INVITES,
    MEMBERS,
    accept,
    change_role,
    invite,
    invited,
    look_up,
    mailed_token,
    pending,
    remove,
    resend,
    team_of,
)
from tests.make import Make, Person, http_client

ROUNDS = 5


@pytest.fixture
def crowd(settings: Settings, fresh_database: Database) -> Make:
    """Factories on a database of the test's own, whose requests really meet."""
    return Make(create_app(settings, database=fresh_database))


def outcomes(answers: Iterable[httpx.Response]) -> Counter[object]:
    """How often each status came, and each problem's code instead of it."""
    return Counter(
        answer.status_code if answer.is_success else answer.json()["code"] for answer in answers
    )


async def owners_of(crowd: Make, person: Person) -> int:
    async with crowd.runtime.database.reading(person.workspace_id) as session:
        found = await session.scalar(
            select(func.count()).where(
                Member.workspace_id == person.workspace_id,
                Member.role == "owner",
                Member.removed_at.is_(None),
            )
        )
    return found or 0


async def test_of_fifty_newcomers_with_one_link_one_joins(crowd: Make) -> None:
    owner = await crowd.coach()
    _, token = await invited(crowd, owner)

    async with crowd.anonymous() as browser:
        answers = await asyncio.gather(*(accept(browser, token) for _ in range(50)))

    found = outcomes(answers)
    assert found.pop(200) == 1
    assert set(found) <= {"invite_already_accepted", "account_exists"}
    assert len(await team_of(owner)) == 2
    async with crowd.runtime.database.reading(owner.workspace_id) as session:
        assert await session.scalar(select(func.count(User.id))) == 2
        assert await session.scalar(select(func.count()).select_from(Space)) == 2


async def test_of_twenty_tabs_of_one_person_one_joins(crowd: Make) -> None:
    owner, elsewhere = await crowd.coach(), await crowd.coach()
    _, token = await invited(crowd, owner, elsewhere.email)

    answers = await asyncio.gather(*(accept(elsewhere.http, token) for _ in range(20)))

    assert outcomes(answers) == {200: 1, "invite_already_accepted": 19}
    assert len(await team_of(owner)) == 2


async def test_what_is_taken_back_while_it_is_accepted_is_one_or_the_other(crowd: Make) -> None:
    for _ in range(ROUNDS):
        owner = await crowd.coach()
        joiner = await crowd.coach()
        invite_id, token = await invited(crowd, owner, joiner.email)

        accepted, revoked = await asyncio.gather(
            accept(joiner.http, token), owner.http.delete(f"{INVITES}/{invite_id}")
        )

        assert (accepted.status_code, revoked.status_code) in {(200, 404), (410, 204)}
        assert len(await team_of(owner)) == (2 if accepted.is_success else 1)


async def test_an_address_is_invited_once_however_many_ask(crowd: Make) -> None:
    owner = await crowd.coach()

    answers = await asyncio.gather(*(invite(owner) for _ in range(20)))

    assert outcomes(answers) == {201: 1, "member_invite_pending": 19}
    assert len(await pending(owner)) == 1


async def test_of_many_resends_the_last_links_works(crowd: Make) -> None:
    owner = await crowd.coach()
    invite_id, _ = await invited(crowd, owner)

    answers = await asyncio.gather(*(resend(owner, invite_id) for _ in range(10)))

    assert outcomes(answers) == {200: 10}
    async with crowd.runtime.database.reading(owner.workspace_id) as session:
        assert await session.scalar(select(MemberInvite.generation)) == 11
    token = await mailed_token(crowd, owner.workspace_id, invite_id)
    async with crowd.anonymous() as browser:
        assert (await look_up(browser, token)).status_code == 200


async def test_two_owners_who_demote_each_other_leave_one(crowd: Make) -> None:
    for _ in range(ROUNDS):
        first = await crowd.coach()
        second = await crowd.coach(workspace_id=first.workspace_id)

        answers = await asyncio.gather(
            change_role(first, second.member_id, "coach"),
            change_role(second, first.member_id, "assistant"),
        )

        found = outcomes(answers)
        assert found.pop(200) == 1
        assert set(found) <= {"last_owner", "invalid_access_token"}
        assert await owners_of(crowd, first) == 1


async def test_two_owners_who_leave_together_leave_one(crowd: Make) -> None:
    for _ in range(ROUNDS):
        first = await crowd.coach()
        second = await crowd.coach(workspace_id=first.workspace_id)

        answers = await asyncio.gather(
            remove(first, first.member_id), remove(second, second.member_id)
        )

        assert outcomes(answers) == {204: 1, "last_owner": 1}
        assert await owners_of(crowd, first) == 1


async def test_one_who_was_demoted_in_another_process_changes_no_role_any_more(
    settings: Settings, crowd: Make, fresh_database: Database
) -> None:
    first = await crowd.coach()
    second = await crowd.coach(workspace_id=first.workspace_id)
    third = await crowd.coach(workspace_id=first.workspace_id)
    elsewhere = create_app(settings, database=fresh_database)
    async with http_client(elsewhere) as browser:
        browser.headers.update(second.http.headers)
        assert (await browser.get(MEMBERS)).status_code == 200  # remembered there for a while
        await change_role(first, second.member_id, "coach")

        demoting = await browser.patch(f"{MEMBERS}/{third.member_id}", json={"role": "coach"})
        removing = await browser.delete(f"{MEMBERS}/{third.member_id}")

    assert outcomes([demoting, removing]) == {"missing_permission": 2}
    assert await owners_of(crowd, first) == 2
