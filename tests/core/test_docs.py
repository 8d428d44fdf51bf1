import re
from collections.abc import AsyncIterator

import httpx
import pytest

from app.core.problem_catalogue import catalogue
from tests.core.small_app import client_of, small_app

PAGES = ("/docs", "/redoc", "/docs/problems")


@pytest.fixture(scope="module")
async def http() -> AsyncIterator[httpx.AsyncClient]:
    async with client_of(small_app()) as client:
        yield client


@pytest.mark.parametrize("page", PAGES)
async def test_pages_need_nothing_from_elsewhere(http: httpx.AsyncClient, page: str) -> None:
    answer = await http.get(page)

    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert "//" not in re.sub(r"<!doctype[^>]*>", "", answer.text)
    base = httpx.URL(f"http://testserver{page}")
    for reference in re.findall(r'(?:src|href|spec-url)="([^"#]+)"', answer.text):
        found = await http.get(base.join(reference))
        assert found.status_code == 200, reference


@pytest.mark.parametrize("page", PAGES)
async def test_pages_run_scripts_of_this_server_only(http: httpx.AsyncClient, page: str) -> None:
    answer = await http.get(page)

    assert "script-src 'self';" in answer.headers["content-security-policy"]
    assert "<script>" not in answer.text
    assert "onload=" not in answer.text


async def test_every_problem_is_explained_at_its_type(http: httpx.AsyncClient) -> None:
    page = (await http.get("/docs/problems")).text
    problem = (await http.get("/v1/nowhere")).json()

    assert problem["type"] == "/docs/problems#not_found"
    for code in catalogue():
        assert f'id="{code}"' in page


async def test_the_document_is_served(http: httpx.AsyncClient) -> None:
    answer = await http.get("/openapi.json")

    assert answer.headers["content-type"] == "application/json"
    assert answer.json()["openapi"].startswith("3.1")


@pytest.mark.parametrize("name", ["nothing.js", "..%2fdocs.py", "%2e%2e", "swagger.html"])
async def test_only_the_pages_assets_are_served(http: httpx.AsyncClient, name: str) -> None:
    assert (await http.get(f"/docs/assets/{name}")).status_code == 404


async def test_browsers_find_an_icon(http: httpx.AsyncClient) -> None:
    answer = await http.get("/favicon.ico")

    assert answer.headers["content-type"] == "image/svg+xml"
    assert answer.headers["cache-control"] == "public, max-age=86400"
