"""The committed OpenAPI document is the one the app would write."""

from pathlib import Path

from fastapi import FastAPI

from app.core.openapi import dump_openapi

COMMITTED = Path(__file__).parents[2] / "openapi" / "openapi.json"


def test_the_committed_document_is_current(app: FastAPI):
    assert COMMITTED.read_text("utf-8") == dump_openapi(app), "run `make openapi`"


def test_no_schema_is_called_by_its_module(app: FastAPI):
    """Two models of one name are told apart by their modules, which SDKs then call types by."""
    names = app.openapi()["components"]["schemas"]

    assert [name for name in names if "__" in name] == []


def test_the_document_keeps_to_openapi_3_1(app: FastAPI):
    """FastAPI describes streams by 3.2's `itemSchema`, at which generators of SDKs stop."""
    assert app.openapi()["openapi"].startswith("3.1.")
    assert '"itemSchema"' not in dump_openapi(app)
