"""Nothing dangerous survives in what is shown of a note."""

import re

import pytest

from tests.features.notes.writing import edit, pair, write_by
from tests.make import Make

ATTACKS = [
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "<svg/onload=alert(1)>",
    "<iframe src=javascript:alert(1)></iframe>",
    "<a href='javascript:alert(1)'>x</a>",
    "<style>body{background:url(//evil.test)}</style>",
    "<form action=//evil.test><button>go</button></form>",
    "<math><mtext><table><mglyph><style><img src=x onerror=alert(1)>",
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](&#106;avascript:alert(1))",
    "[x](java&Tab;script:alert(1))",
    "[x](vbscript:msgbox)",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[x](file:///etc/passwd)",
    "<javascript:alert(1)>",
    "<data:text/html,x>",
    "[x]: javascript:alert(1)\n\n[x]",
    '[x](https://a.test "onmouseover=alert(1)")',
    '[x](https://a.test"onmouseover="alert(1))',
    "![x](https://evil.test/pixel.png)",
    "![x](javascript:alert(1))",
    "![x](data:image/svg+xml;base64,PHN2Zz4=)",
    "```\n<script>alert(1)</script>\n```",
    "`<img src=x onerror=alert(1)>`",
    "```html onload=alert(1)\nx\n```",
    "<!--><script>alert(1)</script>-->",
    "<![CDATA[<script>alert(1)</script>]]>",
    "<?php echo 1 ?>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=https://a.test target=_self onclick=alert(1)>x</a>",
]

TAG = re.compile(r"<\s*/?\s*([a-zA-Z!?][\w:-]*)([^>]*)>")
HARMLESS = {"a", "blockquote", "br", "code", "del", "em", "hr", "li", "ol", "p", "pre", "s"}
HARMLESS |= {"h1", "h2", "h3", "h4", "h5", "h6", "strong", "ul"}
LINK = re.compile(
    r' href="(https?://|mailto:|tel:)[^"]*"( title="[^"]*")? rel="noopener noreferrer nofollow"'
)


def dangers_in(html: str) -> list[str]:
    """Every tag that is not known to be harmless."""
    return [
        found.group(0)
        for found in TAG.finditer(html)
        if found.group(1).lower() not in HARMLESS
        or (found.group(2).strip() and not is_plain(found.group(1), found.group(2)))
    ]


def is_plain(tag: str, attributes: str) -> bool:
    if tag == "a":
        return (
            bool(LINK.fullmatch(attributes)) or attributes == ' rel="noopener noreferrer nofollow"'
        )
    return bool(tag == "ol" and re.fullmatch(r' start="\d+"', attributes))


@pytest.mark.parametrize("attack", ATTACKS)
async def test_it_is_harmless_when_written_and_when_changed(make: Make, attack: str):
    people = await pair(make)
    text = f"before\n\n{attack}\n\nafter"
    note = await write_by(people.client, people, body=text, share=True)
    changed = (await edit(people.client, note, body=f"{text}!")).json()
    for shown in (note["body_html"], changed["body_html"]):
        assert dangers_in(shown) == []
        assert "before" in shown
        assert "after" in shown
    assert note["body"] == text


def test_the_watch_above_would_see_danger():
    for html in ("<script>x</script>", '<p onclick="x">', '<a href="javascript:x">', "<IMG src=x>"):
        assert dangers_in(html)


async def test_html_is_shown_as_it_was_typed(make: Make):
    people = await pair(make)
    note = await write_by(people.client, people, body="a <b>bold</b> & <i>plain</i> idea")
    shown = "<p>a &lt;b&gt;bold&lt;/b&gt; &amp; &lt;i&gt;plain&lt;/i&gt; idea</p>"
    assert note["body_html"] == shown


async def test_a_picture_is_a_link_so_that_its_host_does_not_learn_who_reads(make: Make):
    people = await pair(make)
    text = "see ![me & *you*](https://pictures.test/1.png?a&b) and ![](/2.png)"
    note = await write_by(people.client, people, body=text)
    rel = 'rel="noopener noreferrer nofollow"'
    link = f'<a href="https://pictures.test/1.png?a&amp;b" {rel}>me &amp; you</a>'
    assert note["body_html"] == f"<p>see {link} and <a {rel}>/2.png</a></p>"
