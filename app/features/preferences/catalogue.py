"""Every event that writes a letter: its group, what it is called, and whether it may be off.

A new letter needs one line here. `member` is the team's rule, `client` that of clients.
"""

from collections.abc import Mapping

from app.features.preferences.rules import (
    ACCESS,
    ASKED_FOR,
    DEAL,
    FREE,
    PROMPT,
    SECURITY,
    Rule,
    Topic,
)

GROUPS: Mapping[str, str] = {
    "reminders": "Reminders",
    "appointments": "Appointments",
    "notes": "Notes",
    "comments": "Comments",
    "files": "Files",
    "goals": "Goals",
    "assignments": "Assignments",
    "forms": "Forms",
    "programs": "Programs",
    "contracts": "Contracts",
    "invoices": "Invoices and payments",
    "practice": "Your practice",
    "account": "Your account and access",
}
"""What one click unsubscribes from, in the order people see it."""


def _topic(
    group: str,
    label: str,
    *,
    member: Rule | None = None,
    client: Rule | None = None,
    in_app: bool = True,
) -> Topic:
    return Topic(group=group, label=label, member=member, client=client, in_app=in_app)


TOPICS: Mapping[str, Topic] = {
    "appointment.reminder": _topic(
        "reminders", "An appointment is near", member=PROMPT, client=PROMPT
    ),
    "assignment.due_soon": _topic("reminders", "An assignment is due tomorrow", client=PROMPT),
    "assignment.overdue": _topic("reminders", "An assignment is still open", client=PROMPT),
    "goal.due_soon": _topic("reminders", "A goal is due tomorrow", client=PROMPT),
    "form.reminder": _topic("reminders", "A form is still open", client=PROMPT),
    "appointment.requested": _topic(
        "appointments", "An appointment is asked for", member=FREE, client=PROMPT
    ),
    "appointment.booked": _topic(
        "appointments", "An appointment is booked", member=FREE, client=PROMPT
    ),
    "appointment.confirmed": _topic("appointments", "A request is confirmed", client=PROMPT),
    "appointment.declined": _topic("appointments", "A request is declined", client=PROMPT),
    "appointment.rescheduled": _topic(
        "appointments", "An appointment is moved", member=FREE, client=PROMPT
    ),
    "appointment.cancelled": _topic(
        "appointments", "An appointment is cancelled", member=FREE, client=PROMPT
    ),
    "appointment.no_show": _topic("appointments", "An appointment was missed", client=FREE),
    "note.shared": _topic("notes", "A note is shared", member=FREE, client=FREE),
    "comment.created": _topic("comments", "A comment is written", member=FREE, client=FREE),
    "file.shared": _topic("files", "A file is shared", member=FREE, client=FREE),
    "goal.created": _topic("goals", "A goal is set", member=FREE, client=FREE),
    "goal.updated": _topic("goals", "A goal is worked on", member=FREE, client=FREE),
    "goal.completed": _topic("goals", "A goal is reached", member=FREE, client=FREE),
    "milestone.completed": _topic("goals", "A milestone is reached", member=FREE, client=FREE),
    "assignment.assigned": _topic("assignments", "There is something to do", client=FREE),
    "assignment.returned": _topic("assignments", "Another try is asked for", client=FREE),
    "assignment.completed": _topic("assignments", "Work is found done", client=FREE),
    "assignment.submitted": _topic("assignments", "Work is handed in", member=FREE),
    "assignment.late": _topic("assignments", "Work is late", member=FREE),
    "form.sent": _topic("forms", "There is a form to fill in", client=ACCESS),
    "form.reopened": _topic("forms", "A form is opened again", client=FREE),
    "form.submitted": _topic("forms", "A form is filled in", member=FREE),
    "enrollment.invited": _topic("programs", "An invitation to a program", client=ACCESS),
    "enrollment.activated": _topic("programs", "A program begins", client=ACCESS),
    "enrollment.paused": _topic("programs", "A program is paused", client=FREE),
    "enrollment.resumed": _topic("programs", "A program goes on", client=FREE),
    "enrollment.cancelled": _topic("programs", "A program is cancelled", client=ACCESS),
    "enrollment.signed_up": _topic(
        "programs", "A sign-up to a program", member=FREE, client=ASKED_FOR
    ),
    "enrollment.declined": _topic("programs", "A program is declined", member=FREE),
    "enrollment.completed": _topic("programs", "A program is completed", member=FREE),
    "contract.sent": _topic("contracts", "A contract is to be signed", member=DEAL, client=DEAL),
    "contract.signers_asked": _topic(
        "contracts", "It is your turn to sign", member=DEAL, client=DEAL
    ),
    "contract.reminder": _topic(
        "contracts", "A contract is still to be signed", member=DEAL, client=DEAL
    ),
    "contract.signed": _topic("contracts", "A contract is signed by somebody", member=FREE),
    "contract.declined": _topic("contracts", "A contract is declined", member=FREE),
    "contract.not_sent": _topic("contracts", "A program's contract waits for you", member=FREE),
    "contract.voided": _topic("contracts", "A contract is taken back", member=DEAL, client=DEAL),
    "contract.expired": _topic("contracts", "A contract has expired", member=DEAL, client=DEAL),
    "contract.completed": _topic(
        "contracts", "A contract is signed by everybody", member=DEAL, client=DEAL
    ),
    "contact.self_registered": _topic("programs", "Somebody comes by themselves", member=FREE),
    "program.sign_up_requested": _topic(
        "account", "Confirming a sign-up", client=ASKED_FOR, in_app=False
    ),
    "invoice.sent": _topic("invoices", "An invoice is sent", client=DEAL),
    "invoice.due_soon": _topic("invoices", "An invoice is due soon", client=PROMPT),
    "invoice.overdue": _topic("invoices", "An invoice is overdue", client=PROMPT),
    "invoice.paid": _topic("invoices", "An invoice is paid", member=FREE, client=DEAL),
    "invoice.voided": _topic("invoices", "An invoice no longer counts", client=DEAL),
    "invoice.held_up": _topic("invoices", "An invoice can't be finished", member=FREE),
    "payment.failed": _topic("invoices", "A client's payment fails", member=FREE),
    "payment.refund_failed": _topic("invoices", "Money can't be given back", member=FREE),
    "payment.received": _topic("invoices", "A payment comes in", member=FREE, client=DEAL),
    "payment.refunded": _topic("invoices", "Money goes back", member=FREE, client=DEAL),
    "credit_note.issued": _topic("invoices", "A credit note is issued", client=DEAL),
    "portal.activated": _topic("practice", "An invitation is accepted", member=FREE),
    "member.joined": _topic("practice", "Somebody joins the team", member=FREE),
    "calendar.sync_failed": _topic("practice", "A calendar can't be read", member=FREE),
    "email.failed": _topic("practice", "An e-mail could not be delivered", member=FREE),
    "portal.invited": _topic("account", "An invitation to the portal", client=ACCESS, in_app=False),
    "portal.access_disabled": _topic(
        "account", "The portal is closed", client=ACCESS, in_app=False
    ),
    "portal.access_enabled": _topic(
        "account", "The portal is open again", client=ACCESS, in_app=False
    ),
    "member.invited": _topic("account", "An invitation to the team", member=ACCESS, in_app=False),
    "user.magic_link": _topic(
        "account", "A link to sign in", member=SECURITY, client=SECURITY, in_app=False
    ),
    "user.password_reset": _topic(
        "account", "A new password is asked for", member=SECURITY, client=SECURITY, in_app=False
    ),
    "user.password_changed": _topic(
        "account", "The password is changed", member=SECURITY, client=SECURITY, in_app=False
    ),
    "user.email_verification": _topic(
        "account", "Confirming an address", member=SECURITY, client=SECURITY, in_app=False
    ),
    "user.email_change_requested": _topic(
        "account", "Another address is asked for", member=SECURITY, client=SECURITY, in_app=False
    ),
    "user.email_changed": _topic(
        "account", "The address is changed", member=SECURITY, client=SECURITY, in_app=False
    ),
}
"""By the event's type, in the order people see them within their group."""
