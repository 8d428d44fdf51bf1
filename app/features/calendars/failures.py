"""Why a calendar elsewhere can't be read, in codes and in words for its coach."""

from collections.abc import Mapping
from typing import Literal

import httpx

Reason = Literal[
    "unreachable",
    "timeout",
    "server_error",
    "access_denied",
    "not_found",
    "redirected",
    "unexpected_answer",
    "address_not_allowed",
    "too_large",
    "compressed",
    "not_a_calendar",
    "too_complex",
]

IN_WORDS: Mapping[str, str] = {
    "unreachable": "Its server can't be reached.",
    "timeout": "Its server takes too long to answer.",
    "server_error": "Its server answers with an error of its own.",
    "access_denied": "Its server asks for a sign-in. Use the calendar's secret iCal address, which "
    "works without one.",
    "not_found": "There is no calendar at its address. It may have been unpublished, or got a new "
    "secret address.",
    "redirected": "Its address only points to another one. Use the address where the calendar "
    "really is.",
    "unexpected_answer": "Its server answers with something other than a calendar.",
    "address_not_allowed": "Its address is not a public web address.",
    "too_large": "It is larger than 5 MB.",
    "compressed": "Its server sends it compressed, which can't be read here.",
    "not_a_calendar": "What is at its address is not a calendar in iCalendar (.ics) form.",
    "too_complex": "Its events repeat more often than can be read.",
}

PASSING = frozenset({"unreachable", "timeout", "server_error"})
"""What may be over in a quarter of an hour."""

REDIRECTS = frozenset({301, 302, 303, 307, 308})


def reason_of_status(status: int) -> str:
    """What an HTTP status other than 200 and 304 says."""
    if status == httpx.codes.TOO_MANY_REQUESTS or status >= httpx.codes.INTERNAL_SERVER_ERROR:
        return "server_error"
    if status in {httpx.codes.UNAUTHORIZED, httpx.codes.FORBIDDEN}:
        return "access_denied"
    if status in {httpx.codes.NOT_FOUND, httpx.codes.GONE}:
        return "not_found"
    return "redirected" if status in REDIRECTS else "unexpected_answer"
