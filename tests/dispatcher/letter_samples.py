"""One example of every event that writes letters, and the people it speaks of."""

from collections.abc import Iterator
from datetime import UTC, datetime
from functools import cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import pydantic_core

from app.core.events import Actor, RecordedEvent
from app.core.letters import Letter
from app.core.tokens import TokenMint
from app.dispatcher.envelopes import packed
from app.dispatcher.rendering import Renderer
from app.dispatcher.subscriptions import SUBSCRIPTIONS
from app.features.comments.emails import comments_written
from app.features.comments.mailing import News
from app.features.preferences.emails import Item, daily_digest
from app.models import HOUSE
from app.repositories.audiences import Audience
from app.repositories.casts import Cast, ContactCard, Person, WorkspaceCard
from app.repositories.comment_cards import Thread
from app.repositories.letters import Practice, StoredLetter
from tests.dispatcher import (
    appointment_samples,
    contract_samples,
    form_samples,
    invoice_samples,
    program_samples,
)

AT = datetime(2026, 12, 3, 13, 0, tzinfo=UTC)
PRACTICE_ID, CONTACT_ID, ROW_ID = UUID(int=1), UUID(int=2), UUID(int=3)
EVENT_ID = UUID(int=99)
OWNER_ID, COACH_ID, CLIENT_ID = UUID(int=11), UUID(int=12), UUID(int=13)
EXPIRES_AT = "2026-12-10T13:00:00Z"
PORTAL_URL, API_URL = "https://portal.example.com", "https://api.example.com"

TASKS = ("assigned", "completed", "due_soon", "late", "overdue", "returned", "submitted")
TASK = {"title": "Write down three things", "due_at": "2026-12-10T13:00:00Z"}
GOAL = {"side": "member", "title": "Speak in front of fifty people"}

DATA: dict[str, dict[str, Any]] = {
    **appointment_samples.DATA,
    **contract_samples.DATA,
    **invoice_samples.DATA,
    **form_samples.DATA,
    **program_samples.DATA,
    "calendar.sync_failed": {
        "coach_id": str(UUID(int=22)),
        "name": "Family",
        "reason": "not_found",
        "last_read_at": "2026-12-03T10:15:00Z",
    },
    "portal.invited": {
        "invite_id": str(ROW_ID),
        "expires_at": EXPIRES_AT,
        "message": "Dear Ana,\nI look forward to our first session!",
    },
    "member.invited": {
        "email": "new@example.com",
        "name": "Noa Peretz",
        "role": "assistant",
        "generation": 2,
        "expires_at": EXPIRES_AT,
    },
    "email.failed": {
        "recipient": "ana@exmaple.com",
        "recipient_name": "Ana Lima",
        "mail_subject": "Maya Berg invites you to Berg Coaching",
        "reply": "550 5.1.1 mailbox unavailable",
        "bad_address": True,
    },
    "note.shared": {"side": "member"},
    "file.shared": {"side": "member", "share_id": str(ROW_ID), "program_id": None},
    **{f"assignment.{name}": TASK for name in TASKS},
    "goal.created": {**GOAL, "due_on": "2026-12-24"},
    "goal.updated": {**GOAL, "changed": ["due_on", "milestones"]},
    "goal.completed": GOAL,
    "goal.due_soon": {**GOAL, "due_on": "2026-12-24"},
    "milestone.completed": {**GOAL, "milestone_id": str(ROW_ID), "milestone": "First talk"},
    "user.magic_link": {"token_id": str(ROW_ID), "expires_at": EXPIRES_AT, "workspace_id": None},
    "user.password_reset": {"token_id": str(ROW_ID), "expires_at": EXPIRES_AT},
    "user.email_verification": {"token_id": str(ROW_ID), "expires_at": EXPIRES_AT},
    "user.email_change_requested": {"token_id": str(ROW_ID), "new_email": "ana@new.example.com"},
    "user.email_changed": {"old_email": "ana@example.com", "new_email": "ana@new.example.com"},
}

ACTORS = {
    **appointment_samples.ACTORS,
    **contract_samples.ACTORS,
    **form_samples.ACTORS,
    **program_samples.ACTORS,
    "portal.activated": Actor("client", CLIENT_ID),
    "member.joined": Actor("member", COACH_ID),
    "email.failed": Actor("system"),
}

PATHS = {
    **appointment_samples.paths(ROW_ID),
    **contract_samples.paths(ROW_ID),
    **invoice_samples.paths(ROW_ID, CONTACT_ID),
    **form_samples.paths(ROW_ID, CONTACT_ID),
    **program_samples.paths(ROW_ID, CONTACT_ID),
    "calendars/sync_failed": "/settings/calendars",
    "invites/portal_invited": "/invite",
    "invites/portal_access_enabled": "/",
    "invites/portal_activated": f"/contacts/{CONTACT_ID}",
    "members/member_invited": "/join",
    "members/member_joined": "/team",
    "comments/comments_written": f"/notes/{ROW_ID}",
    "notes/note_shared": f"/notes/{ROW_ID}",
    **{f"assignments/{name}": f"/assignments/{ROW_ID}" for name in TASKS},
    "assignments/late": f"/contacts/{CONTACT_ID}/assignments/{ROW_ID}",
    "assignments/submitted": f"/contacts/{CONTACT_ID}/assignments/{ROW_ID}",
    "files/file_shared": f"/files/{ROW_ID}",
    "goals/goal_created": f"/goals/{ROW_ID}",
    "goals/goal_updated": f"/goals/{ROW_ID}",
    "goals/goal_completed": f"/goals/{ROW_ID}",
    "goals/goal_due_soon": f"/goals/{ROW_ID}",
    "goals/milestone_completed": f"/goals/{ROW_ID}",
    "preferences/daily_digest": "/",
    "notifications/email_failed": f"/contacts/{CONTACT_ID}",
    "accounts/magic_link": "/sign-in",
    "accounts/password_reset": "/reset-password",
    "accounts/email_verification": "/verify-email",
    "accounts/email_change_confirmation": "/confirm-email",
    "accounts/password_changed": "/forgot-password",
}
"""Where each letter's button leads; a letter that is missing here has none."""

OF_CONTACTS = frozenset(
    {
        "appointment",
        "comment",
        "contact",
        "contract",
        "email",
        "enrollment",
        "file",
        "form",
        "assignment",
        "credit_note",
        "goal",
        "invoice",
        "milestone",
        "note",
        "payment",
    }
    | {"portal"}
)
"""The first words of events that are about a contact."""


def person(user_id: UUID, name: str, **more: Any) -> Person:
    first = name.split(maxsplit=1)[0].lower()
    values = {"email": f"{first}@example.com", "time_zone": "Europe/Berlin", "locale": "en"}
    return Person(user_id=user_id, name=name, **{**values, **more})


OWNER = person(OWNER_ID, "Olivia Berg", member_id=UUID(int=21), role="owner")
COACH = person(COACH_ID, "Maya Berg", member_id=UUID(int=22), role="coach")
CLIENT = person(CLIENT_ID, "Ana Lima")


def cast(*, first_name: str = "Ana", last_name: str = "Lima", **contact: Any) -> Cast:
    """A practice with an owner, a coach and a client."""
    values: dict[str, Any] = {
        "email": "ana@example.com",
        "time_zone": "America/New_York",
        "locale": "en",
        "user_id": CLIENT_ID,
        "coach_id": COACH.member_id,
    }
    card = ContactCard(
        id=CONTACT_ID,
        first_name=first_name,
        name=f"{first_name} {last_name}",
        **{**values, **contact},
    )
    return Cast(
        workspace=WorkspaceCard(id=PRACTICE_ID, name="Berg Coaching", time_zone="Europe/Berlin"),
        contacts={CONTACT_ID: card},
        members=(OWNER, COACH),
        users={person.user_id: person for person in (OWNER, COACH, CLIENT)},
        titles={EVENT_ID: "What we found on Tuesday"},
    )


def recorded(event_type: str, **changes: Any) -> RecordedEvent:
    """An event of this type, as planning reads it from the log."""
    of_a_person = event_type.startswith("user.")
    values: dict[str, Any] = {
        "workspace_id": HOUSE if of_a_person else PRACTICE_ID,
        "id": EVENT_ID,
        "type": event_type,
        "actor": ACTORS.get(event_type, Actor("member", COACH_ID)),
        "contact_id": CONTACT_ID if event_type.partition(".")[0] in OF_CONTACTS else None,
        "subject_id": CLIENT_ID if of_a_person else ROW_ID,
        "data": DATA.get(event_type, {}),
        "at": AT,
    }
    return RecordedEvent(**{**values, **changes})


def letters(event: RecordedEvent, people: Cast | None = None) -> list[Letter]:
    """All that this event makes Atrium write."""
    people = people or cast()
    if event.type == "comment.created":
        return list(comments_written(news(), event, people))
    return [letter for reaction in SUBSCRIPTIONS[event.type] for letter in reaction(event, people)]


def news(*said: str) -> News:
    """What the coach has said to the client about a note."""
    bodies = said or ("I saw the same.\nLet's talk about it.", "On *Thursday*?")
    title = "What we found on Tuesday"
    comments: list[Any] = [SimpleNamespace(author_name="Maya Berg", body=body) for body in bodies]
    return News(
        reader=Audience.client(PRACTICE_ID, CONTACT_ID),
        thread=Thread(
            kind="note", subject_id=ROW_ID, contact_id=CONTACT_ID, title=title, shared=True
        ),
        comments=comments,
    )


def every_letter(people: Cast | None = None) -> Iterator[tuple[RecordedEvent, Letter]]:
    """Each letter of each event's example."""
    for event_type in SUBSCRIPTIONS:
        event = recorded(event_type)
        yield from ((event, letter) for letter in letters(event, people))
    yield recorded("goal.created"), digest(people or cast())


def digest(people: Cast) -> Letter:
    """What happened to the client's goals and files in a day."""
    lines = [("file.shared", "Notes.pdf", "/files/1"), ("goal.created", "Speak", "/goals/2")]
    items = [
        Item(event_id=EVENT_ID, topic=topic, title=f"Maya: {title}", summary=title, path=path)
        for topic, title, path in lines
    ]
    return daily_digest(people.contact(CONTACT_ID).reader, items)


def stored(event: RecordedEvent, letter: Letter) -> StoredLetter:
    """The letter as the outbox gives it back."""
    context = pydantic_core.from_json(pydantic_core.to_json(packed(letter, event)))
    return StoredLetter(
        workspace_id=event.workspace_id,
        id=UUID(int=77),
        template=letter.template,
        recipient=letter.to.email,
        recipient_name=letter.to.name,
        contact_id=letter.to.contact_id,
        user_id=letter.to.user_id,
        context=context,
        resends=0,
    )


def practice(**looks: Any) -> Practice:
    values: dict[str, Any] = {"name": "Berg Coaching", "accent_color": "#0f766e"}
    return Practice(id=PRACTICE_ID, **{**values, **looks})


@cache
def renderer() -> Renderer:
    return Renderer(TokenMint(b"k" * 48), portal_url=PORTAL_URL, api_url=API_URL)
