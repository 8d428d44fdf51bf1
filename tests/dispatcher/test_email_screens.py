"""Letters on a telephone: nothing sticks out of the screen. Needs Chromium."""

import html
import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.dispatcher import letter_samples as samples

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")
NARROW = 360
LONG = "Wolfeschlegelsteinhausenbergerdorff" * 2

MEASURE = """
const edge = (element) => element.getBoundingClientRect().right;
const rightmost = (page) => Math.max(...[...page.querySelectorAll("*")].map(edge));
addEventListener("load", () => {
  const widths = {};
  for (const frame of document.querySelectorAll("iframe"))
    widths[frame.title] = rightmost(frame.contentDocument);
  document.querySelector("pre").textContent = JSON.stringify(widths);
});
"""
"""What is cut off by a rounded card doesn't widen the page: so every element is asked."""


@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_no_letter_overflows_a_telephone(tmp_path: Path) -> None:
    widths = _measured(_documents(), tmp_path)

    assert len(widths) > 10
    assert {name: width for name, width in widths.items() if width > NARROW} == {}


def _documents() -> dict[str, str]:
    """Every letter, with names and addresses that can't be broken at a blank."""
    people = samples.cast(first_name=LONG, last_name=LONG, email=f"{LONG[:60]}@example.com")
    looks = samples.practice(name=LONG)
    return {
        letter.template: samples.renderer().render(samples.stored(event, letter), looks).html
        for event, letter in samples.every_letter(people)
    }


def _measured(documents: dict[str, str], folder: Path) -> dict[str, float]:
    """How far to the right each document reaches in a window as wide as NARROW."""
    frames = "".join(
        f'<iframe title="{name}" width="{NARROW}" height="900" srcdoc="{html.escape(document)}">'
        "</iframe>"
        for name, document in documents.items()
    )
    page = folder / "letters.html"
    page.write_text(f"<meta charset=utf-8><script>{MEASURE}</script>{frames}<pre></pre>")
    found = re.search(r"<pre>(\{.*?\})</pre>", _dom_of(page, folder))
    assert found, "Chromium measured nothing"
    widths: dict[str, float] = json.loads(html.unescape(found[1]))
    return widths


def _dom_of(page: Path, folder: Path) -> str:
    assert CHROMIUM
    command = [
        CHROMIUM,
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        f"--user-data-dir={folder / 'profile'}",
        "--hide-scrollbars",
        "--window-size=800,1000",
        "--dump-dom",
        page.as_uri(),
    ]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    return done.stdout.decode()
