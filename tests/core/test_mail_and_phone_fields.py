import pytest
from pydantic import TypeAdapter, ValidationError

from app.core.fields import Email, Phone, normalise_email

email = TypeAdapter(Email)
phone = TypeAdapter(Phone)


@pytest.mark.parametrize(
    "value",
    ["maya@example.com", "a.b+c@sub.example.co.uk", "maya@practice.test", "o'b@example.com"],
)
def test_addresses(value: str) -> None:
    assert email.validate_python(value) == value


def test_the_domain_is_kept_in_lower_case_and_the_name_as_written() -> None:
    assert email.validate_python(" Maya.Chen@Example.COM ") == "Maya.Chen@example.com"


@pytest.mark.parametrize(
    "value",
    [
        *("maya", "maya@", "@example.com", "maya@localhost", "a b@example.com", "a@b@example.com"),
        *("maya@example.com\r\nBcc: x@y.org", "maya@exam\x00ple.com", "Maya <maya@example.com>"),
        *("a" * 65 + "@example.com", "a@" + "b" * 250 + ".com", "maya@example..com", "maya@-a.com"),
        *("maya@[127.0.0.1]", '"a b"@example.com', "maya@\u202eexample.com", ""),
    ],
)
def test_what_is_no_address_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        email.validate_python(value)


def test_spellings_of_an_address_are_one_person() -> None:
    spellings = ["Zoe\u0308@example.com", "ZO\u00cb@EXAMPLE.com", " zo\u00eb@example.com "]

    assert {normalise_email(spelling) for spelling in spellings} == {"zo\u00eb@example.com"}


@pytest.mark.parametrize(
    "value", ["+49 (30) 123-456", "+4930123456", "+49.30.123456", "+49 30/123456"]
)
def test_numbers_are_kept_as_e164(value: str) -> None:
    assert phone.validate_python(value) == "+4930123456"


@pytest.mark.parametrize(
    "value",
    [
        "030 123456",
        "+",
        "+1",
        "+999 123456",
        "call me",
        "+49 30 123456x9",
        "+" + "4" * 39,
        "+49\n30",
    ],
)
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValidationError):
        phone.validate_python(value)
