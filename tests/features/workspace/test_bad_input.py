"""Settings that can't be."""

from typing import Any

import pytest

from tests.features.workspace.settings import change, settings_of
from tests.make import Make

NUL, OVERRIDE = "\x00", "\N{RIGHT-TO-LEFT OVERRIDE}"


@pytest.mark.parametrize(
    ("pointer", "members"),
    [
        ("/name", {"name": " "}),
        ("/name", {"name": None}),
        ("/name", {"name": "x" * 101}),
        ("/name", {"name": "Berg\nBcc: all@example.test"}),
        ("/slug", {"slug": "Berg Coaching"}),
        ("/slug", {"slug": "-berg"}),
        ("/slug", {"slug": "b"}),
        ("/slug", {"slug": "zürich"}),
        ("/time_zone", {"time_zone": "Mars/Olympus"}),
        ("/locale", {"locale": "xx-YY"}),
        ("/currency", {"currency": "XXX"}),
        ("/currency", {"currency": "eur"}),
        ("/branding", {"branding": None}),
        ("/branding/accent_color", {"branding": {"accent_color": "red"}}),
        ("/branding/accent_color", {"branding": {"accent_color": "#fff"}}),
        ("/branding/accent_color", {"branding": {"accent_color": None}}),
        ("/branding/logo_file_id", {"branding": {"logo_file_id": "logo"}}),
        ("/branding/logo", {"branding": {"logo": "x"}}),
        ("/email/from_name", {"email": {"from_name": "Maya\r\nBcc: all@example.test"}}),
        ("/email/from_name", {"email": {"from_name": "Maya\u2028Bcc"}}),
        ("/email/from_name", {"email": {"from_name": f"Maya{OVERRIDE}"}}),
        ("/email/from_name", {"email": {"from_name": "ceo@bank.example"}}),
        ("/email/from_name", {"email": {"from_name": "CEO <ceo"}}),
        ("/email/from_name", {"email": {"from_name": "ceo\N{FULLWIDTH COMMERCIAL AT}bank"}}),
        ("/email/from_name", {"email": {"from_name": "ceo\N{SMALL COMMERCIAL AT}bank"}}),
        ("/email/reply_to", {"email": {"reply_to": "maya"}}),
        ("/email/reply_to", {"email": {"reply_to": "maya@example.test\r\nBcc: x@y.test"}}),
        ("/portal_url", {"portal_url": "javascript:alert(1)"}),
        ("/portal_url", {"portal_url": "ftp://example.test"}),
        ("/portal_url", {"portal_url": "//example.test"}),
        ("/portal_url", {"portal_url": "https://"}),
        ("/portal_url", {"portal_url": "https://example.test:0"}),
        ("/portal_url", {"portal_url": "https://bank.example@evil.example"}),
        ("/portal_url", {"portal_url": "https://example.test/?page=1"}),
        ("/portal_url", {"portal_url": "https://example.test/?"}),
        ("/portal_url", {"portal_url": "https://example.test/#top"}),
        ("/portal_url", {"portal_url": "https://example.test/a b"}),
        ("/invoice_settings/payment_terms_days", {"invoice_settings": {"payment_terms_days": -1}}),
        ("/invoice_settings/payment_terms_days", {"invoice_settings": {"payment_terms_days": 366}}),
        ("/invoice_settings/payment_terms_days", {"invoice_settings": {"payment_terms_days": "7"}}),
        ("/invoice_settings/payment_terms_days", {"invoice_settings": {"payment_terms_days": 7.0}}),
        ("/invoice_settings/number_prefix", {"invoice_settings": {"number_prefix": "A/B"}}),
        ("/invoice_settings/number_prefix", {"invoice_settings": {"number_prefix": None}}),
        ("/invoice_settings/footer", {"invoice_settings": {"footer": "x" * 1001}}),
        ("/invoice_settings/footer", {"invoice_settings": {"footer": f"a{NUL}b"}}),
        ("/id", {"id": "x"}),
        ("/version", {"version": 2}),
    ],
)
async def test_it_is_refused_at_its_place_and_changes_nothing(
    make: Make, pointer: str, members: dict[str, Any]
) -> None:
    coach = await make.coach()
    before = await settings_of(coach)

    answer = await change(coach, **members)

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await settings_of(coach) == before
