from typing import Annotated

import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.fields import HexColor, Line, Slug, Text, WebUrl

line = TypeAdapter(Annotated[str, Line(20)])
text = TypeAdapter(Annotated[str, Text(20)])
optional_text = TypeAdapter(Annotated[str, Text(20, min_length=0)])
colour = TypeAdapter(HexColor)
slug = TypeAdapter(Slug)
url = TypeAdapter(WebUrl)


@pytest.mark.parametrize(
    "value", ["Maya", "Zoë", "李小龍", "a" * 20, "O'Neil-Šmid", "👩‍👩‍👧", "نی\u200cلوفر"]
)
def test_names_of_the_world_are_lines(value: str) -> None:
    assert line.validate_python(value) == value


@pytest.mark.parametrize(
    "value",
    ["", "   ", "a" * 21, "a\nb", "a\tb", "a\rb", "a\x00", "\x1b[31m", "a\x7f", "a\x85b", "\u2028"],
)
def test_lines_have_no_breaks_and_no_controls(value: str) -> None:
    with pytest.raises(ValidationError):
        line.validate_python(value)


@pytest.mark.parametrize("value", ["\u200b", "\ufeff \u2060", "\xad", "\u200e\u200f"])
def test_a_line_has_something_to_see(value: str) -> None:
    with pytest.raises(ValidationError):
        line.validate_python(value)


@pytest.mark.parametrize("value", ["a\u202egnp.exe", "\u2066a", "a\u2029b"])
def test_lines_can_not_be_turned_around(value: str) -> None:
    with pytest.raises(ValidationError):
        line.validate_python(value)


@pytest.mark.parametrize("value", [1, True, 1.5, None, ["a"], {}])
def test_only_strings_are_text(value: object) -> None:
    with pytest.raises(ValidationError):
        text.validate_python(value)


def test_text_is_trimmed_and_composed() -> None:
    assert line.validate_python("  Zoe\u0308  ") == "Zo\u00eb"


def test_text_may_have_lines() -> None:
    assert text.validate_python("a\r\n\tb\nc") == "a\r\n\tb\nc"


@pytest.mark.parametrize("value", ["\x00", "a\x0bb", "a\x1bb", "\x9f", "", "\n\n"])
def test_text_has_no_controls_and_is_visible(value: str) -> None:
    with pytest.raises(ValidationError):
        text.validate_python(value)


def test_text_may_be_allowed_to_be_empty() -> None:
    assert optional_text.validate_python("  ") == ""


def test_the_rule_stands_in_the_schema() -> None:
    schema = line.json_schema()

    assert schema["maxLength"] == 20
    assert schema["minLength"] == 1
    assert "pattern" in schema


def test_colours_are_kept_in_lower_case() -> None:
    assert colour.validate_python("#A1B2C3") == "#a1b2c3"


@pytest.mark.parametrize("value", ["a1b2c3", "#abc", "#a1b2c3d4", "red", "#ggg000", "#a1b2c3\n"])
def test_other_colours_are_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        colour.validate_python(value)


@pytest.mark.parametrize("value", ["a", "-ab", "ab-", "a--b", "Ab", "a_b", "a" * 61, "ä-b", "ab\n"])
def test_slugs_are_narrow(value: str) -> None:
    with pytest.raises(ValidationError):
        slug.validate_python(value)


def test_a_slug() -> None:
    assert slug.validate_python("maya-coaching-2") == "maya-coaching-2"


@pytest.mark.parametrize(
    "value",
    [
        *("https://example.com", "http://example.com:8080/a?b=c#d", "HTTPS://EXAMPLE.com/"),
        *("https://münchen.example/straße", "http://127.0.0.1/", "http://[::1]:80/"),
    ],
)
def test_web_addresses(value: str) -> None:
    assert url.validate_python(value) == value


@pytest.mark.parametrize(
    "value",
    [
        *("javascript:alert(1)", "data:text/html,x", "ftp://example.com", "//example.com", "/a"),
        *("https://", "http:///a", "https://?a", "https://a b", "https://a\n.com", "https://a\\b"),
        *("http://[::1", "http://a:99999999/", "http://a:x/", "https://a.com/" + "a" * 2000),
        *("http://@/", "https:// example.com", " javascript:https://a.com"),
    ],
)
def test_what_no_browser_should_open_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        url.validate_python(value)
