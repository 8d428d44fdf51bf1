"""The routers this app serves, and what their tags mean."""

from app import health
from app.features.accounts.public import router as auth
from app.features.accounts.router import router as me
from app.features.appointments.portal import router as portal_appointments
from app.features.appointments.router import router as appointments
from app.features.appointments.slot_portal import router as portal_slots
from app.features.appointments.slot_router import router as slots
from app.features.assignments.portal import router as portal_assignments
from app.features.assignments.router import router as assignments
from app.features.availability.schedule_router import router as schedules
from app.features.availability.type_router import router as appointment_types
from app.features.calendars.external_router import router as external_calendars
from app.features.calendars.portal import router as own_calendar_feeds
from app.features.calendars.public import router as public_calendars
from app.features.calendars.router import router as calendar_feeds
from app.features.comments.portal import client_routers as portal_comments
from app.features.comments.router import team_routers as comments
from app.features.contacts.router import router as contacts
from app.features.contract_checks.public import router as contract_checks
from app.features.contract_templates.router import router as contract_templates
from app.features.contracts.portal import router as portal_contracts
from app.features.contracts.public import router as public_contracts
from app.features.contracts.router import router as contracts
from app.features.custom_fields.router import router as custom_fields
from app.features.email_templates.router import router as email_templates
from app.features.files.downloads import router as downloads
from app.features.files.portal import router as portal_files
from app.features.files.portal_downloads import router as portal_downloads
from app.features.files.public import router as public_files
from app.features.files.router import router as files
from app.features.forms.portal import router as portal_forms
from app.features.forms.response_router import exports as form_exports
from app.features.forms.response_router import requests as form_requests
from app.features.forms.response_router import router as form_responses
from app.features.forms.router import router as forms
from app.features.goals.portal import router as portal_goals
from app.features.goals.router import router as goals
from app.features.goals.step_portal import router as portal_goal_steps
from app.features.goals.step_router import router as goal_steps
from app.features.images.public import router as public_images
from app.features.images.router import router as images
from app.features.invites.batch_router import router as invite_batches
from app.features.invites.public import router as public_invites
from app.features.invites.router import router as invites
from app.features.invoices.credit_note_router import portal_credit_notes
from app.features.invoices.credit_note_router import router as credit_notes
from app.features.invoices.money_router import router as invoice_money
from app.features.invoices.portal import router as portal_invoices
from app.features.invoices.public import router as public_invoices
from app.features.invoices.router import router as invoices
from app.features.invoices.schedule_router import router as invoice_schedules
from app.features.invoices.statement_router import portal_statement
from app.features.invoices.statement_router import router as statements
from app.features.members.invite_router import router as member_invites
from app.features.members.public import router as public_member_invites
from app.features.members.router import router as members
from app.features.notes.portal import router as portal_notes
from app.features.notes.router import router as notes
from app.features.notifications.inbox_portal import router as portal_notifications
from app.features.notifications.inbox_router import router as notifications
from app.features.notifications.router import emails, events
from app.features.notifications.stream_portal import router as portal_stream
from app.features.notifications.stream_router import router as event_stream
from app.features.payments.portal import router as portal_payments
from app.features.payments.public import links as pay_links
from app.features.payments.public import webhooks as payment_webhooks
from app.features.payments.router import router as payment_settings
from app.features.preferences.public import router as public_unsubscribe
from app.features.preferences.router import router as preferences
from app.features.profile.portal import router as portal_coach
from app.features.profile.router import router as profile
from app.features.programs.credit_router import router as credits_of_enrollments
from app.features.programs.enrollment_router import into_program
from app.features.programs.enrollment_router import router as enrollments
from app.features.programs.portal import router as portal_enrollments
from app.features.programs.public import links as sign_up_links
from app.features.programs.public import pages as program_pages
from app.features.programs.router import router as programs
from app.features.programs.template_router import router as program_templates
from app.features.workspace.router import router as workspace

ROUTERS = (
    auth,
    me,
    contacts,
    custom_fields,
    invites,
    invite_batches,
    public_invites,
    emails,
    events,
    event_stream,
    portal_stream,
    email_templates,
    notifications,
    portal_notifications,
    preferences,
    public_unsubscribe,
    member_invites,
    members,
    public_member_invites,
    workspace,
    profile,
    portal_coach,
    images,
    public_images,
    schedules,
    appointment_types,
    external_calendars,
    calendar_feeds,
    own_calendar_feeds,
    public_calendars,
    slots,
    portal_slots,
    appointments,
    portal_appointments,
    programs,
    program_templates,
    into_program,
    enrollments,
    credits_of_enrollments,
    portal_enrollments,
    program_pages,
    sign_up_links,
    notes,
    portal_notes,
    *comments(),
    *portal_comments(),
    assignments,
    portal_assignments,
    goals,
    goal_steps,
    portal_goals,
    portal_goal_steps,
    contract_templates,
    contracts,
    portal_contracts,
    public_contracts,
    contract_checks,
    forms,
    form_requests,
    form_exports,
    form_responses,
    portal_forms,
    invoices,
    invoice_money,
    credit_notes,
    portal_credit_notes,
    portal_invoices,
    public_invoices,
    invoice_schedules,
    statements,
    portal_statement,
    portal_payments,
    pay_links,
    payment_webhooks,
    payment_settings,
    files,
    downloads,
    portal_files,
    portal_downloads,
    public_files,
    health.router,
)

TAGS = {
    "accounts": "One login for any number of practices. What is done here is done once anyway, and "
    "never kept: an Idempotency-Key has no effect.",
    "contacts": "People in the practice's CRM.",
    "custom fields": "The practice's own fields of a contact.",
    "portal invites": "Ways into the portal: one by one, or by the thousand.",
    "emails": "What was written to whom, and what became of it.",
    "events": "All that happened: the log that integrations follow.",
    "notifications": "What people are told, inside the app and by mail, and how they like it.",
    "members": "The practice's team, and invitations to it.",
    "workspace": "The practice itself: its name, looks, mail and invoices.",
    "profile": "What a coach shows of themselves to clients, field by field.",
    "images": "Pictures anybody may see: a logo, a portrait.",
    "schedules": "When coaches work: weekly hours, and the dates that differ.",
    "calendars": "Calendars elsewhere: what coaches keep in others, and feeds of what is booked.",
    "appointment types": "What coaches offer for booking, and on which terms.",
    "slots": "Free times, and why a time is or isn't one.",
    "appointments": "Meetings: booked by either side, moved, cancelled, looked back on.",
    "programs": "What the practice offers, and what each offer grants.",
    "program pages": "What anybody sees of a program, and how they come in by themselves.",
    "enrollments": "Clients' runs through programs: from the invitation to the last session.",
    "notes": "What either side writes down, for itself or for both.",
    "comments": "What both sides say about the things they share.",
    "assignments": "What clients do between sessions, hand in, and try again.",
    "goals": "What clients want to reach, step by step, and how far they have come.",
    "contract templates": "Texts that contracts are made from, with variables and places to sign.",
    "forms": "What the practice asks of its clients: forms, their versions, and the answers.",
    "contracts": "Agreements: sent, signed by both sides, sealed, and provable afterwards.",
    "files": "What either side uploads, keeps in versions, and shows to the other.",
    "health": "For load balancers and Prometheus.",
    "invoices": "What clients are asked to pay, what they paid, and what went back.",
    "payments": "Paying online: in the portal, or by the mailed link without signing in.",
}
