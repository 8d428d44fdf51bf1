"""Where the letters' templates lie, and how MJML among them becomes HTML."""

from collections.abc import Callable
from pathlib import Path

import mrml
from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from app.dispatcher.wording import line_breaks, on_day, quoted, when

APP = Path(__file__).parents[1]
FEATURES = APP / "features"
LAYOUTS = APP / "dispatcher" / "templates"
HTML_BODY = "body.html"

SILENCE = Markup("&#847;&zwnj;&nbsp;") * 60
"""Fills an inbox's preview line after the preheader, so that the letter's body stays out of it."""


def letter_environment() -> Environment:
    """The templates of all letters: those ending in .html escape what they are given."""
    environment = Environment(
        loader=FunctionLoader(load),
        autoescape=select_autoescape(default_for_string=False),
        undefined=StrictUndefined,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["silence"] = SILENCE
    environment.filters.update(when=when, on_day=on_day, line_breaks=line_breaks, quoted=quoted)
    return environment


def load(name: str) -> tuple[str, str, Callable[[], bool]] | None:
    """The source of `feature/event/part`; `body.html` is compiled from `body.mjml`."""
    folder, _, part = name.rpartition("/")
    path = folder_of(folder) / part if folder else LAYOUTS / part
    try:
        source = compiled(path.with_suffix(".mjml")) if part == HTML_BODY else path.read_text()
    except FileNotFoundError:
        return None
    return source, str(path), lambda: True


def folder_of(template: str) -> Path:
    """The folder of the template `feature/event`."""
    feature, _, event = template.partition("/")
    return FEATURES / feature / "templates" / event


def compiled(body: Path) -> str:
    """The shared layout with this body in it, from MJML to HTML; still a Jinja template.

    Parts are put in by text: mrml loses an included button's padding and class.
    """
    document = (LAYOUTS / "layout.mjml").read_text()
    for name, part in (("body.mjml", body), ("button.mjml", LAYOUTS / "button.mjml")):
        document = document.replace(f'<mj-include path="{name}" />', part.read_text())
    options = mrml.RenderOptions(disable_comments=True, fonts={})
    return mrml.to_html(document, render_options=options).content
