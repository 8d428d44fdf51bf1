"""Making the invoices that schedules ask for: each period's once, also after a downtime."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.clock import zone_named
from app.core.errors import NotFound
from app.core.events import SYSTEM, publish
from app.core.ids import new_id
from app.core.jobs import NewJob, cancel, enqueue
from app.features.invoices.drafting import add_draft, discount_columns, line_of
from app.features.invoices.events import InvoiceHeldUp, about
from app.features.invoices.failures import InvoiceIncomplete
from app.features.invoices.finalizing import finalize, today_in
from app.features.invoices.periods import day_of
from app.features.invoices.plans import line_of_installment
from app.features.invoices.states import send
from app.models import Invoice, InvoiceLine, InvoiceSchedule, Workspace
from app.repositories.audiences import Audience
from app.repositories.invoice_schedules import ScheduleRepository
from app.repositories.invoices import InvoiceRepository
from app.repositories.workspaces import WorkspaceRepository

KIND = "invoice.schedule"
"""Kind of the job that makes what one schedule asks for."""

HOUR = time(6)
"""When invoices are made, by the practice's clock."""

MOST_AT_ONCE = 24
"""Periods made up for in one transaction; the next job makes more."""

CALLED_OFF = frozenset({"cancelled", "declined"})


async def make_due(session: AsyncSession, workspace_id: UUID, schedule_id: UUID) -> None:
    """Make what a schedule asks for by today, and come again on its next day.

    The schedule's row is locked, so two workers make each period's invoice once; its unique key
    says so as well.
    """
    schedules = ScheduleRepository(session, workspace_id)
    try:
        schedule = await schedules.require(schedule_id, lock=True)
    except NotFound:
        return
    workspace = await WorkspaceRepository(session, workspace_id).require()
    await _end_if_called_off(schedules, schedule)
    for _ in range(MOST_AT_ONCE):
        if not _is_due(schedule, today_in(workspace)):
            break
        await _make_one(session, schedule, workspace)
        pass_on(schedule)
    await session.flush()
    await follow(session, schedule, workspace)


async def _end_if_called_off(schedules: ScheduleRepository, schedule: InvoiceSchedule) -> None:
    if schedule.enrollment_id is None:
        return
    if await schedules.enrollment_status(schedule.enrollment_id) in CALLED_OFF:
        schedule.status, schedule.next_on = "ended", None


def _is_due(schedule: InvoiceSchedule, today: date) -> bool:
    return (
        schedule.status == "active" and schedule.next_on is not None and schedule.next_on <= today
    )


def pass_on(schedule: InvoiceSchedule) -> None:
    """Let a schedule wait for its next period, if there is one."""
    schedule.periods_made += 1
    following = next_day(schedule)
    if following is None:
        schedule.status = "ended"
    schedule.next_on = following


def next_day(schedule: InvoiceSchedule) -> date | None:
    """The day of the period after those that were made; None when there are no more."""
    if schedule.periods_total is not None and schedule.periods_made >= schedule.periods_total:
        return None
    day = day_of(
        schedule.starts_on,
        schedule.unit,  # type: ignore[arg-type]  # the table's check says which there are
        schedule.interval_count,
        schedule.periods_made,
    )
    return None if schedule.ends_on is not None and day > schedule.ends_on else day


async def follow(session: AsyncSession, schedule: InvoiceSchedule, workspace: Workspace) -> None:
    """Ask for the next run of an active schedule, in the transaction of its change."""
    await cancel(session, _key(schedule))
    if schedule.status == "active" and schedule.next_on is not None:
        at = datetime.combine(schedule.next_on, HOUR, zone_named(workspace.time_zone))
        await enqueue(session, run_at(schedule, at))


def run_at(schedule: InvoiceSchedule, at: datetime) -> NewJob:
    """The job of a schedule's next run."""
    payload = {"workspace_id": schedule.workspace_id, "schedule_id": schedule.id}
    return NewJob(kind=KIND, payload=payload, key=_key(schedule), run_at=at)


def _key(schedule: InvoiceSchedule) -> str:
    return f"invoice_schedule:{schedule.id}"


async def _make_one(session: AsyncSession, schedule: InvoiceSchedule, workspace: Workspace) -> None:
    """One period's invoice: sent, or a draft; what can't be finished is told to the coach."""
    invoices = InvoiceRepository(session, Audience.team(schedule.workspace_id))
    invoice = _invoice(schedule, workspace)
    await add_draft(invoices, invoice, _lines(schedule, workspace), actor=SYSTEM)
    if not schedule.autosend:
        return
    try:
        await finalize(invoices, invoice, actor=SYSTEM)
    except InvoiceIncomplete as refusal:
        event = InvoiceHeldUp(**about(invoice, SYSTEM), missing=refusal.missing)
        await publish(session, event)
        return
    if invoice.total_minor:
        await send(invoices, invoice, actor=SYSTEM)


def _invoice(schedule: InvoiceSchedule, workspace: Workspace) -> Invoice:
    template: dict[str, Any] = schedule.template
    number = schedule.periods_made + 1
    days = template.get("due_in_days")
    return Invoice(
        id=new_id(),
        contact_id=schedule.contact_id,
        schedule_id=schedule.id,
        period=number,
        enrollment_id=schedule.enrollment_id,
        installment=number if schedule.enrollment_id else None,
        currency=template["currency"],
        memo=template.get("memo", ""),
        bill_to=template.get("bill_to"),
        due_on=None if days is None else today_in(workspace) + timedelta(days=days),
        **discount_columns(template.get("discount")),
    )


def _lines(schedule: InvoiceSchedule, workspace: Workspace) -> list[InvoiceLine]:
    if schedule.enrollment_id is not None:
        return [line_of_installment(schedule, workspace)]
    return [line_of(each) for each in schedule.template["lines"]]
