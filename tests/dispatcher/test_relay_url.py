import pytest

from app.dispatcher.relay import relay_from_url


@pytest.mark.parametrize(
    ("url", "host", "port", "security"),
    [
        ("smtp://relay.example", "relay.example", 25, "none"),
        ("smtp://relay.example:2525", "relay.example", 2525, "none"),
        ("smtp://relay.example?starttls", "relay.example", 587, "starttls"),
        ("smtp://relay.example:25/?starttls", "relay.example", 25, "starttls"),
        ("smtps://relay.example", "relay.example", 465, "tls"),
        ("smtp://[::1]:25", "::1", 25, "none"),
    ],
)
def test_the_url_names_the_relay(url: str, host: str, port: int, security: str) -> None:
    relay = relay_from_url(url)
    assert (relay.host, relay.port, relay.security) == (host, port, security)
    assert relay.username is None
    assert (relay.tls_context is None) == (security == "none")


def test_user_and_password_are_percent_decoded() -> None:
    relay = relay_from_url("smtp://ann%40example.com:p%40ss%3Aword@relay.example")
    assert (relay.username, relay.password) == ("ann@example.com", "p@ss:word")


def test_the_password_is_not_shown() -> None:
    assert "secret" not in repr(relay_from_url("smtp://ann:secret@relay.example"))


@pytest.mark.parametrize(
    "url",
    [
        "http://ann:secret@relay.example",
        "smtp://",
        "smtp://ann:secret@:25",
        "smtp://ann:secret@relay.example:99999",
        "smtp://ann:secret@relay.example:port",
        "smtp://ann:secret@relay.example?startls",
        "smtp://ann:secret@relay.example?starttls=no",
        "smtp://ann:secret@relay.example/path",
        "smtps://ann:secret@relay.example?starttls",
    ],
)
def test_a_wrong_url_is_refused_in_one_line_without_its_password(url: str) -> None:
    with pytest.raises(ValueError, match=r"SMTP URL|smtps://") as refusal:
        relay_from_url(url)
    assert "secret" not in str(refusal.value)
    assert "\n" not in str(refusal.value)
