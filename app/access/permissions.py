"""What each role may do; API-key scopes are the same names."""

from enum import StrEnum

from app.access.principal import Principal


class Permission(StrEnum):
    """A right on the coach side, `area:verb`."""

    CONTACTS_READ = "contacts:read"
    CONTACTS_WRITE = "contacts:write"
    CONTACTS_DELETE = "contacts:delete"
    INVITES_SEND = "invites:send"
    AVAILABILITY_READ = "availability:read"
    AVAILABILITY_WRITE = "availability:write"
    APPOINTMENTS_READ = "appointments:read"
    APPOINTMENTS_WRITE = "appointments:write"
    CALENDARS_READ = "calendars:read"
    CALENDARS_WRITE = "calendars:write"
    PROGRAMS_READ = "programs:read"
    PROGRAMS_WRITE = "programs:write"
    PROGRAMS_DELETE = "programs:delete"
    ENROLLMENTS_WRITE = "enrollments:write"
    NOTES_READ = "notes:read"
    NOTES_WRITE = "notes:write"
    COMMENTS_WRITE = "comments:write"
    ASSIGNMENTS_READ = "assignments:read"
    ASSIGNMENTS_WRITE = "assignments:write"
    GOALS_READ = "goals:read"
    GOALS_WRITE = "goals:write"
    CONTRACTS_READ = "contracts:read"
    CONTRACTS_WRITE = "contracts:write"
    FORMS_READ = "forms:read"
    FORMS_WRITE = "forms:write"
    FILES_READ = "files:read"
    FILES_WRITE = "files:write"
    INVOICES_READ = "invoices:read"
    INVOICES_WRITE = "invoices:write"
    INVOICES_REFUND = "invoices:refund"
    EMAILS_READ = "emails:read"
    EMAILS_RESEND = "emails:resend"
    EMAIL_TEMPLATES_WRITE = "email_templates:write"
    NOTIFICATIONS_READ = "notifications:read"
    NOTIFICATIONS_WRITE = "notifications:write"
    EVENTS_READ = "events:read"
    WORKSPACE_READ = "workspace:read"
    WORKSPACE_WRITE = "workspace:write"
    PROFILE_WRITE = "profile:write"
    MEMBERS_READ = "members:read"
    MEMBERS_WRITE = "members:write"


OWNER = frozenset(Permission)
COACH = OWNER - {Permission.WORKSPACE_WRITE, Permission.MEMBERS_WRITE}
ASSISTANT = COACH - {
    Permission.EMAIL_TEMPLATES_WRITE,
    Permission.CONTACTS_DELETE,
    Permission.INVOICES_REFUND,
    Permission.PROFILE_WRITE,
    Permission.PROGRAMS_DELETE,
}

GRANTED: dict[str, frozenset[Permission]] = {
    "owner": OWNER,
    "coach": COACH,
    "assistant": ASSISTANT,
    "client": frozenset(),
}


def may(principal: Principal, permission: Permission) -> bool:
    """Whether the role grants it and, for an API key, a scope too."""
    granted = permission in GRANTED[principal.role]
    return granted and (principal.kind == "user" or permission.value in principal.scopes)
