import pytest

from app.access.password_rules import WeakPassword, check_new_password, common_passwords

EMAIL = "maya.okafor@example.test"


@pytest.mark.parametrize(
    "password",
    [
        "two-larks-over-the-lake",
        "correct horse battery staple",
        "Zq7!vR2#mK9$",
        "глубокий-вдох-и-выдох",
        "my sister maya sings",
        "aaaaaaaaaaaa but not only",
    ],
)
def test_a_long_password_of_ones_own_is_accepted(password: str):
    check_new_password(password, email=EMAIL)


@pytest.mark.parametrize(
    ("password", "code"),
    [
        ("password1234", "common_password"),
        ("PASSWORD!!!!!!", "common_password"),
        ("P@$$w0rd2026!", "common_password"),
        ("12345dragon!12345", "common_password"),
        ("letmein202600", "common_password"),
        ("atrium123456", "common_password"),
        ("1qaz2wsx3edc", "common_password"),
        ("123456789012", "regular_password"),
        ("210987654321", "regular_password"),
        ("abcdefghijklm", "regular_password"),
        ("zyxwvutsrqpo", "regular_password"),
        ("QWERTYUIOPAS", "regular_password"),
        ("aaaaaaaaaaaa", "regular_password"),
        ("hunterhunter", "regular_password"),
        ("lark-lark-lark-", "regular_password"),
        ("maya.okafor@example.test", "password_contains_email"),
        ("xx-Maya.Okafor-xx", "password_contains_email"),
    ],
)
def test_what_is_tried_first_is_refused(password: str, code: str):
    with pytest.raises(WeakPassword) as refusal:
        check_new_password(password, email=EMAIL)

    assert refusal.value.errors
    assert refusal.value.errors[0]["code"] == code
    assert password not in str(refusal.value.errors)


def test_a_short_name_in_the_address_forbids_nothing():
    check_new_password("al fresco in the garden", email="al@example.test")


def test_the_blocklist_is_in_the_form_it_is_searched_in():
    assert len(common_passwords()) > 2500
    assert all(word == word.casefold().strip() for word in common_passwords())
