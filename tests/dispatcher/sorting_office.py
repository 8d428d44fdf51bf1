"""Atrium's engine with a real mail server behind it, for tests of what happens on the way."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import event, select
from sqlalchemy.engine import Connection

from app.core.db import Database
from app.core.documents.print_shop import PrintShop
from app.core.events import Actor, DomainEvent, publish
from app.core.ids import new_id
from app.core.tokens import TokenMint
from app.dispatcher.assembly import make_engine, make_renderer
from app.dispatcher.engine import Engine
from app.dispatcher.relay import relay_from_url
from app.dispatcher.transports import SmtpTransport
from app.dispatcher.work import Settled
from app.features.invites.events import PortalInvited
from app.models import Email, Event, Job, Suppression
from app.settings import Settings
from tests.make import Person
from tests.smtp_server import SmtpServer

MINT = TokenMint(b"test" * 12)
EXPIRES_AT = datetime(2190, 1, 1, tzinfo=UTC)


@dataclass(frozen=True)
class SortingOffice:
    """An engine that sends to `server`."""

    database: Database
    engine: Engine
    server: SmtpServer

    async def publish(self, *events: DomainEvent) -> None:
        """Record events of one workspace, as a service does."""
        async with self.database.writing(events[0].workspace_id) as session:
            await publish(session, *events)

    async def drain(self) -> list[Settled[Any]]:
        """Do all work that is due."""
        return await self.engine.drain()

    async def outbox(self, workspace_id: UUID) -> list[Email]:
        """Every letter of a workspace, in the order they were planned."""
        statement = select(Email).where(Email.workspace_id == workspace_id).order_by(Email.id)
        async with self.database.reading(workspace_id) as session:
            return list((await session.scalars(statement)).all())

    async def only_letter(self, workspace_id: UUID) -> Email:
        """The one letter of a workspace."""
        [letter] = await self.outbox(workspace_id)
        return letter

    async def failures(self, workspace_id: UUID) -> list[Event]:
        """What the workspace's event log knows of letters that failed."""
        statement = select(Event).where(
            Event.workspace_id == workspace_id, Event.type == "email.failed"
        )
        async with self.database.reading(workspace_id) as session:
            return list((await session.scalars(statement)).all())

    async def suppressions(self, workspace_id: UUID) -> list[Suppression]:
        """The addresses that the workspace's letters no longer go to."""
        statement = select(Suppression).where(Suppression.workspace_id == workspace_id)
        async with self.database.reading(workspace_id) as session:
            return list((await session.scalars(statement)).all())

    async def jobs(self, kind: str) -> list[Job]:
        """The jobs of a kind that are not done."""
        async with self.database.reading() as session:
            return list((await session.scalars(select(Job).where(Job.kind == kind))).all())


def invitation(coach: Person, contact_id: UUID, **facts: Any) -> PortalInvited:
    """A coach's invitation of a contact, as the event that its service publishes."""
    values: dict[str, Any] = {"invite_id": new_id(), "expires_at": EXPIRES_AT, **facts}
    return PortalInvited(
        workspace_id=coach.workspace_id,
        actor=Actor("member", coach.user_id),
        contact_id=contact_id,
        subject_id=values["invite_id"],
        **values,
    )


@asynccontextmanager
async def sorting_office(database: Database, settings: Settings) -> AsyncIterator[SortingOffice]:
    """Atrium's engine on this database, with a mail server of its own."""
    async with SmtpServer() as server:
        transport = SmtpTransport(relay_from_url(server.url))
        engine = make_engine(
            database,
            renderer=make_renderer(settings, MINT),
            transport=transport,
            settings=settings,
            mint=MINT,
            print_shop=PrintShop(),
        )
        try:
            yield SortingOffice(database, engine, server)
        finally:
            await transport.close()


@contextmanager
def counted_statements(database: Database) -> Iterator[list[str]]:
    """The statements that run in this block, as they are sent to PostgreSQL."""
    seen: list[str] = []

    def note(_connection: Connection, _cursor: object, statement: str, *_: object) -> None:
        seen.append(statement)

    engine = database.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
