"""A coach and a client of one practice, and other settings for one test."""

from collections.abc import Callable, Iterator
from dataclasses import replace

import pytest
from fastapi import FastAPI

from app.access.runtime import Runtime
from app.core.storage_places import open_storage
from tests.make import Make, Person
from tests.post_office import PostOffice

Resettle = Callable[..., PostOffice]
"""Gives the app other settings; answers a dispatcher that has them too."""


@pytest.fixture
async def coach(make: Make) -> Person:
    """The owner of a practice."""
    return await make.coach()


@pytest.fixture
async def client(make: Make, coach: Person) -> Person:
    """A client of that practice."""
    return await make.client(workspace_id=coach.workspace_id, first_name="Ada", last_name="Lima")


@pytest.fixture
def resettle(app: FastAPI, make: Make) -> Iterator[Resettle]:
    """Changes settings until the test is over."""
    usual: Runtime = make.runtime

    def changed(**settings: object) -> PostOffice:
        others = usual.settings.model_copy(update=settings)
        app.state.runtime = replace(usual, settings=others, storage=open_storage(others))
        make.runtime = app.state.runtime
        return PostOffice(make.runtime)

    yield changed
    app.state.runtime = usual
