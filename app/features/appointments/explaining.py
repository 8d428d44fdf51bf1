"""Why a time is or isn't offered: what the enrollment allows, then the engine's rules in order."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncSession

from app.core.errors import NotFound
from app.features.appointments.asking import Desk, day_of, open_desk
from app.features.appointments.schemas_slots import ExplainQuery
from app.repositories.bookables import Bookable, bookables_of
from app.repositories.diaries import Viewer
from app.slots import Finding, epoch_seconds, iso_instant

Told = dict[str, Any]


async def why(session: AsyncSession, workspace_id: UUID, query: ExplainQuery) -> Told:
    """Every rule about one start, as ExplanationOut has it; two statements, or three.

    Raises NotFound, NoWorkingHours and TypeArchived (409).
    """
    granted = await _granted(session, workspace_id, query)
    start = epoch_seconds(query.starts_at)
    desk = await open_desk(
        session,
        workspace_id,
        query.appointment_type_id,
        first=day_of(start),
        last=day_of(start),
        schedule_id=query.schedule_id or (granted.schedule_id if granted else None),
    )
    viewer = Viewer(contact_id=query.contact_id)
    read = await desk.read(start, start + 1, viewer=viewer, named=True)
    engine = [_of_engine(finding) for finding in desk.explain(read.diary, start).findings]
    rules = [*(_of_enrollment(desk, granted) if granted else ()), *engine]
    return {
        "appointment_type_id": query.appointment_type_id,
        "starts_at": iso_instant(start),
        "time_zone": desk.coach_time_zone,
        "busy_data_as_of": read.as_of,
        "busy_data_stale": read.stale,
        "offered": not any(rule["code"] for rule in rules),
        "code": next((rule["code"] for rule in rules if rule["code"]), None),
        "rules": rules,
    }


async def _granted(
    session: AsyncSession, workspace_id: UUID, query: ExplainQuery
) -> Bookable | None:
    """The enrollment asked about; NotFound when the client has no such one."""
    if query.enrollment_id is None or query.contact_id is None:
        return None
    for each in await bookables_of(session, workspace_id, query.contact_id):
        names = (each.enrollment_id, each.appointment_type_id)
        if names == (query.enrollment_id, query.appointment_type_id):
            return each
    raise NotFound


def _of_enrollment(desk: Desk, granted: Bookable) -> Sequence[Told]:
    offered = desk.terms.type
    cost = granted.cost(credit_cost=offered.credit_cost, duration_minutes=offered.duration_minutes)
    expired = granted.expires_at is not None and granted.expires_at <= desk.at
    return [
        _rule(
            "enrollment",
            refusal=None if granted.status == "active" else "enrollment_not_active",
            facts={"status": granted.status, "program": granted.program_name},
        ),
        _rule(
            "self_scheduling",
            refusal=None if granted.self_scheduling_enabled else "self_scheduling_disabled",
            facts={"enabled": granted.self_scheduling_enabled},
        ),
        _rule(
            "credits",
            refusal="no_credits" if cost > granted.balance or (cost and expired) else None,
            facts={
                "cost": cost,
                "left": granted.balance,
                "unit": granted.unit,
                "expire_at": granted.expires_at,
            },
        ),
    ]


def _rule(name: str, *, refusal: str | None, facts: Told) -> Told:
    verdict = "failed" if refusal else "passed"
    return {"rule": name, "verdict": verdict, "code": refusal, "facts": facts}


def _of_engine(finding: Finding) -> Told:
    return {
        "rule": finding.rule,
        "verdict": finding.verdict,
        "code": finding.refusal,
        "facts": dict(finding.facts),
    }
