"""One thing of each kind that a path can name, in one practice: what strangers will ask for."""

from collections.abc import Awaitable, Callable
from uuid import UUID, uuid4

from app.core.clock import now
from app.core.ids import new_id
from app.models import (
    Assignment,
    CalendarFeed,
    Comment,
    ContractTemplate,
    CustomField,
    Email,
    Enrollment,
    Event,
    ExternalCalendar,
    Goal,
    GoalCheckIn,
    GoalMilestone,
    Image,
    MemberInvite,
    Note,
    PortalInviteBatch,
    Program,
)
from app.models.base import TenantRecord
from tests.contracts.booking import BOOKING_TARGETS
from tests.contracts.contracting import CONTRACT_TARGETS
from tests.contracts.crowds_notifications import notification
from tests.contracts.filing import file
from tests.contracts.form_filling import FORM_TARGETS
from tests.contracts.invoicing import INVOICE_TARGETS
from tests.make import Make, Person

Target = Callable[[Make, Person], Awaitable[UUID | str]]


async def contact(make: Make, owner: Person) -> UUID:
    return (await make.contact(workspace_id=owner.workspace_id)).id


async def batch(make: Make, owner: Person) -> UUID:
    return await _kept(make, owner, PortalInviteBatch(total=0, invited=0, skipped={}))


async def custom_field(make: Make, owner: Person) -> UUID:
    return await _kept(make, owner, CustomField(key="shoe_size", label="Shoe size", kind="number"))


async def email(make: Make, owner: Person) -> UUID:
    return await _kept(
        make,
        owner,
        Email(
            event_id=await event(make, owner),
            template="invites/portal_invited",
            recipient="ada@example.test",
            recipient_name="Ada",
            status="failed",
        ),
    )


async def event(make: Make, owner: Person) -> UUID:
    return await _kept(make, owner, Event(type="contact.created", actor_kind="system"))


async def image(make: Make, owner: Person) -> UUID:
    return await _kept(make, owner, Image(content_type="image/png", content=b"x", etag="x"))


async def contract_template(make: Make, owner: Person) -> UUID:
    return await _kept(make, owner, ContractTemplate(name="Terms", body="Agreed."))


async def calendar_feed(make: Make, owner: Person) -> UUID:
    feed = CalendarFeed(member_id=owner.member_id, name="Mine", token_hash=b"x")
    return await _kept(make, owner, feed)


async def external_calendar(make: Make, owner: Person) -> UUID:
    calendar = ExternalCalendar(coach_id=owner.member_id, name="Mine", url="https://a.test/")
    return await _kept(make, owner, calendar)


async def member(make: Make, owner: Person) -> UUID:
    person = await make.coach(role="coach", workspace_id=owner.workspace_id)
    assert person.member_id
    return person.member_id


async def member_invite(make: Make, owner: Person) -> UUID:
    return await _kept(
        make,
        owner,
        MemberInvite(
            email="new@example.test",
            email_norm="new@example.test",
            role="coach",
            token_hash=b"x",
            expires_at=now().replace(year=2199),
            invited_by=owner.member_id,
        ),
    )


async def program(make: Make, owner: Person) -> UUID:
    return await _kept(
        make, owner, Program(name="Voice", slug=uuid4().hex, currency="EUR", status="published")
    )


async def enrollment(make: Make, owner: Person) -> UUID:
    return await _kept(
        make,
        owner,
        Enrollment(
            program_id=await program(make, owner),
            contact_id=await contact(make, owner),
            status="invited",
            origin="invited",
        ),
    )


async def note(make: Make, owner: Person) -> UUID:
    """Shared by the team with one of its clients: nothing keeps that client, or it, from it."""
    shared = {"side": "member", "shared_at": now(), "shared_event_id": new_id()}
    contact_id = await contact(make, owner)
    return await _kept(make, owner, Note(contact_id=contact_id, title="Shared", **shared))


async def comment(make: Make, owner: Person) -> UUID:
    """By the team, on a note it shares."""
    contact_id = await contact(make, owner)
    shared = {"side": "member", "shared_at": now(), "shared_event_id": new_id()}
    note_id = await _kept(make, owner, Note(contact_id=contact_id, title="Shared", **shared))
    place = {"contact_id": contact_id, "subject_kind": "note", "subject_id": note_id}
    return await _kept(make, owner, Comment(**place, side="member", body="x", body_html="x"))


async def assignment(make: Make, owner: Person) -> UUID:
    return await _kept(make, owner, Assignment(contact_id=await contact(make, owner), title="Do"))


async def goal(make: Make, owner: Person) -> UUID:
    contact_id = await contact(make, owner)
    return await _kept(make, owner, Goal(contact_id=contact_id, side="member", title="Speak"))


async def milestone(make: Make, owner: Person) -> UUID:
    step = GoalMilestone(goal_id=await goal(make, owner), title="First talk", position=0)
    return await _kept(make, owner, step)


async def check_in(make: Make, owner: Person) -> UUID:
    contact_id = await contact(make, owner)
    aim = Goal(contact_id=contact_id, side="member", title="Speak")
    said = {"contact_id": contact_id, "side": "member", "at": now(), "value": 10}
    return await _kept(make, owner, GoalCheckIn(goal_id=await _kept(make, owner, aim), **said))


async def login_session(_: Make, owner: Person) -> UUID:
    return owner.session_id


async def horoscopes(_: Make, __: Person) -> str:
    """Letters nobody writes: those that are written are the same in every practice."""
    return "horoscopes"


async def _kept(make: Make, owner: Person, row: TenantRecord) -> UUID:
    row.workspace_id = owner.workspace_id
    async with make.runtime.database.writing(owner.workspace_id) as session:
        session.add(row)
        await session.flush()
        return row.id


TARGETS: dict[str, Target] = {
    **BOOKING_TARGETS,
    **CONTRACT_TARGETS,
    **FORM_TARGETS,
    **INVOICE_TARGETS,
    "contact_id": contact,
    "batch_id": batch,
    "field_id": custom_field,
    "custom_field_id": custom_field,
    "email_id": email,
    "event_id": event,
    "file_id": file,
    "image_id": image,
    "template_id": contract_template,
    "calendar_id": external_calendar,
    "feed_id": calendar_feed,
    "member_id": member,
    "invite_id": member_invite,
    "note_id": note,
    "notification_id": notification,
    "feature": horoscopes,
    "letter": horoscopes,
    "comment_id": comment,
    "assignment_id": assignment,
    "goal_id": goal,
    "milestone_id": milestone,
    "check_in_id": check_in,
    "session_id": login_session,
    "program_id": program,
    "enrollment_id": enrollment,
}
"""By the name of the path's parameter. A new kind of thing needs its entry here."""
