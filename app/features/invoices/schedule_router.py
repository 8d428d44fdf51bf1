"""Invoices that make themselves, coach side."""

from typing import Annotated

from fastapi import Query, Response

from app.access.contacts import UnknownContact
from app.core.errors import VersionRequired
from app.core.etags import IfMatch, check_version
from app.core.idempotency import IdempotencyRequired
from app.core.paging import Page
from app.core.problem_catalogue import problems
from app.core.strict_route import api_router
from app.features.invoices import scheduling
from app.features.invoices.failures import AmountTooLarge, DiscountTooLarge, PastWouldBeSent
from app.features.invoices.scheduling import (
    OfEnrollment,
    PlanningInPath,
    ScheduleEnded,
    ScheduleId,
    Schedules,
    SeenSchedules,
)
from app.features.invoices.schemas_schedules import (
    InvoiceScheduleChanges,
    InvoiceScheduleIn,
    InvoiceScheduleOut,
    InvoiceScheduleQuery,
)

router = api_router("/v1/invoice-schedules", "invoices")

OVER = (ScheduleEnded, OfEnrollment)


@router.post(
    "",
    status_code=201,
    dependencies=[IdempotencyRequired],
    responses=problems(UnknownContact, PastWouldBeSent, DiscountTooLarge, AmountTooLarge),
)
async def create_invoice_schedule(
    schedules: Schedules, body: InvoiceScheduleIn, response: Response
) -> InvoiceScheduleOut:
    """Have a contact invoiced again and again; what is due by today is made at once."""
    schedule = await scheduling.set_up(schedules, body)
    response.headers["Location"] = f"/v1/invoice-schedules/{schedule.id}"
    return scheduling.tagged(response, schedule)


@router.get("")
async def list_invoice_schedules(
    query: Annotated[InvoiceScheduleQuery, Query()], schedules: SeenSchedules
) -> Page[InvoiceScheduleOut]:
    """All schedules, newest first; those of enrollments are among them."""
    return await scheduling.listed(schedules, query)


@router.get("/{invoice_schedule_id}")
async def get_invoice_schedule(
    schedule_id: ScheduleId, schedules: SeenSchedules, response: Response
) -> InvoiceScheduleOut:
    """One schedule."""
    return scheduling.tagged(response, await schedules.require(schedule_id))


@router.patch(
    "/{invoice_schedule_id}",
    responses=problems(VersionRequired, DiscountTooLarge, AmountTooLarge, *OVER),
)
async def change_invoice_schedule(
    plan: PlanningInPath, body: InvoiceScheduleChanges, response: Response, if_match: IfMatch = None
) -> InvoiceScheduleOut:
    """Change what coming invoices say; those that were made stay as they are."""
    check_version(plan.schedule.version, if_match, required=True)
    return scheduling.tagged(response, await scheduling.change(plan, body))


@router.post("/{invoice_schedule_id}/pause", responses=problems(*OVER))
async def pause_invoice_schedule(plan: PlanningInPath, response: Response) -> InvoiceScheduleOut:
    """Make no invoices for a while."""
    return scheduling.tagged(response, await scheduling.pause(plan))


@router.post("/{invoice_schedule_id}/resume", responses=problems(*OVER))
async def resume_invoice_schedule(plan: PlanningInPath, response: Response) -> InvoiceScheduleOut:
    """Go on with the next day to come; what fell into the pause is passed over."""
    return scheduling.tagged(response, await scheduling.resume(plan))


@router.post("/{invoice_schedule_id}/end")
async def end_invoice_schedule(plan: PlanningInPath, response: Response) -> InvoiceScheduleOut:
    """Make no more invoices, for good."""
    return scheduling.tagged(response, await scheduling.end(plan))
