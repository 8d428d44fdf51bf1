"""Refusing a time, and offering the nearest free ones instead."""

from collections.abc import Mapping, Sequence
from typing import Any

from app.features.appointments.asking import Desk
from app.features.appointments.failures import REFUSALS, Unbookable
from app.repositories.diaries import Viewer
from app.slots import (
    Explanation,
    Offers,
    Refusal,
    Rule,
    SlotAnswer,
    Verdict,
    iso_instant,
    nearest_span,
    nearest_starts,
)

NEVER_OVERRIDDEN = {Rule.APPOINTMENTS, Rule.SEATS}
"""A coach may ignore hours, notice, caps and other calendars; never another appointment."""


def refusal_in(explanation: Explanation, *, override: bool) -> Refusal | None:
    """The first rule's refusal, of those that can't be overridden where the coach does so."""
    for finding in explanation.findings:
        binding = finding.rule in NEVER_OVERRIDDEN or not override
        if finding.verdict is Verdict.FAILED and binding:
            return finding.refusal
    return None


async def refused(desk: Desk, viewer: Viewer, results: Mapping[int, Refusal | None]) -> Unbookable:
    """The failure for starts of which some were refused; of a series, it tells of each date."""
    starts = sorted(results)
    since, until = nearest_span(starts[0])[0], nearest_span(starts[-1])[1]
    read = await desk.read(since, until, viewer=viewer)
    offers = desk.offers(read.diary, since, until)
    first = next(start for start in starts if results[start])
    error = REFUSALS[results[first] or Refusal.SLOT_TAKEN](_nearest(offers, first))
    if len(starts) > 1:
        error.extra["dates"] = [_date(offers, start, results[start]) for start in starts]
    return error


def _date(offers: Offers, start: int, refusal: Refusal | None) -> dict[str, Any]:
    return {
        "starts_at": iso_instant(start),
        "available": refusal is None,
        "code": refusal,
        "alternatives": _nearest(offers, start) if refusal else [],
    }


def _nearest(offers: Offers, wanted: int) -> Sequence[SlotAnswer]:
    chosen = set(nearest_starts(offers.starts, wanted))
    return [
        {
            "starts_at": iso_instant(slot.starts_at),
            "ends_at": iso_instant(slot.ends_at),
            "seats_left": slot.seats_left,
        }
        for slot in offers.slots()
        if slot.starts_at in chosen and slot.starts_at != wanted
    ]
