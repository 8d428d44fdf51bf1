"""Wishes about mail as the API takes and gives them."""

from typing import Annotated

from pydantic import Field

from app.core.fields import UNCHANGED, In, Line, Out
from app.features.preferences.rules import Choice

DigestHour = Annotated[int, Field(ge=0, le=23, description="The hour the daily digest comes.")]
EventType = Annotated[str, Line(60), Field(examples=["goal.created"])]


class PreferenceOut(Out):
    """When the letters about one kind of event come.

    `options` are what may be chosen; where there is only one, `changeable` is false and `why`
    says for what reason.
    """

    type: EventType
    label: str
    choice: Choice
    default: Choice
    options: list[Choice]
    changeable: bool
    why: str | None


class PreferenceGroupOut(Out):
    """Events of a kind; the one click in a letter switches off a whole group."""

    name: Annotated[str, Field(examples=["goals"])]
    label: str
    preferences: list[PreferenceOut]


class PreferencesOut(Out):
    """What the caller is told by mail in this practice, and how.

    The daily digest goes out at `digest_hour` o'clock in `time_zone`, the caller's own. Inside
    the app they are told of everything at once, whatever they choose here.
    """

    digest_hour: DigestHour
    time_zone: str
    groups: list[PreferenceGroupOut]


class PreferenceChanges(In):
    """What is to change; what is left out stays. A choice of null is the default again."""

    digest_hour: DigestHour = UNCHANGED
    choices: Annotated[
        dict[EventType, Choice | None],
        Field(max_length=100, examples=[{"goal.created": "daily_digest", "file.shared": "off"}]),
    ] = UNCHANGED
