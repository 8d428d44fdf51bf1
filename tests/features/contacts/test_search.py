"""A coach looks for contacts."""

import pytest

from tests.features.contacts.adding import add_contact, listed
from tests.make import Make


async def test_a_part_of_the_name_the_address_or_the_company_finds(make: Make):
    coach = await make.coach()
    await add_contact(coach, first_name="Maya", last_name="Lindgren")
    await add_contact(coach, first_name="Noah", email="noah@larks.test")
    await add_contact(coach, first_name="Olga", company="Larkspur GmbH")
    await add_contact(coach, first_name="Petra")
    assert await listed(coach, search="indgr") == ["Maya"]
    assert await listed(coach, search="lark", sort="name") == ["Noah", "Olga"]
    assert await listed(coach, search="nobody") == []


async def test_case_does_not_matter_in_any_alphabet(make: Make):
    coach = await make.coach()
    await add_contact(coach, first_name="ÅSA", last_name="Öberg")
    await add_contact(coach, first_name="Ольга", last_name="ЮРЬЕВА")
    assert await listed(coach, search="åsa öBERG") == ["ÅSA"]
    assert await listed(coach, search="ОЛЬГА юрьева") == ["Ольга"]


async def test_every_word_must_be_found_in_whatever_order(make: Make):
    coach = await make.coach()
    await add_contact(coach, first_name="Maya", last_name="Lindgren", company="Larks")
    assert await listed(coach, search="larks may") == ["Maya"]
    assert await listed(coach, search="larks noah") == []


@pytest.mark.parametrize("wildcard", ["%", "_", "\\", "a%a", "M_ya", "50%"])
async def test_wildcards_are_letters_like_any_other(make: Make, wildcard: str):
    coach = await make.coach()
    await add_contact(coach, first_name="Maya", company="plain")
    await add_contact(coach, first_name="Odd", company=rf"{wildcard} \ % _")
    assert await listed(coach, search=wildcard) == ["Odd"]


async def test_an_empty_search_finds_everybody(make: Make):
    coach = await make.coach()
    await add_contact(coach, first_name="Maya")
    assert await listed(coach, search="") == ["Maya"]
    assert await listed(coach, search="  ") == ["Maya"]


async def test_quotes_and_operators_are_no_syntax(make: Make):
    coach = await make.coach()
    await add_contact(coach, first_name="O'Neil")
    assert await listed(coach, search="o'neil") == ["O'Neil"]
    assert await listed(coach, search="' OR '1'='1") == []


@pytest.mark.parametrize("query", [{"search": "x" * 101}, {"serch": "maya"}, {"limit": "0"}])
async def test_a_query_that_makes_no_sense_is_refused(make: Make, query: dict[str, str]):
    coach = await make.coach()
    answer = await coach.http.get("/v1/contacts", params=query)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["in"] == "query"
