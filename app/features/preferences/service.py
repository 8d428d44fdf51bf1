"""Reading and changing what one person is told by mail."""

from collections.abc import Mapping
from typing import Any

from app.core.clock import now
from app.core.fields import changes
from app.core.jobs import enqueue
from app.features.preferences.catalogue import GROUPS, TOPICS
from app.features.preferences.choosing import chosen, rule_of
from app.features.preferences.failures import ChoiceNotOffered, UnknownEventType, pointing
from app.features.preferences.rules import DEFAULT, Choice, Rule
from app.features.preferences.schemas import (
    PreferenceChanges,
    PreferenceGroupOut,
    PreferenceOut,
    PreferencesOut,
)
from app.features.preferences.timing import digest_job
from app.repositories.audiences import Side
from app.repositories.wishes import InboxRepository, Wishes


async def preferences_of(inbox: InboxRepository) -> PreferencesOut:
    """All that is written to somebody like the caller, with what they chose."""
    wishes = await inbox.wishes()
    groups = [
        PreferenceGroupOut.model_construct(name=name, label=label, preferences=listed)
        for name, label in GROUPS.items()
        if (listed := _listed(name, wishes, inbox.side))
    ]
    return PreferencesOut.model_construct(
        digest_hour=wishes.digest_hour, time_zone=wishes.time_zone, groups=groups
    )


def _listed(group: str, wishes: Wishes, side: Side) -> list[PreferenceOut]:
    return [
        _preference(event_type, topic.label, rule, chosen(wishes.choices, event_type, side))
        for event_type, topic in TOPICS.items()
        if topic.group == group and (rule := rule_of(event_type, side))
    ]


def _preference(event_type: str, label: str, rule: Rule, choice: Choice) -> PreferenceOut:
    return PreferenceOut.model_construct(
        type=event_type,
        label=label,
        choice=choice,
        default=DEFAULT,
        options=list(rule.options),
        changeable=len(rule.options) > 1,
        why=rule.why,
    )


async def change_preferences(inbox: InboxRepository, body: PreferenceChanges) -> PreferencesOut:
    """Keep the caller's wishes. What waits for their digest still comes with it.

    Raises UnknownEventType and ChoiceNotOffered (422).
    """
    wanted = changes(body)
    choices = wanted.get("choices") or {}
    _check(choices, inbox.side)
    row = await inbox.locked()
    kept = {**row.choices, **choices}
    row.choices = {name: choice for name, choice in kept.items() if choice is not None}
    if wanted.get("digest_hour") not in {None, row.digest_hour}:
        row.digest_hour = wanted["digest_hour"]
        await inbox.session.flush()
        await _move_digest(inbox)
    await inbox.session.flush()
    return await preferences_of(inbox)


def _check(choices: Mapping[str, Any], side: Side) -> None:
    rules = {event_type: rule_of(event_type, side) for event_type in choices}
    if unknown := {name: UnknownEventType.title for name, rule in rules.items() if rule is None}:
        raise pointing(UnknownEventType, unknown)
    refused = {
        name: rule.why or f"One of: {', '.join(rule.options)}."
        for name, rule in rules.items()
        if rule and choices[name] is not None and choices[name] not in rule.options
    }
    if refused:
        raise pointing(ChoiceNotOffered, refused)


async def _move_digest(inbox: InboxRepository) -> None:
    """Let what waits come at the new hour; the job for the old one then does nothing."""
    if await inbox.has_deferred():
        wishes = await inbox.wishes()
        job = digest_job(
            inbox.workspace_id,
            inbox.holder.id,
            hour=wishes.digest_hour,
            zone=wishes.time_zone,
            after=now(),
        )
        await enqueue(inbox.session, job)
