import pytest

from app.features.accounts.slugs import slug_of


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Zoë's Coaching", "zoes-coaching"),
        ("  Deep -- Work!  ", "deep-work"),
        ("Überblick & Weitsicht", "uberblick-weitsicht"),
        ("コーチング", "practice"),
        ("7", "practice"),
        ("a" * 39 + " bcd", "a" * 39),
        ("x" * 100, "x" * 40),
    ],
)
def test_a_name_becomes_a_slug(name: str, slug: str):
    assert slug_of(name) == slug
