"""The same answer for people, who open the link of a letter in their browser."""

from functools import cache
from pathlib import Path

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, Template

from app.features.preferences.schemas_unsubscribing import UnsubscribeOut

PAGES = Path(__file__).parent / "pages"
POLICY = (
    "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)


def for_whoever_asks(
    request: Request, token: str, answer: UnsubscribeOut
) -> UnsubscribeOut | HTMLResponse:
    """A page for browsers, which ask for HTML; JSON for everybody else."""
    if "text/html" not in request.headers.get("accept", ""):
        return answer
    here = f"/v1/public/unsubscribe/{token}"
    page = _template().render(**answer.model_dump(), here=here)
    return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})


@cache
def _template() -> Template:
    environment = Environment(loader=FileSystemLoader(PAGES), autoescape=True)
    return environment.get_template("unsubscribe.html")
