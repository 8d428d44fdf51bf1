"""Every event and all that happens because of it: one table, no event without its line."""

from collections.abc import Callable, Mapping, Sequence

from app.core.events import RecordedEvent
from app.core.letters import Letter
from app.features.accounts import emails as accounts
from app.features.appointments import emails as appointments
from app.features.assignments import emails as assignments
from app.features.calendars import emails as calendars
from app.features.files import emails as files
from app.features.goals import emails as goals
from app.features.invites import emails as invites
from app.features.members import emails as members
from app.features.notes import emails as notes
from app.features.notifications import emails as notifications
from app.features.programs import emails as programs
from app.repositories.casts import Cast

Reaction = Callable[[RecordedEvent, Cast], Sequence[Letter]]
"""Says who is written to and what about. Pure: it loads nothing and sends nothing."""

SUBSCRIPTIONS: Mapping[str, tuple[Reaction, ...]] = {
    "appointment.booked": (appointments.booked,),
    "appointment.cancelled": (appointments.cancelled,),
    "appointment.completed": (),
    "appointment.confirmed": (appointments.confirmed,),
    "appointment.declined": (appointments.declined,),
    "appointment.no_show": (appointments.missed,),
    "appointment.reminder": (appointments.reminder,),
    "appointment.requested": (appointments.requested,),
    "appointment.rescheduled": (appointments.rescheduled,),
    "assignment.assigned": (assignments.assigned,),
    "assignment.cancelled": (),
    "assignment.completed": (assignments.completed,),
    "assignment.due_soon": (assignments.due_soon,),
    "assignment.late": (assignments.late,),
    "assignment.overdue": (assignments.overdue,),
    "assignment.returned": (assignments.returned,),
    "assignment.submitted": (assignments.submitted,),
    "assignment.updated": (),
    "calendar.changed": (),
    "calendar.connected": (),
    "calendar.disconnected": (),
    "calendar.sync_failed": (calendars.calendar_sync_failed,),
    "calendar.sync_recovered": (),
    "calendar_feed.created": (),
    "calendar_feed.revoked": (),
    "comment.created": (),  # its letter waits for others: comment_letters.py
    "comment.deleted": (),
    "comment.updated": (),
    "contact.created": (),
    "contact.self_registered": (programs.self_registered,),
    "contact.updated": (),
    "contact.archived": (),
    "contact.unarchived": (),
    "contact.deleted": (),
    "custom_field.created": (),
    "custom_field.updated": (),
    "custom_field.deleted": (),
    "email.failed": (notifications.email_failed,),
    "email.resent": (),
    "enrollment.activated": (programs.enrollment_activated,),
    "enrollment.cancelled": (programs.enrollment_cancelled,),
    "enrollment.completed": (programs.enrollment_completed,),
    "enrollment.credits_adjusted": (),
    "enrollment.declined": (programs.enrollment_declined,),
    "enrollment.invited": (programs.enrollment_invited,),
    "enrollment.paused": (programs.enrollment_paused,),
    "enrollment.resumed": (programs.enrollment_resumed,),
    "enrollment.signed_up": (programs.signed_up, programs.client_signed_up),
    "file.deleted": (),
    "file.refused": (),
    "file.shared": (files.file_shared,),
    "file.unshared": (),
    "file.updated": (),
    "file.uploaded": (),
    "form.archived": (),
    "form.created": (),
    "form.deleted": (),
    "form.published": (),
    "form.unarchived": (),
    "form.updated": (),
    "goal.completed": (goals.goal_completed,),
    "goal.created": (goals.goal_created,),
    "goal.deleted": (),
    "goal.due_soon": (goals.goal_due_soon,),
    "goal.edited": (),
    "goal.updated": (goals.goal_updated,),
    "member.invited": (members.member_invited,),
    "member.invite_revoked": (),
    "member.joined": (members.member_joined,),
    "member.removed": (),
    "member.role_changed": (),
    "milestone.completed": (goals.milestone_completed,),
    "note.deleted": (),
    "note.shared": (notes.note_shared,),
    "note.unshared": (),
    "note.updated": (),
    "portal.access_disabled": (invites.portal_access_disabled,),
    "portal.access_enabled": (invites.portal_access_enabled,),
    "portal.activated": (invites.portal_activated,),
    "portal.batch_invited": (),
    "portal.invite_revoked": (),
    "portal.invited": (invites.portal_invited,),
    "profile.updated": (),
    "program.archived": (),
    "program.created": (),
    "program.deleted": (),
    "program.published": (),
    "program.sign_up_requested": (programs.sign_up_confirmation,),
    "program.updated": (),
    "user.email_change_requested": (
        accounts.email_change_confirmation,
        accounts.email_change_notice,
    ),
    "user.email_changed": (accounts.email_changed,),
    "user.email_verification": (accounts.email_verification,),
    "user.magic_link": (accounts.magic_link,),
    "user.password_changed": (accounts.password_changed,),
    "user.password_reset": (accounts.password_reset,),
    "workspace.registered": (),
    "workspace.updated": (),
}
