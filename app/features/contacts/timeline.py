"""A contact's story, newest first, in words."""

from typing import Any
from uuid import UUID

from sqlalchemy import Row

from app.core.paging import Page, PageQuery, cut_page, decode_cursor
from app.features.contacts.schemas_lists import TimelineActor, TimelineEntry
from app.repositories.contact_timeline import events_of
from app.repositories.contacts import ContactRepository

ORDER = "newest_first"

SUMMARIES = {
    "contact.created": "Added",
    "contact.archived": "Archived",
    "contact.unarchived": "Taken up again",
    "portal.invited": "Invited to the portal",
    "portal.invite_revoked": "Portal invite taken back",
    "portal.activated": "Accepted the portal invite",
    "portal.access_disabled": "Portal access disabled",
    "portal.access_enabled": "Portal access enabled",
    "contact.self_registered": "Registered on a program's page",
    "enrollment.invited": "Invited to a program",
    "enrollment.signed_up": "Signed up to a program",
    "enrollment.activated": "Began a program",
    "enrollment.declined": "Declined a program",
    "enrollment.paused": "Program paused",
    "enrollment.resumed": "Program resumed",
    "enrollment.completed": "Completed a program",
    "enrollment.cancelled": "Program cancelled",
    "enrollment.credits_adjusted": "Credits changed",
    "note.shared": "Shared a note",
    "note.unshared": "Took a note back",
    "note.updated": "Changed a shared note",
    "note.deleted": "Deleted a shared note",
    "comment.created": "Wrote a comment",
    "comment.updated": "Changed a comment",
    "comment.deleted": "Took a comment back",
    "file.uploaded": "Uploaded a file",
    "file.refused": "A file was refused",
    "file.updated": "Renamed a file",
    "file.shared": "Shared a file",
    "file.unshared": "Took a file back",
    "file.deleted": "Deleted a file",
    "goal.created": "Set a goal",
    "goal.edited": "Worked on a goal",
    "goal.updated": "Told of changes to a goal",
    "goal.completed": "Reached a goal",
    "goal.due_soon": "Reminded of a goal",
    "goal.deleted": "Deleted a goal",
    "milestone.completed": "Made a step towards a goal",
    "assignment.assigned": "Gave an assignment",
    "assignment.updated": "Changed an assignment",
    "assignment.submitted": "Handed in an assignment",
    "assignment.returned": "Gave an assignment back",
    "assignment.completed": "Completed an assignment",
    "assignment.cancelled": "Took an assignment back",
    "assignment.due_soon": "Reminded of an assignment",
    "assignment.late": "An assignment is late",
    "assignment.overdue": "Reminded of a late assignment",
    "invoice.created": "Drafted an invoice",
    "invoice.updated": "Changed a draft invoice",
    "invoice.deleted": "Deleted a draft invoice",
    "invoice.finalized": "Finalized an invoice",
    "invoice.sent": "Sent an invoice",
    "invoice.due_soon": "Reminded of an invoice",
    "invoice.overdue": "Reminded of an overdue invoice",
    "invoice.paid": "Paid an invoice",
    "invoice.voided": "Voided an invoice",
    "invoice.uncollectible": "Gave an invoice up",
    "invoice.credited": "Took an invoice back",
    "invoice.held_up": "An invoice could not be finished",
    "credit_note.issued": "Sent a credit note",
    "payment.received": "A payment came in",
    "payment.refunded": "Money went back",
    "payment.taken_back": "Struck out a payment",
    "form.sent": "Asked to fill in a form",
    "form.reminder": "Reminded of a form",
    "form.submitted": "Filled in a form",
    "form.reviewed": "Read a filled-in form",
    "form.reopened": "Opened a form again",
    "form.cancelled": "Took a form back",
    "email.failed": "An e-mail could not be delivered",
}

FIELD_NAMES = {
    "coach_id": "coach",
    "email": "e-mail",
    "external_id": "external id",
    "first_name": "first name",
    "job_title": "job title",
    "last_name": "last name",
    "time_zone": "time zone",
    "custom_fields": "custom fields",
}


async def read_timeline(
    contacts: ContactRepository, contact_id: UUID, query: PageQuery
) -> Page[TimelineEntry]:
    """A page of what has happened to a contact."""
    rows = await events_of(
        contacts.session,
        workspace_id=contacts.workspace_id,
        contact_id=contact_id,
        before=_position(query),
        limit=query.limit,
    )
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[TimelineEntry].model_construct(
        data=[_entry(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: PageQuery) -> UUID | None:
    if query.cursor is None:
        return None
    event_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return event_id


def _entry(row: Row[Any]) -> TimelineEntry:
    actor = TimelineActor.model_construct(kind=row.actor_kind, id=row.actor_id, name=row.actor_name)
    return TimelineEntry.model_construct(
        id=row.id,
        type=row.type,
        at=row.created_at,
        actor=actor,
        subject_id=row.subject_id,
        summary=_summary(row.type, row.data),
        data=row.data,
    )


def _summary(event_type: str, data: dict[str, Any]) -> str:
    """The event in a few words; its type, made readable, where nobody wrote any."""
    if event_type == "contact.updated":
        names = [FIELD_NAMES.get(name, name) for name in data.get("changed", ())]
        return f"Changed: {', '.join(names)}"
    readable = event_type.replace(".", " ").replace("_", " ").capitalize()
    return SUMMARIES.get(event_type, readable)
