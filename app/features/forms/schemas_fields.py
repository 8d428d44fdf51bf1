"""What a form is made of: one class for each type of field."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from app.core.fields import Day, In, Line, Text
from app.features.forms.schemas_rules import FieldId, Rule

LONGEST_LINE, LONGEST_TEXT = 500, 10_000
"""Characters of a short and of a long answer."""

LARGEST = 10**12

Score = Annotated[int, Field(ge=-1000, le=1000, examples=[3])]
Length = Annotated[int, Field(ge=0, le=LONGEST_TEXT)]
LineLength = Annotated[int, Field(ge=0, le=LONGEST_LINE)]
Number = (
    Annotated[float, Field(ge=-LARGEST, le=LARGEST)]
    | Annotated[int, Field(ge=-LARGEST, le=LARGEST)]
)
Count = Annotated[int, Field(ge=0, le=100)]


class FormItem(In):
    """What all fields have. An id keeps its type for good, across all versions of the form."""

    id: FieldId
    type: str
    label: Annotated[str, Line(300)]
    help: Annotated[str, Text(1000, min_length=0)] = ""
    visible_if: Rule | None = None
    """Shown always, or only while this holds for the answers to earlier fields."""


class Question(FormItem):
    """Something to answer. `required` asks for an answer wherever the field is shown."""

    required: bool = False


class HeadingField(FormItem):
    """Words between the questions; takes no answer."""

    type: Literal["heading"]


class ShortTextField(Question):
    """One line. `pattern` is a regular expression that is searched for, so `^` and `$` count.

    Its dialect is RE2's (no look-around, no back references), in linear time.
    """

    type: Literal["short_text"]
    min_length: LineLength = 0
    max_length: LineLength = LONGEST_LINE
    pattern: Annotated[str, Line(200)] | None = None


class LongTextField(Question):
    """Text of several lines."""

    type: Literal["long_text"]
    min_length: Length = 0
    max_length: Length = LONGEST_TEXT


class NumberField(Question):
    """A number, whole if `integer`."""

    type: Literal["number"]
    integer: bool = False
    min: Number | None = None
    max: Number | None = None


class ScaleField(Question):
    """A whole number from `min` to `max`; `scored` adds it to the form's score."""

    type: Literal["scale"]
    min: Annotated[int, Field(ge=-100, le=100)] = 1
    max: Annotated[int, Field(ge=-100, le=100)] = 10
    min_label: Annotated[str, Line(100, min_length=0)] = ""
    max_label: Annotated[str, Line(100, min_length=0)] = ""
    scored: bool = False


class Choice(In):
    """What can be chosen. `value` is what the answer holds, `score` what choosing it adds."""

    value: Annotated[str, Line(100)]
    label: Annotated[str, Line(300)]
    score: Score | None = None


def _one_of_each(choices: list[Choice]) -> list[Choice]:
    if len({choice.value for choice in choices}) < len(choices):
        raise ValueError("must not offer a value twice")
    return choices


Choices = Annotated[list[Choice], Field(min_length=1, max_length=100), AfterValidator(_one_of_each)]


class SingleChoiceField(Question):
    """One of several."""

    type: Literal["single_choice"]
    choices: Choices


class MultiChoiceField(Question):
    """Some of several; an answer has at least `min_choices` of them."""

    type: Literal["multi_choice"]
    choices: Choices
    min_choices: Count = 0
    max_choices: Count | None = None


class DateField(Question):
    """A day, YYYY-MM-DD."""

    type: Literal["date"]
    min: Day | None = None
    max: Day | None = None


class EmailField(Question):
    """An e-mail address."""

    type: Literal["email"]


class PhoneField(Question):
    """A telephone number with its country code."""

    type: Literal["phone"]


class FileField(Question):
    """Files that the client has uploaded; the answer is a list of their ids."""

    type: Literal["file"]
    max_files: Annotated[int, Field(ge=1, le=10)] = 1


class ConsentField(Question):
    """A statement to agree to; where it is required, only `true` will do."""

    type: Literal["consent"]
    statement: Annotated[str, Text(5000)]


FormField = Annotated[
    HeadingField
    | ShortTextField
    | LongTextField
    | NumberField
    | ScaleField
    | SingleChoiceField
    | MultiChoiceField
    | DateField
    | EmailField
    | PhoneField
    | FileField
    | ConsentField,
    Field(discriminator="type"),
]
