"""Uploading and downloading files in tests."""

from pathlib import Path
from typing import Any

import httpx

from tests import file_samples as samples
from tests.make import Make, Person


def base(person: Person) -> str:
    """Where a person's files are: a client's in the portal."""
    return "/v1/portal/files" if person.contact_id else "/v1/files"


async def upload(
    person: Person, content: Any = samples.PDF, name: str = "plan.pdf", **query: Any
) -> httpx.Response:
    return await person.http.post(base(person), content=content, params={"name": name, **query})


async def uploaded(
    person: Person, content: Any = samples.PDF, name: str = "plan.pdf", **query: Any
) -> dict[str, Any]:
    """A file that was taken."""
    answer = await upload(person, content, name, **query)
    assert answer.status_code == 201, answer.text
    file: dict[str, Any] = answer.json()
    return file


async def new_version(
    person: Person, file: dict[str, Any], content: Any, **query: Any
) -> httpx.Response:
    return await person.http.post(
        f"{base(person)}/{file['id']}/versions", content=content, params=query
    )


async def content_of(person: Person, file: dict[str, Any], **query: Any) -> bytes:
    answer = await person.http.get(f"{base(person)}/{file['id']}/content", params=query)
    assert answer.status_code == 200, answer.text
    return answer.content


async def listed(person: Person, **query: Any) -> list[str]:
    """The names of the files a person sees, newest first."""
    answer = await person.http.get(base(person), params=query)
    assert answer.status_code == 200, answer.text
    return [file["name"] for file in answer.json()["data"]]


async def share(person: Person, file: dict[str, Any], **target: Any) -> httpx.Response:
    return await person.http.post(f"{base(person)}/{file['id']}/share", json=target or None)


async def unshare(person: Person, file: dict[str, Any], **target: Any) -> httpx.Response:
    return await person.http.post(f"{base(person)}/{file['id']}/unshare", json=target or None)


def objects(make: Make) -> list[Path]:
    """The objects of all practices in the folder that the app keeps files in."""
    folder = make.runtime.settings.data_dir / "files"
    return [path for path in folder.rglob("*") if path.is_file()]


def code(answer: httpx.Response) -> tuple[int, str]:
    """The status and the stable code of a refusal."""
    return answer.status_code, answer.json()["code"]
