"""Letters about appointments: the client always has their confirmation, the coach is told.

Times are instants here; each reader reads them in their own zone. What a calendar program makes
of them is in `invitations`.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.icalendar_text import Party
from app.core.letters import Action, Letter
from app.features.appointments.invitations import Meeting, entries_for
from app.models.places import meeting_link, place_in_words
from app.repositories.casts import Cast, ContactCard, Person


class Parties(NamedTuple):
    """Between whom an appointment is."""

    client: ContactCard
    coach: Person


def requested(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """The client knows that their request is on its way, the coach that one waits."""
    return _first_of_series(event, cast, "appointment_requested")


def booked(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """The client has it in writing; the coach is told of what they didn't book themselves.

    What was put down only afterwards is no news to anybody.
    """
    last = (event.data["series_starts"] or [event.data["starts_at"]])[-1]
    if datetime.fromisoformat(last) <= event.at:
        return []
    return _first_of_series(event, cast, "appointment_booked")


def _first_of_series(event: RecordedEvent, cast: Cast, template: str) -> Sequence[Letter]:
    """One letter for a whole series, with its first event."""
    starts = event.data["series_starts"]
    if event.data["series_id"] and not starts:
        return []
    more = {"count": len(starts or [1])}
    return _to_both(event, cast, template, more, words=event.data["note"], starts=starts)


def rescheduled(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Both know the new time and the old."""
    data = event.data
    more = {"needs_confirmation": data["needs_confirmation"]}
    before = _fact("Before", at=data["old_starts_at"])
    template = "appointment_rescheduled"
    return _to_both(event, cast, template, more, words=data["reason"], facts=[before])


def cancelled(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Both know that it won't take place, and what it cost."""
    more = {"forfeited": event.data["forfeited"]}
    return _to_both(event, cast, "appointment_cancelled", more, words=event.data["reason"])


def confirmed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """The client hears the coach's yes."""
    return [_to_client(event, cast, "appointment_confirmed", {})]


def declined(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """The client hears the coach's no."""
    return [_to_client(event, cast, "appointment_declined", {}, words=event.data["reason"])]


def missed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """The client hears that they were waited for."""
    more = {"forfeited": event.data["forfeited"]}
    return [_to_client(event, cast, "appointment_no_show", more)]


def reminder(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """The client is reminded, and the coach where they asked to be."""
    letters = [_to_client(event, cast, "appointment_reminder", {})]
    if event.data["remind_coach"]:
        letters.append(_to_coach(event, cast, "appointment_reminder_coach", {}))
    return letters


def _to_both(
    event: RecordedEvent, cast: Cast, template: str, more: dict[str, Any], **said: Any
) -> list[Letter]:
    """To the client, and to the coach unless it was they who did it."""
    letters = [_to_client(event, cast, template, more, **said)]
    if _parties(event, cast).coach.user_id != event.actor.id:
        letters.append(_to_coach(event, cast, f"{template}_coach", more, **said))
    return letters


def _to_client(
    event: RecordedEvent, cast: Cast, template: str, more: dict[str, Any], **said: Any
) -> Letter:
    client, coach = _parties(event, cast)
    return Letter(
        template=f"appointments/{template}",
        to=client.reader,
        context={
            "first_name": client.first_name,
            "host": coach.name,
            **_told(event, cast, reader=client.user_id, partner=coach.name, **said),
            **more,
        },
        action=_action(event, "See your appointment"),
        reply_to=cast.answers_to(client),
        enclosures=entries_for(event, _for_client(event, cast)),
    )


def _to_coach(
    event: RecordedEvent, cast: Cast, template: str, more: dict[str, Any], **said: Any
) -> Letter:
    client, coach = _parties(event, cast)
    return Letter(
        template=f"appointments/{template}",
        to=coach.reader,
        context={
            "client": client.name,
            "client_first_name": client.first_name,
            **_told(event, cast, reader=coach.user_id, partner=client.name, **said),
            **more,
        },
        action=_action(event, "See the appointment"),
        reply_to=client.email,
        enclosures=()
        if event.data["capacity"] > 1
        else entries_for(event, _for_coach(event, cast)),
    )


def _for_client(event: RecordedEvent, cast: Cast) -> Meeting:
    """The appointment in the client's calendar; it shows nobody else who comes to a session."""
    client, coach = _parties(event, cast)
    return Meeting(
        summary=f"{event.data['name']} with {coach.name}",
        organizer=Party(name=coach.name, email=cast.answers_to(client)),
        attendees=(Party(name=client.name, email=client.reader.email),),
    )


def _for_coach(event: RecordedEvent, cast: Cast) -> Meeting:
    """The appointment in the coach's calendar. A session, which many come to, is in their feed."""
    client, coach = _parties(event, cast)
    host = Party(name=coach.name, email=coach.email)
    guests = [Party(name=client.name, email=client.email)] if client.email else []
    return Meeting(
        summary=f"{event.data['name']}: {client.name}", organizer=host, attendees=(host, *guests)
    )


def _parties(event: RecordedEvent, cast: Cast) -> Parties:
    """The client and their coach; a coach who has left is stood in for by the client's."""
    client = cast.contact(event.contact_id)
    coach_id = UUID(event.data["coach_id"])
    coach = next((one for one in cast.members if one.member_id == coach_id), None)
    return Parties(client, coach or cast.coach_of(client))


def _told(
    event: RecordedEvent,
    cast: Cast,
    *,
    reader: UUID | None,
    partner: str,
    words: str | None = None,
    starts: Sequence[str] | None = None,
    facts: Sequence[dict[str, Any]] = (),
) -> dict[str, Any]:
    """What both sides read; one's own words aren't repeated to oneself."""
    data, actor = event.data, cast.actor(event)
    times = starts or [data["starts_at"]]
    return {
        "name": data["name"],
        "starts_at": data["starts_at"],
        "by_client": event.actor.kind == "client",
        "words": words if reader != event.actor.id else None,
        "author": actor.name if actor else cast.workspace.name,
        "facts": [
            *(_fact("Then" if number else "When", at=each) for number, each in enumerate(times)),
            *facts,
            _fact("With", text=partner),
            _fact("Length", text=f"{_minutes(data)} minutes"),
            *_place(data),
        ],
    }


def _fact(
    name: str, *, text: str | None = None, at: str | None = None, link: str | None = None
) -> dict[str, Any]:
    """A line of `facts.html`: words, which may be a link, or an instant for the reader's zone."""
    return {"name": name, "text": text, "at": at, "link": link}


def _minutes(data: dict[str, Any]) -> int:
    begin, end = (datetime.fromisoformat(data[name]) for name in ("starts_at", "ends_at"))
    return int((end - begin).total_seconds()) // 60


def _place(data: dict[str, Any]) -> list[dict[str, Any]]:
    place = data["location_kind"], data["location_value"]
    where = place_in_words(*place)
    return [_fact("Where", text=where, link=meeting_link(*place))] if where else []


def _action(event: RecordedEvent, label: str) -> Action:
    return Action(label=label, path=f"/appointments/{event.subject_id}")
