"""Statements and exports: what was owed after each entry, and tables that run nothing."""

import csv
import io
import random
from typing import Any

import pytest

from tests.features.invoices.billing import TEAM, act, done, draft, issued, pair, read
from tests.make import Make, Person


async def statement(person: Person, contact_id: object, **query: str) -> dict[str, Any]:
    own = "/v1/portal/statement" if person.contact_id else f"/v1/contacts/{contact_id}/statement"
    answer = await person.http.get(own, params=query)
    assert answer.status_code == 200, answer.text
    return dict(answer.json())


async def test_each_entry_says_what_is_owed_from_then_on(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    await draft(owner, client.contact_id)
    await done(owner, one, "payments", {"amount_minor": 30000})
    await done(owner, one, "refunds", {"amount_minor": 10000})
    await done(owner, one, "credit-notes", {"amount_minor": 1420})
    void = await issued(owner, client.contact_id)
    await done(owner, void, "void")
    found = await statement(owner, client.contact_id)
    [account] = found["accounts"]
    shown = [(e["kind"], e["change_minor"], e["balance_minor"]) for e in account["entries"]]
    assert shown == [
        ("invoice", 21420, 21420),
        ("payment", -30000, -8580),
        ("refund", 8580, 0),
        ("credit_note", 0, 0),
        ("invoice", 0, 0),
    ]
    assert (account["currency"], account["closing_balance_minor"]) == ("EUR", 0)
    assert found == await statement(client, None)


async def test_what_came_before_is_the_opening_balance(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    paid = {"amount_minor": 1000, "received_on": "2020-02-01"}
    await done(owner, one, "payments", paid)
    await issued(owner, client.contact_id, currency="JPY")
    since = {"from": "2020-03-01"}
    accounts = (await statement(owner, client.contact_id, **since))["accounts"]
    opening = {each["currency"]: each["opening_balance_minor"] for each in accounts}
    assert opening == {"EUR": -1000, "JPY": 0}
    early = await statement(owner, client.contact_id, **{"from": "2019-01-01", "to": "2020-12-31"})
    assert [each["closing_balance_minor"] for each in early["accounts"]] == [-1000]


@pytest.mark.parametrize("seed", range(4))
async def test_the_balance_is_what_the_invoices_say(make: Make, seed: int):
    """Whatever happens in whatever order: what is due, less what waits to be paid back."""
    dice = random.Random(seed)  # noqa: S311 - repeatable, and no secret
    owner, client = await pair(make)
    every = [await issued(owner, client.contact_id) for _ in range(3)]
    for _ in range(25):
        one, verb = dice.choice(every), dice.choice(["payments", "refunds", "credit-notes", "void"])
        body = {} if verb == "void" else {"amount_minor": dice.choice([100, 5000, 21420])}
        await act(owner, one, verb, body)
    owed = 0
    for one in every:
        now = await read(owner, one)
        owed += now["amount_due_minor"] - now["unapplied_minor"]
    [account] = (await statement(owner, client.contact_id))["accounts"]
    assert account["closing_balance_minor"] == owed


async def test_a_statement_is_a_table_as_well(make: Make):
    owner, client = await pair(make)
    one = await issued(owner, client.contact_id)
    answer = await owner.http.get(f"/v1/contacts/{client.contact_id}/statement.csv")
    assert answer.headers["content-type"].startswith("text/csv")
    rows = list(csv.reader(io.StringIO(answer.text, newline="")))
    assert rows[0][:3] == ["date", "kind", "number"]
    assert rows[1][1:] == ["opening_balance", "", "EUR", "", "", "0.00"]
    shown = ["invoice", one["number"], "EUR", "214.20", "214.20", "214.20"]
    assert rows[2] == [one["issued_on"], *shown]


async def test_the_export_is_streamed_and_harmless(make: Make, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("app.features.invoices.exporting.ROWS_AT_ONCE", 2)
    owner, client = await pair(make)
    evil = await make.contact(workspace_id=owner.workspace_id, first_name='=HYPERLINK("x")')
    for contact_id in (evil.id, *[client.contact_id] * 4):
        await issued(owner, contact_id)
    await draft(owner, client.contact_id)
    answer = await owner.http.get(f"{TEAM}/export")
    rows = list(csv.DictReader(io.StringIO(answer.text, newline="")))
    assert len(rows) == 6
    assert [row["number"][-4:] for row in rows[1:]] == ["0005", "0004", "0003", "0002", "0001"]
    assert rows[-1]["contact_name"].startswith("'=HYPERLINK")
    assert (rows[1]["total"], rows[1]["amount_due"]) == ("214.20", "214.20")
    only = await owner.http.get(f"{TEAM}/export", params={"status": "draft"})
    assert len(only.text.splitlines()) == 2


async def test_a_strangers_account_does_not_exist(make: Make):
    owner, _ = await pair(make)
    stranger = await make.contact(workspace_id=(await make.coach()).workspace_id)
    answer = await owner.http.get(f"/v1/contacts/{stranger.id}/statement")
    assert answer.status_code == 404
