"""Setting schedules up, changing them, letting them rest, and ending them."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import Depends, Path, Response

from app.access.contacts import UnknownContact
from app.access.sessions import TenantSession
from app.core.errors import Conflict
from app.core.etags import etag
from app.core.ids import new_id
from app.core.paging import Page, cut_page, decode_cursor
from app.features.invoices.drafting import discount_columns, line_of, sum_up
from app.features.invoices.failures import PastWouldBeSent
from app.features.invoices.finalizing import today_in
from app.features.invoices.generating import follow, make_due, next_day
from app.features.invoices.paths import Reader, Writer
from app.features.invoices.schemas_schedules import (
    InvoiceScheduleChanges,
    InvoiceScheduleIn,
    InvoiceScheduleOut,
    InvoiceScheduleQuery,
)
from app.models import Invoice, InvoiceSchedule, Workspace
from app.repositories.invoice_schedules import ScheduleRepository
from app.repositories.workspaces import WorkspaceRepository

ORDER = "newest_first"
TEMPLATE = frozenset({"currency", "lines", "discount", "memo", "bill_to", "due_in_days"})
COLUMNS = {"interval": "interval_count", "count": "periods_total", "invoices_made": "periods_made"}
"""Members whose columns have other names."""

ScheduleId = Annotated[UUID, Path(alias="invoice_schedule_id")]


class ScheduleEnded(Conflict):
    """It makes no more invoices: set up another."""

    code, title = "schedule_ended", "The schedule has ended"


class OfEnrollment(Conflict):
    """It makes what a program costs its client: change the program, or cancel the enrollment."""

    code, title = "schedule_of_enrollment", "The schedule is an enrollment's"


async def seen_schedules(reader: Reader, session: TenantSession) -> ScheduleRepository:
    """The practice's schedules, to be read."""
    return ScheduleRepository(session, reader.workspace_id)


async def own_schedules(writer: Writer, session: TenantSession) -> ScheduleRepository:
    """The practice's schedules, to be changed."""
    return ScheduleRepository(session, writer.workspace_id)


SeenSchedules = Annotated[ScheduleRepository, Depends(seen_schedules)]
Schedules = Annotated[ScheduleRepository, Depends(own_schedules)]


@dataclass(frozen=True, slots=True)
class Planning:
    """A schedule, its row locked, and the practice whose day it is."""

    schedules: ScheduleRepository
    schedule: InvoiceSchedule
    workspace: Workspace


async def planning(schedules: Schedules, schedule_id: ScheduleId) -> Planning:
    """The schedule the path names. Raises NotFound."""
    schedule = await schedules.require(schedule_id, lock=True)
    workspace = await _practice(schedules)
    return Planning(schedules, schedule, workspace)


PlanningInPath = Annotated[Planning, Depends(planning)]


async def _practice(schedules: ScheduleRepository) -> Workspace:
    return await WorkspaceRepository(schedules.session, schedules.workspace_id).require()


async def set_up(schedules: ScheduleRepository, body: InvoiceScheduleIn) -> InvoiceSchedule:
    """Begin a schedule; what is due by today is made in the same transaction.

    Raises UnknownContact, PastWouldBeSent, DiscountTooLarge and AmountTooLarge (422).
    """
    if not await schedules.has_contact(body.contact_id):
        raise UnknownContact
    workspace = await _practice(schedules)
    if body.autosend and body.starts_on < today_in(workspace):
        raise PastWouldBeSent
    values = body.model_dump(mode="json")
    template = {name: values[name] for name in TEMPLATE}
    template["currency"] = template["currency"] or workspace.currency
    _check(template)
    schedule = schedules.add(
        InvoiceSchedule(
            id=new_id(),
            contact_id=body.contact_id,
            unit=body.unit,
            interval_count=body.interval,
            starts_on=body.starts_on,
            next_on=body.starts_on,
            ends_on=body.ends_on,
            periods_total=body.count,
            autosend=body.autosend,
            template=template,
        )
    )
    await schedules.session.flush()
    await make_due(schedules.session, schedules.workspace_id, schedule.id)
    await schedules.session.refresh(schedule)
    return schedule


def _check(template: dict[str, Any]) -> None:
    """Refuse what no invoice could say, now and not when it is made."""
    invoice = Invoice(**discount_columns(template["discount"]))
    sum_up(invoice, [line_of(each) for each in template["lines"]])


async def change(plan: Planning, body: InvoiceScheduleChanges) -> InvoiceSchedule:
    """Let coming invoices say something else. Raises ScheduleEnded and OfEnrollment (409)."""
    schedule = plan.schedule
    _require_own(schedule)
    whole = body.model_dump(mode="json")
    changed = {name: whole[name] for name in body.model_fields_set}
    template = {**schedule.template, **{n: v for n, v in changed.items() if n in TEMPLATE}}
    _check(template)
    schedule.template = template
    for name in changed.keys() - TEMPLATE:
        setattr(schedule, COLUMNS.get(name, name), getattr(body, name))
    return await _settled(plan)


def _require_own(schedule: InvoiceSchedule) -> None:
    if schedule.enrollment_id is not None:
        raise OfEnrollment
    if schedule.status == "ended":
        raise ScheduleEnded


async def _settled(plan: Planning) -> InvoiceSchedule:
    """The next day, or the end, that follows from what the schedule says now."""
    schedule = plan.schedule
    schedule.next_on = next_day(schedule)
    if schedule.next_on is None:
        schedule.status = "ended"
    await plan.schedules.session.flush()
    await follow(plan.schedules.session, schedule, plan.workspace)
    return schedule


async def pause(plan: Planning) -> InvoiceSchedule:
    """Make no more until it is resumed. Raises ScheduleEnded and OfEnrollment (409)."""
    _require_own(plan.schedule)
    plan.schedule.status = "paused"
    return await _settled(plan)


async def resume(plan: Planning) -> InvoiceSchedule:
    """Go on with the next day to come: what fell into the pause is passed over.

    Raises ScheduleEnded and OfEnrollment (409).
    """
    schedule, today = plan.schedule, today_in(plan.workspace)
    _require_own(schedule)
    if schedule.status == "paused":
        schedule.status = "active"
        while (day := next_day(schedule)) is not None and day < today:
            schedule.periods_made += 1
    return await _settled(plan)


async def end(plan: Planning) -> InvoiceSchedule:
    """Make no more, for good; what was made stays. An enrollment's may be ended, too."""
    plan.schedule.status, plan.schedule.next_on = "ended", None
    await plan.schedules.session.flush()
    await follow(plan.schedules.session, plan.schedule, plan.workspace)
    return plan.schedule


async def listed(
    schedules: ScheduleRepository, query: InvoiceScheduleQuery
) -> Page[InvoiceScheduleOut]:
    """A page of schedules, newest first."""
    before = None
    if query.cursor is not None:
        before = decode_cursor(query.cursor, sort=ORDER, shape=tuple[UUID])[0]
    rows = await schedules.page(
        contact_id=query.contact_id, status=query.status, before=before, limit=query.limit
    )
    page = cut_page(rows, limit=query.limit, sort=ORDER, key=lambda row: (row.id,))
    return Page[InvoiceScheduleOut].model_construct(
        data=[schedule_out(row) for row in page.data],
        next_cursor=page.next_cursor,
        has_more=page.has_more,
    )


def schedule_out(schedule: InvoiceSchedule) -> InvoiceScheduleOut:
    """A schedule as the API gives it."""
    names = InvoiceScheduleOut.model_fields
    shown = {name: getattr(schedule, COLUMNS.get(name, name)) for name in names}
    return InvoiceScheduleOut.model_construct(**shown)


def tagged(response: Response, schedule: InvoiceSchedule) -> InvoiceScheduleOut:
    """The same, with its entity tag in the answer's headers."""
    response.headers["ETag"] = etag(schedule.version)
    return schedule_out(schedule)
