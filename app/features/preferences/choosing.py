"""What a person chose for an event's letters, as far as its rule leaves it to them."""

from collections.abc import Mapping
from typing import Any

from app.features.preferences.catalogue import TOPICS
from app.features.preferences.rules import DEFAULT, Choice, Rule
from app.repositories.audiences import Side


def rule_of(event_type: str, side: Side) -> Rule | None:
    """What this side may choose for the event's letters; None where it isn't told of it."""
    topic = TOPICS.get(event_type)
    if topic is None:
        return None
    return topic.client if side == "client" else topic.member


def chosen(choices: Mapping[str, Any], event_type: str, side: Side) -> Choice:
    """When the event's letter goes out. What may not be chosen any longer counts for nothing."""
    rule, choice = rule_of(event_type, side), choices.get(event_type, DEFAULT)
    return choice if rule and choice in rule.options else DEFAULT
