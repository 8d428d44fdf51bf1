"""Tables, one file per aggregate. Importing this package registers all of them."""

from app.models.accounts import (
    LoginSession,
    RefreshToken,
    Space,
    User,
    UserPhoto,
    UserToken,
    WorkspaceListing,
)
from app.models.appointments import Appointment, Attendee
from app.models.assignments import Assignment, Submission
from app.models.availability import AppointmentType, Schedule, ScheduleOverride, ScheduleRule
from app.models.base import GLOBAL_TABLES, LOCAL_TABLES, Base
from app.models.calendars import CalendarFeed, ExternalBusy, ExternalCalendar
from app.models.checkouts import Checkout, PaymentAccount, ProviderEvent
from app.models.comments import Comment
from app.models.contacts import Contact, CustomField
from app.models.contract_templates import ContractTemplate
from app.models.contracts import (
    Contract,
    ContractAudit,
    ContractField,
    ContractSignature,
    ContractSigner,
)
from app.models.credits import CreditAccount, CreditEntry
from app.models.events import HOUSE, Email, Event, Suppression
from app.models.files import File, FileAttachment, FileShare, FileUsage, FileVersion
from app.models.forms import Form, FormResponse, FormRevision, FormVersion, ProgramForm
from app.models.goals import Goal, GoalCheckIn, GoalMilestone
from app.models.inboxes import Inbox, Notification
from app.models.invites import PortalInvite, PortalInviteBatch, PortalInviteBatchItem
from app.models.invoices import Invoice, InvoiceCounter, InvoiceLine, InvoiceSchedule
from app.models.notes import Note
from app.models.payments import CreditNote, CreditNoteLine, Payment, Refund
from app.models.program_templates import (
    AssignmentTemplate,
    AssignmentTemplateFile,
    GoalTemplate,
)
from app.models.programs import Allotment, Enrollment, Program, SignUp
from app.models.queue import IdempotencyKey, Job, ThrottleBucket, WorkerHeartbeat
from app.models.seals import SealRecord
from app.models.wordings import EmailWording
from app.models.workspaces import CoachProfile, Image, Member, MemberInvite, Workspace

__all__ = [
    "GLOBAL_TABLES",
    "HOUSE",
    "LOCAL_TABLES",
    "Allotment",
    "Appointment",
    "AppointmentType",
    "Assignment",
    "AssignmentTemplate",
    "AssignmentTemplateFile",
    "Attendee",
    "Base",
    "CalendarFeed",
    "Checkout",
    "CoachProfile",
    "Comment",
    "Contact",
    "Contract",
    "ContractAudit",
    "ContractField",
    "ContractSignature",
    "ContractSigner",
    "ContractTemplate",
    "CreditAccount",
    "CreditEntry",
    "CreditNote",
    "CreditNoteLine",
    "CustomField",
    "Email",
    "EmailWording",
    "Enrollment",
    "Event",
    "ExternalBusy",
    "ExternalCalendar",
    "File",
    "FileAttachment",
    "FileShare",
    "FileUsage",
    "FileVersion",
    "Form",
    "FormResponse",
    "FormRevision",
    "FormVersion",
    "Goal",
    "GoalCheckIn",
    "GoalMilestone",
    "GoalTemplate",
    "IdempotencyKey",
    "Image",
    "Inbox",
    "Invoice",
    "InvoiceCounter",
    "InvoiceLine",
    "InvoiceSchedule",
    "Job",
    "LoginSession",
    "Member",
    "MemberInvite",
    "Note",
    "Notification",
    "Payment",
    "PaymentAccount",
    "PortalInvite",
    "PortalInviteBatch",
    "PortalInviteBatchItem",
    "Program",
    "ProgramForm",
    "ProviderEvent",
    "RefreshToken",
    "Refund",
    "Schedule",
    "ScheduleOverride",
    "ScheduleRule",
    "SealRecord",
    "SignUp",
    "Space",
    "Submission",
    "Suppression",
    "ThrottleBucket",
    "User",
    "UserPhoto",
    "UserToken",
    "WorkerHeartbeat",
    "Workspace",
    "WorkspaceListing",
]
