"""Markdown (CommonMark, and strikethrough) as HTML that is safe to show anywhere."""

import asyncio
from functools import cache

import nh3
from markdown_it import MarkdownIt

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = frozenset({"blockquote", "br", "hr", "li", "ol", "p", "pre", "ul"})
PHRASES = frozenset({"a", "code", "del", "em", "s", "strong"})
TAGS = HEADINGS | BLOCKS | PHRASES
"""No pictures: fetching one from elsewhere tells its host who reads, and when."""

ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}}
URL_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

AT_ONCE = 1000
"""Characters that take about a millisecond; more than these must not hold up other requests."""


async def rendered(markdown: str) -> str:
    """The text as HTML without scripts, styles or pictures; HTML in it is shown as it is typed.

    Render when it is written, not whenever it is read.
    """
    if len(markdown) <= AT_ONCE:
        return _html(markdown)
    return await asyncio.to_thread(_html, markdown)


def _html(markdown: str) -> str:
    html = nh3.clean(
        _reader().render(markdown),
        tags=set(TAGS),
        attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
        url_schemes=set(URL_SCHEMES),
        link_rel="noopener noreferrer nofollow",
    )
    return html.strip()


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough")
