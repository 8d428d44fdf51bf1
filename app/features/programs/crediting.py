"""Credits in the coach's hands: what there is, how it came about, and changing it."""

from uuid import UUID

from sqlalchemy.exc import IntegrityError

from app.access.principal import Principal
from app.core.database_errors import violated_constraint
from app.core.events import publish
from app.core.paging import Page, cut_page, decode_cursor
from app.features.programs.enrollment_answers import credits_out
from app.features.programs.enrollment_events import CreditsAdjusted, about
from app.features.programs.failures import UnknownAppointmentType
from app.features.programs.schemas_credits import (
    AdjustmentIn,
    CreditEntryOut,
    CreditEntryQuery,
    CreditList,
)
from app.features.programs.steering import name_of_program, require_status
from app.models import Enrollment
from app.repositories.credit_adjustments import Adjustment, adjust
from app.repositories.credit_entries import ledger_lines
from app.repositories.enrollments import EnrollmentRepository

ORDER = "newest_first"
NO_SUCH_TYPE = "credit_accounts_workspace_id_appointment_type_id_fkey"


async def read_credits(enrollments: EnrollmentRepository, enrollment_id: UUID) -> CreditList:
    """What the enrollment has of each appointment type."""
    card = await enrollments.card(enrollment_id)
    return CreditList.model_construct(data=credits_out(card))


async def adjust_credits(
    enrollments: EnrollmentRepository,
    enrollment: Enrollment,
    body: AdjustmentIn,
    principal: Principal,
) -> CreditList:
    """Add or take credits of a running enrollment, whose row is locked.

    Raises WrongEnrollmentStatus, NoCredits, OtherUnit, CreditsExpired (409) and
    UnknownAppointmentType (422).
    """
    require_status(enrollment, "active", "paused")
    wanted = Adjustment(
        enrollment_id=enrollment.id,
        made_by=principal.id,
        moves_expiry="expires_at" in body.model_fields_set,
        **body.model_dump(),
    )
    try:
        await adjust(enrollments.session, enrollment.workspace_id, wanted)
    except IntegrityError as error:
        if violated_constraint(error) == NO_SUCH_TYPE:
            raise UnknownAppointmentType from None
        raise
    name = await name_of_program(enrollments.session, enrollment)
    event = CreditsAdjusted(
        **about(enrollment, principal.actor, program_name=name),
        appointment_type_id=body.appointment_type_id,
        amount=body.amount,
    )
    await publish(enrollments.session, event)
    return await read_credits(enrollments, enrollment.id)


async def read_ledger(
    enrollments: EnrollmentRepository, enrollment: Enrollment, query: CreditEntryQuery
) -> Page[CreditEntryOut]:
    """A page of the ledger, newest first."""
    lines = await ledger_lines(
        enrollments.session,
        enrollment.workspace_id,
        enrollment.id,
        appointment_type_id=query.appointment_type_id,
        kind=query.kind,
        before=_position(query),
        limit=query.limit,
    )
    page = cut_page(lines, limit=query.limit, sort=ORDER, key=lambda line: (line.id,))
    return Page[CreditEntryOut].model_construct(
        data=[CreditEntryOut.model_construct(**line._asdict()) for line in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def _position(query: CreditEntryQuery) -> UUID | None:
    if query.cursor is None:
        return None
    entry_id: UUID = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    return entry_id
