"""What a client may still do with an appointment, by the terms of its type."""

from datetime import datetime, timedelta
from typing import Any, Literal

CancelVerdict = Literal["free", "late", "closed"]

OPEN = frozenset({"pending", "confirmed"})

Policy = Any
"""Whatever has an appointment type's columns: its row, or a card that includes them."""


def cancel_until(policy: Policy, starts_at: datetime) -> datetime | None:
    """Until when a client cancels at no cost; None where only the coach cancels."""
    if not policy.client_can_cancel:
        return None
    return starts_at - timedelta(minutes=policy.cancel_notice_minutes)


def cancel_verdict(
    policy: Policy, *, status: str, starts_at: datetime, at: datetime
) -> CancelVerdict:
    """Whether a client may cancel now. A request can be withdrawn until its start."""
    until = cancel_until(policy, starts_at)
    if status not in OPEN or starts_at <= at:
        return "closed"
    if status == "pending" or (until is not None and at <= until):
        return "free"
    lenient = until is not None and policy.late_cancel_rule != "refuse"
    return "late" if lenient else "closed"


def reschedule_until(policy: Policy, starts_at: datetime) -> datetime | None:
    """Until when a client moves an appointment; None where only the coach does."""
    if not policy.client_can_reschedule:
        return None
    return starts_at - timedelta(minutes=policy.reschedule_notice_minutes)


def why_not_reschedule(
    policy: Policy, *, reschedules: int, starts_at: datetime, at: datetime
) -> str | None:
    """What keeps a client from moving an open appointment now, in words; None for nothing."""
    until = reschedule_until(policy, starts_at)
    if until is None:
        return "Your coach moves this kind of appointment."
    if starts_at <= at:
        return "It has begun already."
    if at > until:
        return "It is too close."
    if policy.max_reschedules is not None and reschedules >= policy.max_reschedules:
        return "It was moved as often as allowed."
    return None
