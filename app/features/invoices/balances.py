"""A contact's account: what each document and payment changed, and what was owed then. Pure."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Literal
from uuid import UUID

EntryKind = Literal["invoice", "credit_note", "payment", "refund"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that concerns an invoice, in minor units; `settled` is whether that is paid now."""

    kind: EntryKind
    on: date
    invoice_id: UUID
    number: str
    currency: str
    amount_minor: int
    settled: bool
    void: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An entry, by how much it changed what is owed, and what is owed from then on."""

    entry: Entry
    change_minor: int
    balance_minor: int


@dataclass(slots=True)
class _Account:
    """What one invoice asked for, and what came and went, so far."""

    asked: int = 0
    credited: int = 0
    received: int = 0
    returned: int = 0

    def balance(self, *, settled: bool) -> int:
        """What is owed: less than nothing where money waits to be paid back or used.

        An invoice that is paid stays so when money goes back (`books.recompute`).
        """
        owed, kept = self.asked - self.credited, self.received - self.returned
        if settled and self.received >= owed:
            return -max(kept - owed, 0)
        return owed - kept

    def book(self, entry: Entry) -> None:
        match entry.kind:
            case "invoice":
                self.asked += 0 if entry.void else entry.amount_minor
            case "credit_note":
                self.credited += 0 if entry.void else entry.amount_minor
            case "payment":
                self.received += entry.amount_minor
            case "refund":
                self.returned += entry.amount_minor


@dataclass(slots=True)
class Ledger:
    """The accounts of all invoices in one currency; `balance_minor` is their sum."""

    balance_minor: int = 0
    _accounts: dict[UUID, _Account] = field(default_factory=dict)

    def booked(self, entries: Iterable[Entry]) -> Iterator[Booked]:
        """Each of these, in the order they happened, with what it changed."""
        for entry in entries:
            account = self._accounts.setdefault(entry.invoice_id, _Account())
            before = account.balance(settled=entry.settled)
            account.book(entry)
            change = account.balance(settled=entry.settled) - before
            self.balance_minor += change
            yield Booked(entry=entry, change_minor=change, balance_minor=self.balance_minor)
