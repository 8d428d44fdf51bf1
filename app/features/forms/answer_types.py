"""What an answer to each type of question may be: as it is typed in, and once it is handed in."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any
from uuid import UUID

from pydantic import Field, TypeAdapter, ValidationError

from app.core.fields import Day, Email, Line, Phone, Text
from app.core.fields.mail import LONGEST_EMAIL
from app.features.forms.schemas_fields import (
    LARGEST,
    LONGEST_LINE,
    LONGEST_TEXT,
    FormItem,
    MultiChoiceField,
    ScaleField,
    SingleChoiceField,
)

MOST_FILES = 10


class WrongAnswer(ValueError):
    """The answer is not of its question's type; the text says what it should be."""


def _reader(kind: Any, *, strict: bool = False) -> Callable[[Any], Any]:
    adapter: TypeAdapter[Any] = TypeAdapter(kind)

    def read(value: Any) -> Any:
        return adapter.validate_python(value, strict=strict)

    return read


def _line(longest: int) -> Callable[[Any], Any]:
    return _reader(Annotated[str, Line(longest, min_length=0)], strict=True)


def _date(value: Any) -> Any:
    return value and _day(value).isoformat()


def _files(value: Any) -> Any:
    return [str(file_id) for file_id in dict.fromkeys(_ids(value))]


def _chosen(value: Any) -> Any:
    return list(dict.fromkeys(_lines(value)))


_day = _reader(Day)
_ids = _reader(Annotated[list[UUID], Field(max_length=MOST_FILES)])
_lines = _reader(Annotated[list[str], Field(max_length=100)], strict=True)
_bounded = Field(ge=-LARGEST, le=LARGEST)

READERS: Mapping[str, tuple[Callable[[Any], Any], str]] = {
    "short_text": (_line(LONGEST_LINE), f"Must be one line of at most {LONGEST_LINE} characters"),
    "long_text": (
        _reader(Annotated[str, Text(LONGEST_TEXT, min_length=0)], strict=True),
        f"Must be a text of at most {LONGEST_TEXT} characters",
    ),
    "email": (_line(LONGEST_EMAIL), "Must be one line of text"),
    "phone": (_line(40), "Must be one line of at most 40 characters"),
    "number": (
        _reader(Annotated[int, _bounded] | Annotated[float, _bounded], strict=True),
        "Must be a number",
    ),
    "scale": (_reader(int, strict=True), "Must be a whole number of the scale"),
    "date": (_date, "Must be a date, YYYY-MM-DD"),
    "single_choice": (_line(100), "Must be one of the choices"),
    "multi_choice": (_chosen, "Must be a list of choices"),
    "file": (_files, "Must be a list of at most ten ids of files"),
    "consent": (_reader(bool, strict=True), "Must be true or false"),
}
"""By a field's type: how its answers are read while they are typed in, and what they must be."""


def typed(field: FormItem, value: Any) -> Any:
    """The answer as it is kept: of the question's type, maybe unfinished. Raises WrongAnswer."""
    read, advice = READERS[field.type]
    try:
        answer = read(value)
    except ValidationError:
        raise WrongAnswer(advice) from None
    if not _offered(field, answer):
        raise WrongAnswer("Not among what can be chosen")
    return answer


def _offered(field: FormItem, answer: Any) -> bool:
    if isinstance(field, ScaleField):
        return bool(field.min <= answer <= field.max)
    if isinstance(field, SingleChoiceField):
        return answer == "" or answer in {choice.value for choice in field.choices}
    if isinstance(field, MultiChoiceField):
        return set(answer) <= {choice.value for choice in field.choices}
    return True


_email, _phone = _reader(Email), _reader(Phone)


def normalised(field: FormItem, answer: Any) -> Any:
    """E-mail addresses and telephone numbers as contacts have them, what is none as it is."""
    reader = {"email": _email, "phone": _phone}.get(field.type)
    try:
        return reader(answer) if reader else answer
    except ValidationError:
        return answer


def is_email(text: str) -> bool:
    """Whether a contact could have this address."""
    return _reads(_email, text)


def is_phone(text: str) -> bool:
    """Whether a contact could have this number."""
    return _reads(_phone, text)


def _reads(read: Callable[[Any], Any], text: str) -> bool:
    try:
        read(text)
    except ValidationError:
        return False
    return True
