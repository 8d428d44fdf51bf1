"""A wrong value in the environment is refused in one line that names the setting."""

import pytest

from app.settings import SettingsError, load_settings


@pytest.mark.parametrize(
    ("setting", "value"),
    [
        ("PORT", "abc"),
        ("PORT", "0"),
        ("PORT", "70000"),
        ("PUBLIC_URL", "nope"),
        ("PORTAL_URL", "ftp://portal.example.com"),
        ("PORTAL_URL", "https://portal.example.com/#/app"),
        ("DATABASE_URL", "mysql://localhost/atrium"),
        ("DATABASE_POOL", "0"),
        ("SMTP_URL", "http://localhost"),
        ("SMTP_URL", "smtp://localhost:99999"),
        ("SMTP_URL", "smtp://localhost?startls"),
        ("MAIL_FROM", "nobody"),
        ("MAIL_FROM", "nobody@"),
        ("MAIL_FROM", "A\r\nBcc: b@example.com <a@example.com>"),
        ("WORKER", "maybe"),
        ("DEMO", "2"),
        ("CORS_ORIGINS", "*"),
        ("CORS_ORIGINS", "https://app.example.com/path"),
        ("CORS_ORIGINS", "https://app.example.com,https://user@app.example.com"),
        ("TRUSTED_PROXIES", "proxy"),
        ("SECRET_KEY", "short"),
        ("LOG_LEVEL", "loud"),
    ],
)
def test_the_start_is_refused(setting: str, value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"ATRIUM_{setting}", value)

    with pytest.raises(SettingsError) as refusal:
        load_settings()

    line = str(refusal.value)
    assert line.startswith(f"ATRIUM_{setting}: ")
    assert "\n" not in line


def test_origins_are_compared_as_browsers_send_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ATRIUM_CORS_ORIGINS", "https://App.Example.com/, http://localhost:5173")

    assert load_settings().cors_origins == ("https://app.example.com", "http://localhost:5173")
