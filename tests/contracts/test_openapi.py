"""The committed OpenAPI document is the one the app would write."""

from pathlib import Path

from fastapi import FastAPI

from app.core.openapi import dump_openapi

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"


def test_the_committed_document_is_current(app: FastAPI):
    assert COMMITTED.read_text("utf-8") == dump_openapi(app), "run `make openapi`"
