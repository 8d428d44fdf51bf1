"""Keeping mails as files."""

import asyncio
import threading
from pathlib import Path
from shutil import rmtree

import pytest

from app.dispatcher.captured_files import drop_oldest, newest_first, path_of, store
from app.dispatcher.replies import PermanentFailure, RelayUnavailable
from app.dispatcher.transports import MailboxTransport

MESSAGE = b"Subject: Hello\r\n\r\nHello\r\n"


async def send(transport: MailboxTransport, recipient: str = "ben@example.com") -> str:
    return await transport.send(
        sender="no-reply@atrium.example", recipient=recipient, message=MESSAGE
    )


def number_of_files(directory: Path) -> int:
    return len(list(directory.iterdir()))


async def test_a_mail_is_kept_as_it_was_built(tmp_path: Path) -> None:
    directory = tmp_path / "var" / "mail"
    reply = await send(MailboxTransport(directory))
    (mail_id,) = newest_first(directory)
    assert reply == f"250 kept as {mail_id}"
    kept = path_of(directory, mail_id).read_bytes()
    assert kept == b"Return-Path: <no-reply@atrium.example>\r\n" + MESSAGE


async def test_many_at_once_are_all_kept_and_nothing_else(tmp_path: Path) -> None:
    transport = MailboxTransport(tmp_path)
    replies = await asyncio.gather(*(send(transport) for _ in range(200)))
    assert sorted(reply.split()[-1] for reply in replies) == newest_first(tmp_path)[::-1]
    assert number_of_files(tmp_path) == 200


async def test_later_mails_sort_later(tmp_path: Path) -> None:
    transport = MailboxTransport(tmp_path)
    ids = [(await send(transport, f"c{n}@example.com")).split()[-1] for n in range(50)]
    assert newest_first(tmp_path) == ids[::-1]


def test_only_the_newest_are_kept(tmp_path: Path) -> None:
    ids = [store(tmp_path, recipient="b@example.com", message=MESSAGE) for _ in range(30)]
    drop_oldest(tmp_path, keep=10)
    assert newest_first(tmp_path) == ids[:-11:-1]


async def test_the_mailbox_tidies_itself_now_and_then(tmp_path: Path) -> None:
    for _ in range(30):
        store(tmp_path, recipient="b@example.com", message=MESSAGE)
    await send(MailboxTransport(tmp_path, keep=10))
    assert len(newest_first(tmp_path)) == 10


def test_tidying_at_once_does_no_harm(tmp_path: Path) -> None:
    for _ in range(200):
        store(tmp_path, recipient="b@example.com", message=MESSAGE)
    failures: list[BaseException] = []

    def tidy() -> None:
        try:
            drop_oldest(tmp_path, keep=10)
        except BaseException as error:  # noqa: BLE001 - threads lose what they raise
            failures.append(error)

    threads = [threading.Thread(target=tidy) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert len(newest_first(tmp_path)) == 10


async def test_a_removed_mailbox_is_made_again(tmp_path: Path) -> None:
    transport = MailboxTransport(tmp_path / "mail")
    await send(transport)
    rmtree(tmp_path / "mail")
    await send(transport)
    assert len(newest_first(tmp_path / "mail")) == 1


async def test_a_mailbox_that_cannot_be_written_is_unavailable(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("a file is in the way")
    with pytest.raises(RelayUnavailable, match="mailbox"):
        await send(MailboxTransport(tmp_path / "mail"))


async def test_the_mailbox_refuses_the_addresses_smtp_refuses(tmp_path: Path) -> None:
    with pytest.raises(PermanentFailure) as failure:
        await send(MailboxTransport(tmp_path), "jörg@example.com")
    assert failure.value.bad_address


def test_files_that_are_no_mails_are_overlooked(tmp_path: Path) -> None:
    (tmp_path / "notes.eml").write_text("x")
    (tmp_path / f"{'0' * 32}-{'0' * 16}").write_text("x")
    (tmp_path / f".{'0' * 32}-{'0' * 16}").write_text("half a mail")
    assert newest_first(tmp_path) == []
