"""Every letter, rendered: complete, small, safe, and with a button that leads somewhere."""

import re
from html import unescape
from uuid import UUID

import pytest

from app.core.events import RecordedEvent
from app.core.letters import Letter, Recipient, TokenRef
from app.core.tokens import TokenMint
from app.dispatcher.sources import folder_of
from app.dispatcher.subscriptions import SUBSCRIPTIONS
from app.features.preferences.catalogue import TOPICS
from app.features.preferences.choosing import rule_of
from app.features.preferences.rules import FREE
from app.features.preferences.unsubscribe_tokens import subscription_in
from app.repositories.audiences import Side
from tests.dispatcher import letter_samples as samples

MOST_BYTES = 102_000
EVENTS_WITH_LETTERS = [name for name, reactions in SUBSCRIPTIONS.items() if reactions]
LETTERS = [
    pytest.param(event, letter, id=f"{letter.template} to {letter.to.email}")
    for event, letter in samples.every_letter()
]
EVIL = 'Zoë <script>alert("x")</script> & {{ 7 * 7 }} \N{PILE OF POO}'


@pytest.mark.parametrize("event_type", EVENTS_WITH_LETTERS)
def test_every_event_with_reactions_writes_at_least_one_letter(event_type: str) -> None:
    assert samples.letters(samples.recorded(event_type))


def test_every_template_folder_is_some_events_letter() -> None:
    written = {letter.template for _, letter in samples.every_letter()}
    features = folder_of("a/b").parents[2]
    folders = {
        f"{folder.parents[1].name}/{folder.name}" for folder in features.glob("*/templates/*")
    }
    assert folders == written


@pytest.mark.parametrize(("event", "letter"), LETTERS)
def test_a_letter_has_a_subject_a_text_and_a_small_html_document(
    event: RecordedEvent, letter: Letter
) -> None:
    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())

    assert 5 < len(rendered.subject) < 100
    assert "\n" not in rendered.subject
    assert len(rendered.text) > 100
    assert rendered.html.startswith("<!doctype html>")
    assert rendered.html.rstrip().endswith("</html>")
    assert len(rendered.html.encode()) < MOST_BYTES


@pytest.mark.parametrize(("event", "letter"), LETTERS)
def test_nothing_is_left_unresolved(event: RecordedEvent, letter: Letter) -> None:
    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())

    for part in (rendered.subject, rendered.text, rendered.html):
        assert not re.search(r"\{\{|\}\}|\{%|%\}|</?mj-|None|Undefined", part)


@pytest.mark.parametrize(("event", "letter"), LETTERS)
def test_the_button_leads_into_the_portal_with_the_rows_token(
    event: RecordedEvent, letter: Letter
) -> None:
    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())
    links = [unescape(url) for url in re.findall(r'href="([^"]+)"', rendered.html)]
    in_the_words = {*_lines_of_digest(letter), *_ways_to_meetings(letter)}
    links = [link for link in links if link not in in_the_words]
    buttons = links[: len(links) - len(_foot_links(rendered.unsubscribe_url, letter))]

    if letter.action is None:
        assert letter.template not in samples.PATHS
        assert buttons == []
        return
    url = samples.PORTAL_URL + samples.PATHS[letter.template]
    if letter.action.token:
        url += f"#token={_token(event, letter.action.token)}"
    assert buttons == [url]
    assert url in rendered.text.splitlines()


@pytest.mark.parametrize(("event", "letter"), LETTERS)
def test_the_preview_shows_everything_but_the_token(event: RecordedEvent, letter: Letter) -> None:
    stored = samples.stored(event, letter)
    sent = samples.renderer().render(stored, samples.practice())
    preview = samples.renderer().preview(stored, samples.practice())

    assert preview.subject == sent.subject
    token = letter.action.token if letter.action else None
    if token:
        assert _token(event, token) not in preview.html + preview.text
        assert "#token=…" in preview.text
    elif sent.unsubscribe_url is None:
        assert preview == sent
    else:
        assert sent.unsubscribe_url not in preview.html + preview.text
        assert (preview.unsubscribe_url or "").endswith("/v1/public/unsubscribe/…")


@pytest.mark.parametrize(("event", "letter"), LETTERS)
def test_the_foot_leads_to_the_preferences_and_ends_what_may_be_off(
    event: RecordedEvent, letter: Letter
) -> None:
    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())
    side: Side = "client" if letter.to.contact_id else "member"
    topic = letter.topic or event.type
    rule = FREE if letter.topic else rule_of(topic, side) if letter.to.holder_id else None

    may_be_off = bool(rule and rule.may_be_off)
    assert (rendered.unsubscribe_url is not None) == may_be_off
    for link in _foot_links(rendered.unsubscribe_url, letter):
        assert link in rendered.text.splitlines()
        assert f'href="{link}"' in rendered.html
    if rendered.unsubscribe_url:
        token = rendered.unsubscribe_url.removeprefix(f"{samples.API_URL}/v1/public/unsubscribe/")
        subscription = subscription_in(TokenMint(b"k" * 48), token)
        assert subscription.inbox_id == letter.to.holder_id
        assert (subscription.workspace_id, subscription.side) == (samples.PRACTICE_ID, side)
        assert subscription.group == (letter.topic or TOPICS[topic].group)


@pytest.mark.parametrize(("event", "letter"), LETTERS)
def test_what_people_typed_is_text_and_never_markup(event: RecordedEvent, letter: Letter) -> None:
    people = samples.cast(first_name=EVIL, last_name=EVIL)
    hostile = samples.practice(name=EVIL, from_name=EVIL)
    letters = [one for one in samples.letters(event, people) if one.template == letter.template]

    for one in letters:
        rendered = samples.renderer().render(samples.stored(event, one), hostile)
        assert "<script" not in rendered.html
        assert "&lt;script&gt;" in rendered.html
        assert "{{ 7 * 7 }}" in rendered.text
        assert "&lt;" not in rendered.text


@pytest.mark.parametrize("line_break", ["\r\n", "\n", "\r", "\u2028", "\x85", "\x00"])
def test_a_name_cannot_break_the_subject_line(line_break: str) -> None:
    people = samples.cast(first_name=f"Ana{line_break}Bcc: all@example.com")
    event = samples.recorded("portal.activated")
    [letter] = samples.letters(event, people)

    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())

    assert rendered.subject == "Ana Bcc: all@example.com Lima accepted your invitation"


def test_a_message_keeps_its_lines_in_both_forms() -> None:
    event = samples.recorded("portal.invited")
    [letter] = samples.letters(event)

    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())

    assert "Dear Ana,<br>I look forward" in rendered.html
    assert "> Dear Ana,\n> I look forward" in rendered.text


def test_without_a_message_the_invitation_has_no_quotation() -> None:
    data = {**samples.DATA["portal.invited"], "message": None}
    event = samples.recorded("portal.invited", data=data)
    [letter] = samples.letters(event)

    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())

    assert 'class="quote"' not in rendered.html
    assert "writes:" not in rendered.text


def test_the_practices_logo_takes_the_place_of_its_name() -> None:
    event = samples.recorded("portal.access_enabled")
    [letter] = samples.letters(event)
    stored, logo_id = samples.stored(event, letter), UUID(int=5)

    practice = samples.practice(logo_file_id=logo_id)
    with_logo = samples.renderer().render(stored, practice)
    without = samples.renderer().render(stored, samples.practice())

    url = f"{samples.API_URL}/v1/public/images/{practice.id}/{logo_id}"
    assert f'<img src="{url}" alt="Berg Coaching"' in with_logo.html
    assert "<img" not in without.html


def test_the_practices_own_portal_is_preferred() -> None:
    event = samples.recorded("portal.access_enabled")
    [letter] = samples.letters(event)
    own = samples.practice(portal_url="https://clients.berg.example")

    rendered = samples.renderer().render(samples.stored(event, letter), own)

    assert "https://clients.berg.example/" in rendered.text.splitlines()


@pytest.mark.parametrize(
    ("locale", "time_zone", "words"),
    [
        ("en", "America/New_York", "Thursday, December 10, 2026, 8:00 AM (Eastern Standard Time)"),
        ("de-DE", "Europe/Berlin", "Donnerstag, 10. Dezember 2026, 14:00 (Mitteleuropäische Norm"),
        ("pt_BR", "America/Sao_Paulo", "quinta-feira, 10 de dezembro de 2026, 10:00 (Horário"),
        ("xx-nonsense", "Mars/Olympus", "Thursday, December 10, 2026, 1:00 PM (Coordinated Univ"),
    ],
)
def test_instants_are_told_in_the_readers_zone_and_language(
    locale: str, time_zone: str, words: str
) -> None:
    people = samples.cast(locale=locale, time_zone=time_zone)
    event = samples.recorded("portal.invited")
    [letter] = samples.letters(event, people)

    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())

    assert words in " ".join(rendered.text.split())


def test_no_letter_says_it_concerns_safety_unless_it_does() -> None:
    for event, letter in samples.every_letter():
        rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())
        has_account = letter.to.user_id is not None
        safety = letter.security and has_account
        assert ("the safety of your account" in rendered.text) == safety


def test_templates_take_no_word_that_the_frame_uses() -> None:
    frame = {"practice", "portal", "reader", "palette", "action", "subject", "preheader", "body"}
    frame |= {"reason", "preferences_url", "unsubscribe"}
    for _, letter in samples.every_letter():
        assert not frame & letter.context.keys(), letter.template


def test_an_invitation_of_a_person_without_a_name_still_greets() -> None:
    data = {**samples.DATA["member.invited"], "name": None}
    event = samples.recorded("member.invited", data=data)
    [letter] = samples.letters(event)

    rendered = samples.renderer().render(samples.stored(event, letter), samples.practice())

    assert letter.to == Recipient(email="new@example.com", name="", time_zone="Europe/Berlin")
    assert rendered.text.startswith("Hello,\n")


def _ways_to_meetings(letter: Letter) -> list[str]:
    return [fact["link"] for fact in letter.context.get("facts", []) if fact["link"]]


def _lines_of_digest(letter: Letter) -> list[str]:
    return [samples.PORTAL_URL + line["path"] for line in letter.context.get("lines", ())]


def _foot_links(unsubscribe_url: str | None, letter: Letter) -> list[str]:
    may_choose = letter.to.holder_id and not letter.security
    page = [f"{samples.PORTAL_URL}/settings/notifications"] if may_choose else []
    return [*page, unsubscribe_url] if unsubscribe_url else page


def _token(event: RecordedEvent, token: TokenRef) -> str:
    mint = TokenMint(b"k" * 48)
    return mint.derive(token.prefix, event.workspace_id, token.row_id, token.generation)
