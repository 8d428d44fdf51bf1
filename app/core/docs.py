"""The documentation, served from this machine: Swagger UI, Redoc, and what each problem means.

Nothing is fetched from elsewhere, so the pages work offline and under a strict content policy.
"""

from collections.abc import Mapping
from html import escape
from importlib.resources import files
from pathlib import Path
from string import Template

from fastapi import APIRouter, FastAPI, Request, Response
from starlette.responses import FileResponse, HTMLResponse

from app.core.errors import AppError, NotFound
from app.core.openapi import Api, dump_openapi
from app.core.problem_catalogue import catalogue, meaning

PAGES = Path(__file__).parent / "docs_pages"

FROM_PACKAGE = ("swagger-ui-bundle.js", "swagger-ui.css", "redoc.standalone.js")
OWN = ("swagger.js", "page.css")

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src blob:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
"""Both viewers style elements inline; Redoc searches in a worker."""

A_DAY = {"Cache-Control": "public, max-age=86400"}

router = APIRouter(include_in_schema=False)


def install_docs(app: Api) -> None:
    """Serve /docs, /redoc, /docs/problems and /openapi.json."""
    app.serve(router)


@router.get("/openapi.json")
async def openapi_document(request: Request) -> Response:
    """The OpenAPI document."""
    return Response(_document(request.app), media_type="application/json")


@router.get("/docs")
async def swagger_page() -> HTMLResponse:
    """The API to try out."""
    return _page((PAGES / "swagger.html").read_text("utf-8"))


@router.get("/redoc")
async def redoc_page() -> HTMLResponse:
    """The API to read."""
    return _page((PAGES / "redoc.html").read_text("utf-8"))


@router.get("/docs/problems")
async def problems_page() -> HTMLResponse:
    """Every problem code and its meaning; each is an anchor, and a problem's `type`."""
    template = Template((PAGES / "problems.html").read_text("utf-8"))
    return _page(template.substitute(problems="\n".join(map(_explained, catalogue().values()))))


@router.get("/docs/assets/{name}")
async def docs_asset(name: str) -> FileResponse:
    """A script or style sheet of these pages."""
    path = _assets().get(name)
    if path is None:
        raise NotFound
    return FileResponse(path, headers=A_DAY)


@router.get("/favicon.svg")
@router.get("/favicon.ico")
async def favicon() -> FileResponse:
    """The icon in a browser's tab."""
    return FileResponse(PAGES / "favicon.svg", headers=A_DAY)


def _document(app: FastAPI) -> str:
    """The document as text, made once: it takes longer to write than to send."""
    if not hasattr(app.state, "openapi_text"):
        app.state.openapi_text = dump_openapi(app)
    text: str = app.state.openapi_text
    return text


def _page(html: str) -> HTMLResponse:
    return HTMLResponse(html, headers={"Content-Security-Policy": POLICY})


def _explained(error: type[AppError]) -> str:
    code = escape(error.code)
    return (
        f'<dt id="{code}"><code>{code}</code> {error.status} {escape(error.title)}</dt>'
        f"<dd>{escape(meaning(error))}</dd>"
    )


def _assets() -> Mapping[str, Path]:
    package = Path(str(files("fastapi_offline"))) / "static"
    return {name: package / name for name in FROM_PACKAGE} | {name: PAGES / name for name in OWN}
