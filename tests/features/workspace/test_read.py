"""The team reads the practice's settings."""

import pytest

from app.access.principal import Role
from tests.features.workspace.settings import URL, settings_of
from tests.make import Make


async def test_a_new_practice_has_reasonable_settings(make: Make) -> None:
    coach = await make.coach()

    settings = await settings_of(coach)

    assert settings["id"] == str(coach.workspace_id)
    assert settings["time_zone"] == "Europe/Berlin"
    assert settings["branding"] == {
        "logo_file_id": None,
        "logo_url": None,
        "accent_color": "#4f46e5",
    }
    assert settings["email"] == {"from_name": None, "reply_to": None}
    assert settings["portal_url"] is None
    assert settings["invoice_settings"] == {
        "seller_name": None,
        "seller_address": None,
        "seller_country": None,
        "tax_id": None,
        "bank_details": None,
        "default_tax_rate": "0",
        "tax_exempt_reason": None,
        "payment_terms_days": 14,
        "number_prefix": "INV",
        "credit_note_prefix": "CN",
        "reminder_days": [-3, 0, 7, 14],
        "footer": None,
    }


@pytest.mark.parametrize("role", ["coach", "assistant"])
async def test_the_whole_team_may_read_them(make: Make, role: Role) -> None:
    owner = await make.coach()
    member = await make.coach(role=role, workspace_id=owner.workspace_id)

    assert await settings_of(member) == await settings_of(owner)


async def test_clients_and_strangers_may_not(make: Make) -> None:
    coach = await make.coach()
    client = await make.client(workspace_id=coach.workspace_id)

    refused = await client.http.get(URL)

    assert refused.status_code == 403
    assert refused.json()["code"] == "coaches_only"
    async with make.anonymous() as nobody:
        assert (await nobody.get(URL)).status_code == 401


async def test_everybody_sees_their_own_practice(make: Make) -> None:
    first, second = await make.coach(), await make.coach()

    assert (await settings_of(first))["id"] == str(first.workspace_id)
    assert (await settings_of(second))["id"] == str(second.workspace_id)


async def test_unchanged_settings_are_not_sent_again(make: Make) -> None:
    coach = await make.coach()
    tag = (await coach.http.get(URL)).headers["ETag"]

    again = await coach.http.get(URL, headers={"If-None-Match": tag})

    assert again.status_code == 304
