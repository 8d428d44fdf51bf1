"""The links in a mail."""

import re
from html import unescape

_ANCHOR = re.compile(r"<a\s[^>]*?\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)')", re.IGNORECASE)
_URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_SENTENCE_ENDS = ".,;:!?)]}"


def links_in(html: str, text: str) -> list[str]:
    """Every http(s) address behind a button or a link, then those in the text; each once."""
    hrefs = (unescape(double or single).strip() for double, single in _ANCHOR.findall(html))
    behind_words = (href for href in hrefs if _URL.fullmatch(href))
    in_the_open = (url.rstrip(_SENTENCE_ENDS) for url in _URL.findall(text))
    return list(dict.fromkeys([*behind_words, *in_the_open]))
