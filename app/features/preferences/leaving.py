"""Which letters one click ends: a group's, or those that come with the daily digest."""

from collections.abc import Iterator, Mapping
from typing import Any

from app.features.preferences.catalogue import GROUPS, TOPICS
from app.features.preferences.choosing import chosen, rule_of
from app.features.preferences.rules import Choice
from app.repositories.audiences import Side

DAILY_DIGEST = "daily_digest"
"""The digest's own topic, and the group that leaving it ends."""

PREFERENCES_PAGE = "/settings/notifications"
"""Where in the portal, and in the coach's app, people choose what they are mailed."""


def group_to_leave(topic: str | None, side: Side) -> str | None:
    """The group a letter's one click ends; None for a letter that can't be off."""
    if topic is None or topic == DAILY_DIGEST:
        return topic
    rule = rule_of(topic, side)
    return TOPICS[topic].group if rule and rule.may_be_off else None


def group_in_words(group: str) -> str:
    """What the group is called."""
    return "Daily digest" if group == DAILY_DIGEST else GROUPS[group]


def still_coming(group: str, choices: Mapping[str, Any], side: Side) -> dict[str, Choice]:
    """The letters of the group that the person still gets and may go without, as they chose."""
    return {
        name: choice
        for name in _may_be_off(side)
        if (choice := chosen(choices, name, side)) != "off" and _belongs(name, choice, group)
    }


def _may_be_off(side: Side) -> Iterator[str]:
    rules = ((name, rule_of(name, side)) for name in TOPICS)
    return (name for name, rule in rules if rule and rule.may_be_off)


def _belongs(name: str, choice: Choice, group: str) -> bool:
    if group == DAILY_DIGEST:
        return choice == DAILY_DIGEST
    return TOPICS[name].group == group
