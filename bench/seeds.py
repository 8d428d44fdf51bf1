"""Practices to measure on: their coaches signed in, their contacts made by the database."""

import asyncio
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import insert, text
from sqlalchemy.ext.asyncio import AsyncSession

from app.access.principal import Caller
from app.access.principal import Space as OpenSpace
from app.access.tokens import AccessTokens
from app.core.clock import now
from app.core.db import Database
from app.core.ids import new_id
from app.core.keys import signing_key
from app.models import LoginSession, Member, Space, User, Workspace, WorkspaceListing
from bench.stage import Stage

CONTACTS = text("""
INSERT INTO contacts
  (workspace_id, id, first_name, last_name, email, email_norm, phone, company, job_title,
   time_zone, tags, tag_keys, coach_id)
SELECT cast(:workspace_id AS uuid), uuidv7(make_interval(secs => n - cast(:contacts AS int))),
  (cast('{Ada,Grace,Edsger,Barbara,Tony,Hedy,Alan}' AS text[]))[1 + n % 7], 'Contact ' || n,
  'contact-' || n || '@example.test', 'contact-' || n || '@example.test',
  '+4930' || 1000000 + n, 'Company ' || n % 500, 'Head of department ' || n % 40,
  'Europe/Berlin', ARRAY['VIP', 'Group ' || n % 9], ARRAY['vip', 'group ' || n % 9],
  cast(:coach_id AS uuid)
FROM generate_series(1, cast(:contacts AS int)) AS n
""")


@dataclass(frozen=True, slots=True, kw_only=True)
class Practice:
    """A practice and the callers of its coaches."""

    id: UUID
    coaches: list[Caller]

    def tokens(self, stage: Stage) -> list[str]:
        """Fresh access tokens, one for each coach."""
        minted = AccessTokens(signing_key(stage.settings()))
        return [minted.issue(coach) for coach in self.coaches]


def seed(stage: Stage, *, contacts: int, coaches: int = 1) -> Practice:
    """A practice of that size, its statistics fresh."""
    return asyncio.run(_seed(stage, contacts=contacts, coaches=coaches))


async def _seed(stage: Stage, *, contacts: int, coaches: int) -> Practice:
    database = Database.connect(stage.url, size=1)
    async with database.writing() as session:
        practice = await _found(session, coaches)
        member_id = practice.coaches[0].space.member_id if practice.coaches[0].space else None
        values = {"workspace_id": practice.id, "contacts": contacts, "coach_id": member_id}
        await session.execute(CONTACTS, values)
        await session.execute(text("ANALYZE"))
    await database.close()
    return practice


async def _found(session: AsyncSession, coaches: int) -> Practice:
    workspace_id = new_id()
    looks = {"name": f"Practice {workspace_id}", "slug": f"practice-{workspace_id}"}
    session.add(WorkspaceListing(workspace_id=workspace_id, **looks))
    session.add(Workspace(workspace_id=workspace_id, time_zone="Europe/Berlin", **looks))
    await session.flush()
    callers = [_coach(workspace_id) for _ in range(coaches)]
    for table in (User, Member, Space, LoginSession):
        await session.execute(insert(table), [_row(table, caller) for caller in callers])
    return Practice(id=workspace_id, coaches=callers)


def _coach(workspace_id: UUID) -> Caller:
    space = OpenSpace(workspace_id=workspace_id, role="coach", member_id=new_id())
    return Caller(user_id=new_id(), session_id=new_id(), space=space)


def _row(table: type, caller: Caller) -> dict[str, object]:
    """What one coach is in one table."""
    space, address = caller.space, f"{caller.user_id}@example.test"
    assert space is not None
    here = {"workspace_id": space.workspace_id, "user_id": caller.user_id}
    rows: dict[type, dict[str, object]] = {
        User: {
            "id": caller.user_id,
            "email": address,
            "email_norm": address,
            "name": "A coach",
            "email_verified_at": now(),
        },
        Member: here | {"id": space.member_id, "role": space.role},
        Space: here | {"side": space.side, "role": space.role, "member_id": space.member_id},
        LoginSession: here
        | {"id": caller.session_id, "side": space.side, "expires_at": now().replace(year=2199)},
    }
    return rows[table]
