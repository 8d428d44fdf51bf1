"""Profiles that can't be."""

from typing import Any

import pytest

from tests.features.profile.profiles import change, profile_of
from tests.make import Make

ELSEWHERE = {
    "linkedin": [
        "https://example.test/in/maya",
        "https://linkedin.com.example.test/in/maya",
        "https://notlinkedin.com/in/maya",
        "https://linkedin.com@example.test/in/maya",
        "https://maya@linkedin.com/in/maya",
        "https://example.test/linkedin.com",
        "https://example.test?linkedin.com",
        "https://example.test#linkedin.com",
        "https://example.test\\.linkedin.com",
        "https://example.test%2f.linkedin.com",
        "https://l\N{CYRILLIC SMALL LETTER BYELORUSSIAN-UKRAINIAN I}nkedin.com/in/maya",
        "javascript:alert('linkedin.com')",
        "ftp://linkedin.com/in/maya",
        "linkedin.com/in/maya",
        "https://linkedin.com/in/ maya",
        "https://linkedin.com/in/maya\n",
        "",
    ],
    "instagram": ["https://facebook.com/maya"],
    "facebook": ["https://instagram.com/maya"],
    "x": ["https://max.com/maya", "https://netflix.com/maya"],
    "youtube": ["https://youtube.example.test"],
    "tiktok": ["https://tiktok.co/maya"],
    "website": ["javascript:alert(1)", "https://bank.example@example.test", "example.test"],
}


@pytest.mark.parametrize(
    ("network", "url"), [(name, url) for name, urls in ELSEWHERE.items() for url in urls]
)
async def test_a_social_link_lies_at_its_network(make: Make, network: str, url: str) -> None:
    coach = await make.coach()

    answer = await change(coach, social_links={network: url})

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == f"/social_links/{network}"
    assert (await profile_of(coach))["social_links"][network] is None


@pytest.mark.parametrize(
    ("network", "url"),
    [
        ("linkedin", "https://www.linkedin.com/in/maya?trk=x#top"),
        ("linkedin", "HTTPS://LinkedIn.com/in/maya"),
        ("linkedin", "https://linkedin.com."),
        ("instagram", "https://instagram.com/maya"),
        ("facebook", "https://m.facebook.com/maya"),
        ("x", "https://twitter.com/maya"),
        ("youtube", "https://www.youtube.com/@maya"),
        ("tiktok", "https://vm.tiktok.com/x/"),
        ("website", "http://maya.example.test:8080/about"),
    ],
)
async def test_the_networks_have_several_addresses(make: Make, network: str, url: str) -> None:
    coach = await make.coach()

    answer = await change(coach, social_links={network: url})

    assert answer.status_code == 200, answer.text
    assert answer.json()["social_links"][network] == url


@pytest.mark.parametrize(
    ("pointer", "members"),
    [
        ("/display_name", {"display_name": ""}),
        ("/display_name", {"display_name": None}),
        ("/display_name", {"display_name": "Maya\nBerg"}),
        ("/headline", {"headline": "x" * 201}),
        ("/bio", {"bio": "x" * 5001}),
        ("/bio", {"bio": "a\x07b"}),
        ("/photo_file_id", {"photo_file_id": "portrait"}),
        ("/email", {"email": "maya"}),
        ("/phone", {"phone": "030 123456"}),
        ("/website", {"website": "javascript:alert(1)"}),
        ("/website", {"website": "https://bank.example@example.test"}),
        ("/social_links", {"social_links": None}),
        ("/social_links/myspace", {"social_links": {"myspace": "https://myspace.com"}}),
        ("/visibility/email", {"visibility": {"email": None}}),
        ("/visibility/email", {"visibility": {"email": "true"}}),
        ("/visibility/email", {"visibility": {"email": 1}}),
        ("/visibility/display_name", {"visibility": {"display_name": False}}),
        ("/member_id", {"member_id": "x"}),
    ],
)
async def test_it_is_refused_at_its_place_and_changes_nothing(
    make: Make, pointer: str, members: dict[str, Any]
) -> None:
    coach = await make.coach()
    before = await profile_of(coach)

    answer = await change(coach, **members)

    assert answer.status_code == 422, answer.text
    assert answer.json()["errors"][0]["pointer"] == pointer
    assert await profile_of(coach) == before
