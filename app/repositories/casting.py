"""Loading a cast: at most six statements, for any number of events."""

from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    Executable,
    RowMapping,
    Uuid,
    and_,
    any_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession

from app.core.events import RecordedEvent
from app.models import HOUSE, CoachProfile, Contact, Member, Note, User, Workspace
from app.repositories.casts import Cast, ContactCard, Person, WorkspaceCard
from app.repositories.file_titles import shared_file_names
from app.repositories.sealed_papers import sealed_contracts

THE_HOUSE = WorkspaceCard(id=HOUSE, name="Atrium")
"""What stands in for a practice where an event belongs to a person only."""

WORKSPACE_ID = bindparam("workspace_id", type_=Uuid())
IDS = bindparam("ids", type_=ARRAY(Uuid()))

WORKSPACE = select(
    Workspace.workspace_id.label("id"),
    Workspace.name,
    Workspace.time_zone,
    Workspace.locale,
    Workspace.email_reply_to.label("reply_to"),
).where(Workspace.workspace_id == WORKSPACE_ID)

TEAM = (
    select(
        Member.id.label("member_id"),
        Member.role,
        User.id.label("user_id"),
        func.coalesce(CoachProfile.display_name, User.name).label("name"),
        User.email,
        User.time_zone,
        User.locale,
    )
    .join(User, User.id == Member.user_id)
    .outerjoin(
        CoachProfile,
        and_(CoachProfile.workspace_id == Member.workspace_id, CoachProfile.member_id == Member.id),
    )
    .where(Member.workspace_id == WORKSPACE_ID, Member.removed_at.is_(None))
    .order_by(Member.created_at, Member.id)
)

CONTACTS = (
    select(
        Contact.id,
        Contact.first_name,
        func.rtrim(Contact.first_name + " " + Contact.last_name).label("name"),
        func.coalesce(Contact.email, User.email).label("email"),
        func.coalesce(User.time_zone, Contact.time_zone).label("time_zone"),
        User.locale,
        Contact.user_id,
        Contact.coach_id,
        or_(Contact.portal_status == "disabled", Contact.archived_at.is_not(None)).label(
            "shut_out"
        ),
    )
    .outerjoin(User, User.id == Contact.user_id)
    .where(Contact.workspace_id == WORKSPACE_ID, Contact.id == any_(IDS))
)

USERS = select(User.id.label("user_id"), User.name, User.email, User.time_zone, User.locale).where(
    User.id == any_(IDS)
)

SHARED_TITLES = (
    select(Note.shared_event_id, Note.title)
    .where(
        Note.workspace_id == WORKSPACE_ID,
        Note.id == any_(IDS),
        Note.shared_event_id.is_not(None),
    )
    .with_for_update(read=True)  # whoever takes the sharing back finds the letter, or its absence
)


async def load_cast(session: AsyncSession, events: Sequence[RecordedEvent]) -> Cast:
    """Everyone these events of one workspace need."""
    workspace_id = events[0].workspace_id
    if workspace_id == HOUSE:
        return await _house_cast(session, events)
    workspace = await _workspace(session, workspace_id)
    members = await _people(session, TEAM, workspace_id=workspace_id)
    team = {person.user_id: person for person in members}
    actors = {event.actor.id for event in events if event.actor.kind in {"member", "client"}}
    return Cast(
        workspace=workspace,
        members=members,
        contacts=await _contacts(session, workspace, {event.contact_id for event in events}),
        users=team | await _users(session, actors - team.keys()),
        titles={
            **await _shared_titles(session, workspace_id, events),
            **await shared_file_names(session, workspace_id, events),
        },
        papers=await sealed_contracts(session, workspace_id, events),
    )


async def _house_cast(session: AsyncSession, events: Sequence[RecordedEvent]) -> Cast:
    subjects = {event.subject_id for event in events}
    return Cast(workspace=THE_HOUSE, users=await _users(session, subjects))


async def _workspace(session: AsyncSession, workspace_id: UUID) -> WorkspaceCard:
    rows = await session.execute(WORKSPACE, {"workspace_id": workspace_id})
    return WorkspaceCard(**rows.mappings().one())


async def _contacts(
    session: AsyncSession, workspace: WorkspaceCard, ids: Iterable[UUID | None]
) -> Mapping[UUID, ContactCard]:
    wanted = [contact_id for contact_id in ids if contact_id is not None]
    if not wanted:
        return {}
    rows = await session.execute(CONTACTS, {"workspace_id": workspace.id, "ids": wanted})
    return {row["id"]: _contact_card(row, workspace) for row in rows.mappings()}


def _contact_card(row: RowMapping, workspace: WorkspaceCard) -> ContactCard:
    """The practice's zone and locale stand in for those the contact never chose."""
    chosen = {
        "time_zone": row["time_zone"] or workspace.time_zone,
        "locale": row["locale"] or workspace.locale,
    }
    return ContactCard(**{**row, **chosen})


async def _shared_titles(
    session: AsyncSession, workspace_id: UUID, events: Sequence[RecordedEvent]
) -> Mapping[UUID, str]:
    shared = [event.subject_id for event in events if event.type == "note.shared"]
    if not shared:
        return {}
    rows = await session.execute(SHARED_TITLES, {"workspace_id": workspace_id, "ids": shared})
    return {row[0]: row[1] for row in rows if row[0]}


async def _users(session: AsyncSession, ids: Iterable[UUID | None]) -> dict[UUID, Person]:
    wanted = [user_id for user_id in ids if user_id is not None]
    if not wanted:
        return {}
    return {person.user_id: person for person in await _people(session, USERS, ids=wanted)}


async def _people(
    session: AsyncSession, statement: Executable, **values: object
) -> Sequence[Person]:
    rows = await session.execute(statement, values)
    return [Person(**row) for row in rows.mappings()]
