"""What was wrong with which member of a request, without repeating what was sent."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

MOST_ERRORS = 50
LONGEST_NAME = 100

PLAIN_WORDS: Mapping[str, str] = {
    "extra_forbidden": "Unknown member",
    "json_invalid": "Invalid JSON",
    "missing": "Required",
    "string_pattern_mismatch": "Has characters or a form that are not accepted here",
    "union_tag_invalid": "Not one of the kinds known here",
    "uuid_parsing": "Must be a UUID",
    "url_parsing": "Must be a URL",
    "url_syntax_violation": "Must be a URL",
}
"""For pydantic's messages that are unclear, or that quote the input."""


def describe(errors: Iterable[Mapping[str, Any]], body: object = None) -> list[dict[str, str]]:
    """Pydantic's errors as `{in, pointer, code, detail}`, at most fifty of them.

    `pointer` is a JSON pointer (RFC 6901) into the `body`, or `/name` of a parameter.
    """
    return [_describe(error, body) for _, error in zip(range(MOST_ERRORS), errors, strict=False)]


def concerns_path(errors: Iterable[Mapping[str, Any]]) -> bool:
    """Whether a part of the path was malformed: then there is nothing at that address."""
    return any(error["loc"][:1] == ("path",) for error in errors)


def _describe(error: Mapping[str, Any], body: object) -> dict[str, str]:
    place, *names = error["loc"] or ("body",)
    if place == "body" and isinstance(body, dict | list):
        names = list(_sent(names, body, missing=error["type"] == "missing"))
    return {
        "in": str(place),
        "pointer": json_pointer(names),
        "code": str(error["type"]),
        "detail": PLAIN_WORDS.get(error["type"]) or _sentence(error["msg"]),
    }


def _sent(names: Sequence[object], body: Any, *, missing: bool) -> Iterator[object]:
    """The names that lead through the body; pydantic adds those of a union's members it tried."""
    here = body
    for position, name in enumerate(names, start=1):
        if _has(here, name):
            here = here[name]
            yield name
        elif missing and position == len(names):
            yield name


def _has(here: Any, name: object) -> bool:
    if isinstance(here, list):
        return isinstance(name, int) and name < len(here)
    return isinstance(here, dict) and name in here


def json_pointer(names: Sequence[object]) -> str:
    """The pointer to a member, its parts escaped and cut to a readable length."""
    return "".join(f"/{_escape(str(name)[:LONGEST_NAME])}" for name in names)


def _escape(name: str) -> str:
    return name.replace("~", "~0").replace("/", "~1")


def _sentence(message: str) -> str:
    text = message.removeprefix("Value error, ")[:300]
    return text[:1].upper() + text[1:]
