"""Markdown (CommonMark, and strikethrough) as HTML that is safe to show anywhere."""

import asyncio
from collections.abc import Sequence
from functools import cache
from html import escape

import nh3
from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import EnvType, OptionsDict

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = frozenset({"blockquote", "br", "hr", "li", "ol", "p", "pre", "ul"})
PHRASES = frozenset({"a", "code", "del", "em", "s", "strong"})
TAGS = HEADINGS | BLOCKS | PHRASES
"""No pictures: fetching one tells its host who reads, and when. They become links to it."""

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
        url_relative="deny",  # it would lead into whatever app shows the text
        link_rel="noopener noreferrer nofollow",
    )
    return html.strip()


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark", {"html": False, "breaks": True}).enable("strikethrough")
    reader.add_render_rule("image", _link_to_picture)
    return reader


def _link_to_picture(
    renderer: RendererHTML, tokens: Sequence[Token], at: int, options: OptionsDict, env: EnvType
) -> str:
    picture = tokens[at]
    name = renderer.renderInlineAsText(picture.children, options, env)
    url = str(picture.attrs["src"])
    return f'<a href="{escape(url)}">{escape(name or url)}</a>'
