"""An app whose requests really race."""

import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.main import create_app
from app.settings import Settings


@pytest.fixture
def racing_app(settings: Settings, fresh_database: Database) -> FastAPI:
    """The app on a database with real connections and real commits."""
    plain = settings.model_copy(update={"row_level_security": False})
    return create_app(plain, database=fresh_database)
