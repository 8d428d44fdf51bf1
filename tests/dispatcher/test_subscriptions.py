"""One table shows every event and what follows from it."""

from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

from app.core.events import Actor, DomainEvent
from app.dispatcher.subscriptions import SUBSCRIPTIONS
from tests.dispatcher import letter_samples as samples

APP = Path(__file__).parents[2] / "app"


def test_every_event_has_its_line_in_the_table() -> None:
    for path in APP.rglob("*events.py"):
        import_module(".".join(path.relative_to(APP.parent).with_suffix("").parts))

    assert set(_types(DomainEvent)) <= SUBSCRIPTIONS.keys()


def test_a_clients_acceptance_is_told_to_their_coach() -> None:
    [letter] = samples.letters(samples.recorded("portal.activated"))

    assert letter.to.email == samples.COACH.email
    assert letter.reply_to == "ana@example.com"


def test_without_a_coach_the_oldest_owner_is_told() -> None:
    people = samples.cast(coach_id=None)

    [letter] = samples.letters(samples.recorded("portal.activated"), people)

    assert letter.to.email == samples.OWNER.email


def test_a_clients_letter_comes_from_whoever_did_it_and_answers_go_to_their_coach() -> None:
    by_owner = samples.recorded("portal.invited", actor=Actor("member", samples.OWNER_ID))

    [letter] = samples.letters(by_owner)

    assert letter.context["host"] == samples.OWNER.name
    assert letter.reply_to == samples.COACH.email


def test_an_invitation_the_client_renewed_comes_from_their_coach() -> None:
    renewed = samples.recorded("portal.invited", actor=Actor("system"))

    [letter] = samples.letters(renewed)

    assert letter.context["host"] == samples.COACH.name


def test_who_joins_the_team_is_not_told_of_it() -> None:
    by_owner = samples.recorded("member.joined", actor=Actor("member", samples.OWNER_ID))

    assert samples.letters(by_owner) == []


def test_a_new_address_gets_the_link_and_the_old_one_a_warning() -> None:
    confirm, warn = samples.letters(samples.recorded("user.email_change_requested"))

    assert confirm.to.email == "ana@new.example.com"
    assert confirm.action
    assert confirm.action.token
    assert warn.to.email == "ana@example.com"
    assert warn.action is None


def test_a_changed_address_is_told_to_both() -> None:
    letters = samples.letters(samples.recorded("user.email_changed"))

    assert [letter.to.email for letter in letters] == ["ana@example.com", "ana@new.example.com"]


def test_a_sign_in_link_wears_the_practice_the_person_came_through() -> None:
    data = {**samples.DATA["user.magic_link"], "workspace_id": str(samples.PRACTICE_ID)}

    [letter] = samples.letters(samples.recorded("user.magic_link", data=data))

    assert letter.workspace_id == samples.PRACTICE_ID
    assert letter.security


def test_nobody_is_mailed_that_their_own_address_does_not_work() -> None:
    data = {**samples.DATA["email.failed"], "recipient": samples.COACH.email}

    assert samples.letters(samples.recorded("email.failed", data=data)) == []


def _types(event: type[DomainEvent]) -> Iterator[str]:
    if "type" in vars(event) and event.__module__.startswith("app."):
        yield event.type
    for kind in event.__subclasses__():
        yield from _types(kind)
