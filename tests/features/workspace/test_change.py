"""An owner changes the practice's settings."""

from typing import Any

import pytest
from sqlalchemy import select

from app.access.principal import Role
from app.models import Event, WorkspaceListing
from tests.features.images.uploads import uploaded
from tests.features.workspace.settings import ANY, URL, change, settings_of
from tests.make import Make, Person

EVERYTHING: dict[str, Any] = {
    "name": "Berg Coaching",
    "slug": "berg-coaching",
    "time_zone": "America/New_York",
    "locale": "de-CH",
    "currency": "CHF",
    "branding": {"accent_color": "#AA3300"},
    "email": {"from_name": "Maya Berg", "reply_to": "maya@example.test"},
    "portal_url": "https://portal.example.test/app/",
    "invoice_settings": {
        "seller_name": "Berg GmbH",
        "seller_address": "Seeweg 1\n8000 Zürich",
        "seller_country": "CH",
        "tax_id": "CHE-123.456.789",
        "bank_details": "IBAN CH93 0076 2011 6238 5295 7",
        "default_tax_rate": "8.1",
        "tax_exempt_reason": "Art. 21",
        "payment_terms_days": 30,
        "number_prefix": "BERG",
        "credit_note_prefix": "BERG-C",
        "reminder_days": [-7, 1],
        "footer": "Thank you!",
    },
}


async def test_every_setting_can_be_changed(make: Make) -> None:
    coach = await make.coach()
    before = await settings_of(coach)

    answer = await change(coach, **EVERYTHING)

    assert answer.status_code == 200, answer.text
    settings = answer.json()
    for name in ("name", "slug", "time_zone", "locale", "currency", "email", "invoice_settings"):
        assert settings[name] == EVERYTHING[name]
    assert settings["branding"]["accent_color"] == "#aa3300"
    assert settings["portal_url"] == "https://portal.example.test/app"
    assert settings["version"] == before["version"] + 1
    assert settings == await settings_of(coach)


async def test_what_is_left_out_stays_inside_nested_objects_too(make: Make) -> None:
    coach = await make.coach()
    await change(coach, **EVERYTHING)

    await change(coach, email={"reply_to": None}, invoice_settings={"payment_terms_days": 0})

    settings = await settings_of(coach)
    assert settings["email"] == {"from_name": "Maya Berg", "reply_to": None}
    assert settings["invoice_settings"] == {
        **EVERYTHING["invoice_settings"],
        "payment_terms_days": 0,
    }
    assert settings["branding"]["accent_color"] == "#aa3300"


async def test_the_logo_is_one_of_the_practices_pictures(make: Make) -> None:
    coach = await make.coach()
    image = await uploaded(coach)

    branding = (await change(coach, branding={"logo_file_id": image["id"]})).json()["branding"]
    removed = (await change(coach, branding={"logo_file_id": None})).json()["branding"]

    assert (branding["logo_file_id"], branding["logo_url"]) == (image["id"], image["url"])
    assert (removed["logo_file_id"], removed["logo_url"]) == (None, None)


async def test_another_practices_picture_is_no_logo(make: Make) -> None:
    coach, other = await make.coach(), await make.coach()
    image = await uploaded(other)

    refused = await change(coach, branding={"logo_file_id": image["id"]})

    assert refused.status_code == 422
    assert refused.json()["code"] == "unknown_image"
    assert refused.json()["errors"][0]["pointer"] == "/branding/logo_file_id"
    assert (await settings_of(coach))["branding"]["logo_file_id"] is None


async def test_an_event_names_what_has_changed(make: Make) -> None:
    coach = await make.coach()

    await change(coach, name="Berg", branding={"accent_color": "#4f46e5"}, email={"from_name": "M"})

    [event] = await _events(make, coach)
    assert event.data == {"changed": ["name", "email.from_name"]}
    assert event.actor_id == coach.user_id


async def test_the_same_values_again_change_nothing(make: Make) -> None:
    coach = await make.coach()
    await change(coach, **EVERYTHING)
    before = await settings_of(coach)

    again = await change(coach, **EVERYTHING)

    assert again.json() == before
    assert len(await _events(make, coach)) == 1


async def test_the_directory_of_practices_follows(make: Make) -> None:
    coach = await make.coach()

    await change(coach, name="Berg Coaching", slug="berg-coaching")

    async with make.runtime.database.reading() as session:
        listing = await session.get(WorkspaceListing, coach.workspace_id)
    assert listing is not None
    assert (listing.name, listing.slug) == ("Berg Coaching", "berg-coaching")
    spaces = (await coach.http.get("/v1/me")).json()["spaces"]
    assert [space["workspace_name"] for space in spaces] == ["Berg Coaching"]


@pytest.mark.parametrize("role", ["coach", "assistant"])
async def test_only_owners_change_them(make: Make, role: Role) -> None:
    owner = await make.coach()
    member = await make.coach(role=role, workspace_id=owner.workspace_id)

    refused = await change(member, name="Mine")

    assert refused.status_code == 403
    assert refused.json()["code"] == "missing_permission"


async def test_clients_and_strangers_change_nothing(make: Make) -> None:
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)

    assert (await change(client, name="Mine")).json()["code"] == "coaches_only"
    async with make.anonymous() as nobody:
        refused = await nobody.patch(URL, json={"name": "Mine"}, headers=ANY)
    assert refused.status_code == 401


async def _events(make: Make, person: Person) -> list[Event]:
    async with make.runtime.database.reading(person.workspace_id) as session:
        found = await session.scalars(
            select(Event)
            .where(Event.workspace_id == person.workspace_id, Event.type == "workspace.updated")
            .order_by(Event.id)
        )
        return list(found)
