"""An enrollment as columns: its own, its program's, its contact's, and its credits."""

from typing import Any

from sqlalchemy import ColumnElement, Row, ScalarSelect, and_, bindparam, func, select, true

from app.models import (
    Allotment,
    Assignment,
    Contact,
    CreditAccount,
    Enrollment,
    Goal,
    Program,
)
from app.repositories.program_forms import BRINGS_FORMS, HAS_OPEN_FORMS

OWN_FIELDS = (
    "id",
    "program_id",
    "contact_id",
    "status",
    "origin",
    "accepted_at",
    "activated_at",
    "paused_at",
    "ended_at",
    "end_reason",
    "version",
    "created_at",
    "updated_at",
)
PROGRAM_FIELDS = (
    "name",
    "slug",
    "description_html",
    "cover_file_id",
    "duration_weeks",
    "price_minor",
    "currency",
    "payment_plan",
    "installment_count",
    "self_scheduling_enabled",
    "contract_template_id",
    "forms_required",
)
CONTACT_FIELDS = ("first_name", "last_name", "email", "portal_status", "user_id")

CREDIT_FIELDS = (
    "appointment_type_id",
    "unit",
    "granted",
    "balance",
    "reserved",
    "used",
    "expires_at",
    "position",
    "id",
)

EnrollmentCard = Row[*tuple[Any, ...]]
"""OWN_FIELDS as they are, `program_...`, `contact_...`, `credits` (objects in no order), and the
counts `goals_done` of `goals_total` and `assignments_done` of `assignments_total`."""

CREDITS = (
    select(
        func.jsonb_agg(
            func.jsonb_build_object(
                *(
                    part
                    for name in CREDIT_FIELDS
                    for part in (name, CreditAccount.__table__.c[name])
                )
            )
        )
    )
    .where(
        CreditAccount.workspace_id == Enrollment.workspace_id,
        CreditAccount.enrollment_id == Enrollment.id,
    )
    .correlate(Enrollment)
    .scalar_subquery()
    .label("credits")
)

GRANTS_SESSIONS = (
    select(true())
    .where(
        Allotment.workspace_id == Enrollment.workspace_id,
        Allotment.program_id == Enrollment.program_id,
    )
    .limit(1)  # an EXISTS would be answered by reading all practices' allotments
    .correlate(Enrollment)
    .scalar_subquery()
    .label("program_grants_sessions")
)


def _count(
    work: type[Goal] | type[Assignment], *conditions: ColumnElement[bool]
) -> ScalarSelect[int]:
    return (
        select(func.count())
        .where(
            work.workspace_id == Enrollment.workspace_id,
            work.enrollment_id == Enrollment.id,
            *conditions,
        )
        .correlate(Enrollment)
        .scalar_subquery()
    )


COUNTS = (
    _count(Goal, Goal.status == "achieved").label("goals_done"),
    _count(Goal, Goal.status != "abandoned").label("goals_total"),
    _count(Assignment, Assignment.status == "completed").label("assignments_done"),
    _count(Assignment, Assignment.status != "cancelled").label("assignments_total"),
)
"""What was given up or taken back counts no longer."""

CARDS = (
    select(
        Enrollment.workspace_id,
        *(Enrollment.__table__.c[name] for name in OWN_FIELDS),
        *(Program.__table__.c[name].label(f"program_{name}") for name in PROGRAM_FIELDS),
        *(Contact.__table__.c[name].label(f"contact_{name}") for name in CONTACT_FIELDS),
        GRANTS_SESSIONS,
        BRINGS_FORMS,
        HAS_OPEN_FORMS,
        CREDITS,
        *COUNTS,
    )
    .join(
        Program,
        and_(
            Program.workspace_id == Enrollment.workspace_id,
            Program.id == Enrollment.program_id,
        ),
    )
    .join(
        Contact,
        and_(
            Contact.workspace_id == Enrollment.workspace_id,
            Contact.id == Enrollment.contact_id,
        ),
    )
    .where(Enrollment.workspace_id == bindparam("workspace_id"))
)
"""The enrollments of a practice, to be narrowed down and ordered."""
