"""No letter without its line in the catalogue: its group, and whether its reader may go without."""

import pytest

from app.core.letters import Letter
from app.dispatcher.subscriptions import SUBSCRIPTIONS
from app.features.preferences.catalogue import GROUPS, TOPICS
from app.features.preferences.rules import DEFAULT, Rule
from tests.dispatcher import letter_samples as samples

LATER = {"comment.created"}
"""Written by a job of its own, some minutes later."""

LETTERS = [(event.type, letter) for event, letter in samples.every_letter()]
RULES = [rule for topic in TOPICS.values() for rule in (topic.member, topic.client) if rule]


def test_every_event_that_writes_letters_has_its_line() -> None:
    writing = {name for name, reactions in SUBSCRIPTIONS.items() if reactions} | LATER

    assert writing - TOPICS.keys() == set(), (
        "say in app/features/preferences/catalogue.py what these are, and whether they may be off"
    )
    assert TOPICS.keys() - writing == set(), "these write no letters"


@pytest.mark.parametrize(("event_type", "letter"), LETTERS)
def test_every_reader_has_a_rule(event_type: str, letter: Letter) -> None:
    topic = TOPICS[event_type]
    if letter.to.contact_id:
        assert topic.client, f"{event_type} writes to clients"
    elif letter.to.user_id:
        assert topic.member, f"{event_type} writes to the team"
    else:  # a guest has nowhere to choose
        assert not any(rule.may_be_off for rule in (topic.member, topic.client) if rule)


@pytest.mark.parametrize(("event_type", "letter"), LETTERS)
def test_letters_that_keep_accounts_safe_cannot_be_off(event_type: str, letter: Letter) -> None:
    topic = TOPICS[event_type]
    if letter.security:
        assert not any(rule.may_be_off for rule in (topic.member, topic.client) if rule)


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_says_why_nothing_may_be_chosen_and_only_then(rule: Rule) -> None:
    assert DEFAULT in rule.options
    assert (rule.why is None) == rule.may_be_off


def test_every_topic_is_in_a_group_that_has_a_name() -> None:
    assert {topic.group for topic in TOPICS.values()} <= GROUPS.keys()


def test_no_letter_with_a_secret_link_waits_for_a_digest() -> None:
    for event_type, letter in LETTERS:
        if letter.action and letter.action.token:
            topic = TOPICS[event_type]
            sides = (topic.client, topic.member)
            rule = sides[letter.to.contact_id is None] or topic.client
            assert rule
            assert "daily_digest" not in rule.options, event_type
