"""The app on real connections with real commits, for those who race through HTTP."""

import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.main import create_app
from app.settings import Settings
from tests.make import Make


@pytest.fixture
def racing_app(settings: Settings, fresh_database: Database) -> FastAPI:
    """The app on a database of the test's own."""
    plain = settings.model_copy(update={"row_level_security": False})
    return create_app(plain, database=fresh_database)


@pytest.fixture
def crowd(racing_app: FastAPI) -> Make:
    """Factories for people who race."""
    return Make(racing_app)
