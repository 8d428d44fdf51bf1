"""The slot engine: when a coach can be booked, and why not.

Pure: no database and no clock inside. Instants are integer epoch seconds, days are ordinals,
lengths are minutes where a coach sets them. offer_slots() answers what is free, explain_start()
why a time is or isn't, answer_days() puts offers into the API's shape.
"""

from app.slots.answers import DayAnswer, SlotAnswer, answer_days, answer_slots
from app.slots.busy import busy_span
from app.slots.caps import counted_span
from app.slots.checks import Overlap, find_date_overlap, find_overlap
from app.slots.diary import Busy, Diary, Session
from app.slots.explain import explain_start
from app.slots.findings import Explanation, Finding, Refusal, Rule, Verdict
from app.slots.iso import epoch_seconds, iso_instant, iso_instants
from app.slots.nearest import nearest_span, nearest_starts
from app.slots.offers import Offers, Slot, offer_slots
from app.slots.query import MAX_QUERY_DAYS, BadQuery, query_span
from app.slots.rules import SlotRules
from app.slots.schedule import Interval, Schedule
from app.slots.zones import (
    UnknownZone,
    day_span,
    find_zone,
    local_day,
    midnight,
    resolve,
    warm_midnights,
)

__all__ = [
    "MAX_QUERY_DAYS",
    "BadQuery",
    "Busy",
    "DayAnswer",
    "Diary",
    "Explanation",
    "Finding",
    "Interval",
    "Offers",
    "Overlap",
    "Refusal",
    "Rule",
    "Schedule",
    "Session",
    "Slot",
    "SlotAnswer",
    "SlotRules",
    "UnknownZone",
    "Verdict",
    "answer_days",
    "answer_slots",
    "busy_span",
    "counted_span",
    "day_span",
    "epoch_seconds",
    "explain_start",
    "find_date_overlap",
    "find_overlap",
    "find_zone",
    "iso_instant",
    "iso_instants",
    "local_day",
    "midnight",
    "nearest_span",
    "nearest_starts",
    "offer_slots",
    "query_span",
    "resolve",
    "warm_midnights",
]
