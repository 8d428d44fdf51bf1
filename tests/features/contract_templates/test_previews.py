"""A template is seen as PDF before anything is made of it."""

from typing import Any
from uuid import uuid4

import httpx
import pytest
from fastapi import FastAPI

from app.core.db import Database
from app.core.documents.print_shop import PrintShop
from app.main import create_app
from app.settings import Settings
from tests.core.documents.papers import page_texts
from tests.features.contract_templates.texts import AGREEMENT, URL, problems, template
from tests.make import Make, Person


async def preview(coach: Person, template_id: str, **asked: Any) -> httpx.Response:
    return await coach.http.post(f"{URL}/{template_id}/preview", json=asked)


def text_of(response: httpx.Response) -> str:
    assert response.headers["content-type"] == "application/pdf", response.text
    return " ".join(" ".join(page_texts(response.content)).split())


async def test_a_preview_shows_samples(make: Make):
    coach = await make.coach()
    text = text_of(await preview(coach, (await template(coach))["id"]))

    assert "Ada Lovelace; notice: four weeks." in text
    assert "Agreement · Preview" in text


async def test_a_preview_shows_a_contact_and_values_given(make: Make):
    coach = await make.coach()
    contact = await make.contact(
        workspace_id=coach.workspace_id, first_name="Zoë", last_name="Šťastná"
    )
    made = await template(coach)
    shown = await preview(
        coach,
        made["id"],
        contact_id=str(contact.id),
        variables={"custom.notice_period": "*2* weeks"},
    )

    assert "Zoë Šťastná; notice: *2* weeks." in text_of(shown)


async def test_what_is_not_known_of_a_contact_is_told(make: Make):
    coach = await make.coach()
    contact = await make.contact(workspace_id=coach.workspace_id)
    made = await template(coach, body="Call {{contact.phone}}.", variables=[])

    shown = await preview(coach, made["id"], contact_id=str(contact.id))

    assert "Call [The client's telephone number]." in text_of(shown)


async def test_a_text_that_is_not_saved_yet_can_be_seen(make: Make):
    coach = await make.coach()
    made = await template(coach)

    shown = await preview(
        coach, made["id"], body="# New\n\n{{custom.fee}}", variables={"custom.fee": "€ 5"}
    )
    broken = await preview(coach, made["id"], body="{{contact.hat}}")

    assert "€ 5" in text_of(shown)
    assert problems(broken) == [("/body", "unknown_variable")]
    unchanged = (await coach.http.get(f"{URL}/{made['id']}")).json()
    assert (unchanged["body"], unchanged["version"]) == (AGREEMENT.strip(), 1)


async def test_a_strangers_contact_is_unknown(make: Make):
    coach, stranger = await make.coach(), await make.coach()
    contact = await make.contact(workspace_id=stranger.workspace_id)
    made = await template(coach)

    assert problems(await preview(coach, made["id"], contact_id=str(contact.id))) == [
        ("/contact_id", "unknown_contact")
    ]
    assert problems(await preview(coach, made["id"], program_id=str(uuid4()))) == [
        ("/program_id", "unknown_program")
    ]


@pytest.mark.parametrize(
    ("amount_minor", "currency", "shown_as"),
    [(120000, "EUR", "€1,200.00"), (1200500, "IQD", "IQD 1,200.500")],
)
async def test_a_program_fills_in_its_price(
    make: Make, amount_minor: int, currency: str, shown_as: str
):
    coach = await make.coach()
    price = {"amount_minor": amount_minor, "currency": currency}
    program = await coach.http.post("/v1/programs", json={"name": "Voice", "price": price})
    made = await template(coach, body="{{program.name}} for {{program.price}}", variables=[])

    shown = await preview(coach, made["id"], program_id=program.json()["id"])

    assert f"Voice for {shown_as}" in text_of(shown)


async def test_previews_are_limited(settings: Settings, database: Database, app: FastAPI):
    counting = settings.model_copy(update={"rate_limits": True})
    shop: PrintShop = app.state.runtime.print_shop
    coach = await Make(create_app(counting, database=database, print_shop=shop)).coach()
    made = await template(coach)

    statuses = [(await preview(coach, made["id"])).status_code for _ in range(26)]

    assert statuses[:20] == [200] * 20
    assert 429 in statuses
