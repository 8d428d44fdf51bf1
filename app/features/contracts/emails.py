"""Letters about contracts: signers are asked and reminded, coaches learn what came of it."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from uuid import UUID

from app.core.events import RecordedEvent
from app.core.file_names import clean_name
from app.core.letters import Action, Letter, Recipient, StoredEnclosure, TokenRef
from app.repositories.casts import Cast

SIGN_TOKEN = "sign"  # noqa: S105 - a prefix, not a secret

TO_SIGN = frozenset({"contract_sent", "contract_reminder"})
"""Letters that ask for a signature; a coach is asked in words of their own."""

LARGEST_ENCLOSURE = 10 * 1024 * 1024
"""Bytes: many mail servers turn away what is larger; the link leads to the document anyway."""


def sent(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks those who sign first."""
    return _to_signers(event, cast, "contract_sent", label="Read and sign")


def signers_asked(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Asks those whose turn it is after somebody signed."""
    return _to_signers(event, cast, "contract_sent", label="Read and sign")


def reminder(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Reminds those whose turn it is."""
    return _to_signers(event, cast, "contract_reminder", label="Read and sign")


def voided(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells those who had been asked that there is nothing left to sign, and why."""
    return _to_signers(event, cast, "contract_voided")


def expired(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells those who had been asked that the time is over."""
    return _to_signers(event, cast, "contract_expired")


def signed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach who signed, and how many are left."""
    return _to_coach(event, cast, "contract_signed", ("signer", "left"))


def declined(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach who won't sign, and why."""
    return _to_coach(event, cast, "contract_declined", ("signer",))


def not_sent(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Tells the coach that a program's contract waits for them."""
    return _to_coach(event, cast, "contract_not_sent", ())


def completed(event: RecordedEvent, cast: Cast) -> Sequence[Letter]:
    """Sends everybody the sealed document."""
    paper = cast.papers.get(event.id)
    files: tuple[StoredEnclosure, ...] = ()
    if paper and paper.size <= LARGEST_ENCLOSURE:
        name = clean_name(f"{paper.title}.pdf")
        files = (
            StoredEnclosure(
                filename=name, content_type="application/pdf", storage_key=paper.storage_key
            ),
        )
    letters = [
        letter
        for party in event.data["parties"]
        for letter in _letter(event, cast, party, "contract_completed", label="See the contract")
    ]
    enclosed = {"enclosed": bool(files)}
    return [replace(letter, files=files, context=letter.context | enclosed) for letter in letters]


def _to_signers(
    event: RecordedEvent, cast: Cast, name: str, *, label: str | None = None
) -> Sequence[Letter]:
    return [
        letter
        for signer in event.data["due"]
        for letter in _letter(event, cast, signer, name, label=label)
    ]


def _letter(
    event: RecordedEvent, cast: Cast, party: dict[str, Any], name: str, *, label: str | None
) -> Sequence[Letter]:
    """One letter, or none for whoever has no address: they see it in the portal."""
    if party["email"] is None:
        return []
    contact = cast.contact(event.contact_id)
    own_side = party["role"] == "coach"
    if own_side and name in TO_SIGN:
        name = "contract_your_turn"
    return [
        Letter(
            template=f"contracts/{name}",
            to=_reader(event, cast, party),
            context=_words(event, cast),
            action=_action(event, party, label),
            reply_to=contact.email if own_side else cast.answers_to(contact),
        )
    ]


def _words(event: RecordedEvent, cast: Cast) -> dict[str, Any]:
    kept = ("title", "message", "expires_at")
    return {
        **{name: event.data.get(name) for name in kept},
        "why": event.data.get("reason"),
        "author": cast.coach_of(cast.contact(event.contact_id)).name,
        "client": cast.contact(event.contact_id).name,
    }


def _reader(event: RecordedEvent, cast: Cast, party: dict[str, Any]) -> Recipient:
    """The signer, in their language and zone where they are known, at the address that signs."""
    if party["member_id"]:
        return cast.member(UUID(party["member_id"])).reader
    contact = cast.contact(event.contact_id)
    if party["contact_id"]:
        return replace(contact.reader_at(party["email"]), name=party["name"])
    return Recipient(
        email=party["email"],
        name=party["name"],
        locale=cast.workspace.locale,
        time_zone=cast.workspace.time_zone,
    )


def _action(event: RecordedEvent, party: dict[str, Any], label: str | None) -> Action | None:
    if label is None or party["role"] == "cc":
        return None
    page = f"/contracts/{event.subject_id}"
    if party["role"] == "coach":
        return Action(label=label, path=page)
    token = TokenRef(prefix=SIGN_TOKEN, row_id=UUID(party["signer_id"]))
    return Action(label=label, path="/contracts/sign", token=token, inside=page)


def _to_coach(
    event: RecordedEvent, cast: Cast, name: str, facts: Sequence[str]
) -> Sequence[Letter]:
    contact = cast.contact(event.contact_id)
    path = f"/contracts/{event.subject_id}"
    return [
        Letter(
            template=f"contracts/{name}",
            to=cast.coach_of(contact).reader,
            context={
                "title": event.data["title"],
                "client": contact.name,
                "why": event.data.get("reason"),
                **{fact: event.data[fact] for fact in facts},
            },
            action=Action(label="Open the contract", path=path),
            reply_to=contact.email,
        )
    ]
