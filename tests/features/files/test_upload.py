"""Uploading files: raw or as a form, named by header or parameter, told by their content."""

import hashlib

import httpx
import pytest

from tests import file_samples as samples
from tests.features.files.uploads import (
    base,
    code,
    content_of,
    listed,
    objects,
    upload,
    uploaded,
)
from tests.make import Make, Person
from tests.pictures import png


async def test_a_file_is_kept_and_described(coach: Person):
    answer = await upload(coach, samples.PDF, "Plan for Ada.pdf")
    file = answer.json()

    assert answer.status_code == 201
    assert answer.headers["Location"] == f"/v1/files/{file['id']}"
    assert answer.headers["ETag"]
    assert file | {"id": 0, "created_at": 0, "updated_at": 0, "uploaded_by": 0} == {
        "id": 0,
        "name": "Plan for Ada.pdf",
        "state": "available",
        "refusal": None,
        "media_type": "application/pdf",
        "size_bytes": len(samples.PDF),
        "sha256": hashlib.sha256(samples.PDF).hexdigest(),
        "width": None,
        "height": None,
        "version_number": 1,
        "version_count": 1,
        "uploaded_by": 0,
        "contact_id": None,
        "shared": False,
        "can_edit": True,
        "thumbnail_url": None,
        "version": file["version"],
        "created_at": 0,
        "updated_at": 0,
    }
    assert file["uploaded_by"]["member_id"] == str(coach.member_id)
    assert await content_of(coach, file) == samples.PDF


async def test_the_name_may_come_in_the_header(coach: Person):
    answer = await coach.http.post(
        "/v1/files",
        content=samples.TEXT,
        headers={"Content-Disposition": "attachment; filename*=UTF-8''L%C3%A4rche.txt"},
    )

    assert answer.json()["name"] == "Lärche.txt"


async def test_a_form_brings_a_file(coach: Person):
    answer = await coach.http.post(
        "/v1/files", files={"file": ("plan.pdf", samples.PDF, "text/html")}
    )

    assert answer.status_code == 201, answer.text
    assert answer.json()["media_type"] == "application/pdf"
    assert await content_of(coach, answer.json()) == samples.PDF


async def test_a_picture_tells_its_size(coach: Person):
    file = await uploaded(coach, png(30, 20), "dot.png")

    assert (file["width"], file["height"]) == (30, 20)


async def test_a_name_without_an_extension_gets_one(coach: Person):
    assert (await uploaded(coach, samples.PDF, "Plan"))["name"] == "Plan.pdf"


async def test_a_client_uploads_in_the_portal(coach: Person, client: Person):
    file = await uploaded(client)

    assert file["contact_id"] == str(client.contact_id)
    assert file["uploaded_by"] == {"side": "client", "member_id": None, "name": "Ada Lima"}
    assert file["shared"]
    assert await listed(coach) == ["plan.pdf"]


REFUSED = [
    (samples.HTML, "page.png", 415, "file_type_not_allowed"),
    (samples.HTML, "page.html", 415, "file_type_not_allowed"),
    (samples.SVG, "drawing.svg", 415, "file_type_not_allowed"),
    (samples.SVG, "drawing.png", 415, "file_type_not_allowed"),
    (samples.EXE, "plan.pdf", 415, "file_type_not_allowed"),
    (samples.OLD_WORD, "plan.doc", 415, "file_type_not_allowed"),
    (samples.with_macros(), "plan.docm", 415, "file_extension_mismatch"),
    (samples.with_macros(), "plan.docx", 415, "file_type_not_allowed"),
    (samples.with_hidden_macros(), "plan.docx", 415, "file_type_not_allowed"),
    (samples.office(), "plan.zip", 415, "file_extension_mismatch"),
    (samples.zip_bomb(), "zeros.zip", 422, "archive_too_large"),
    (samples.picture_bomb(), "huge.png", 422, "image_too_large"),
    (png(), "dot.jpg", 415, "file_extension_mismatch"),
    (samples.PDF, "plan.exe", 415, "file_extension_mismatch"),
    (samples.TEXT * 1000 + b"\x00\x01", "notes.txt", 415, "file_type_not_allowed"),
    (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "dot.png", 415, "file_type_not_allowed"),
    (b"", "empty.txt", 422, "file_empty"),
    (samples.TEXT, "\u202e\u2066", 422, "file_name_missing"),
    (samples.TEXT, "..", 422, "file_name_missing"),
]


@pytest.mark.parametrize(("content", "name", "status", "problem"), REFUSED)
async def test_what_is_not_taken_leaves_nothing_behind(
    make: Make, coach: Person, content: bytes, name: str, status: int, problem: str
):
    before = objects(make)
    answer = await upload(coach, content, name)

    assert code(answer) == (status, problem)
    assert await listed(coach) == []
    assert objects(make) == before


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("a\r\nSet-Cookie: x=1.txt", "a Set-Cookie_ x=1.txt"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\secret\\notes.txt", "notes.txt"),
        ("txt.\u202efdp.txt", "txt.fdp.txt"),
    ],
)
async def test_names_lose_what_is_dangerous(coach: Person, given: str, kept: str):
    file = await uploaded(coach, samples.TEXT, given)
    answer = await coach.http.get(f"/v1/files/{file['id']}/content")

    assert file["name"] == kept
    assert f'filename="{kept}"' in answer.headers["Content-Disposition"]


async def test_a_body_without_a_name_is_refused(coach: Person):
    answer = await coach.http.post("/v1/files", content=samples.TEXT)

    assert code(answer) == (422, "file_name_missing")


async def test_a_compressed_body_is_refused(coach: Person):
    answer = await coach.http.post(
        "/v1/files?name=a.txt", content=samples.TEXT, headers={"Content-Encoding": "gzip"}
    )

    assert code(answer) == (415, "unsupported_media_type")


async def test_an_unknown_parameter_is_refused(coach: Person):
    answer = await upload(coach, folder="x")

    assert answer.status_code == 422


async def test_sharing_with_nobody_is_refused_before_the_content_is_stored(
    make: Make, coach: Person
):
    nobody = "0193e3a0-5c1e-7d6a-9b6e-3f2a1c0d4e5f"
    before = objects(make)

    assert code(await upload(coach, contact_id=nobody)) == (422, "unknown_contact")
    assert code(await upload(coach, program_id=nobody)) == (422, "unknown_program")
    assert objects(make) == before


async def test_two_files_in_one_form_are_refused(coach: Person):
    two = [("file", ("a.txt", b"a")), ("file", ("b.txt", b"b"))]
    answer = await coach.http.post("/v1/files", files=two)

    assert code(answer) == (400, "one_file_only")


async def test_a_key_makes_a_repeated_upload_one_file(make: Make, coach: Person):
    def once() -> httpx.Request:
        return coach.http.build_request(
            "POST",
            f"{base(coach)}?name=a.txt",
            content=samples.TEXT,
            headers={"Idempotency-Key": "once"},
        )

    first, second = await coach.http.send(once()), await coach.http.send(once())
    other = await coach.http.post(
        f"{base(coach)}?name=a.txt", content=b"other", headers={"Idempotency-Key": "once"}
    )

    assert second.headers["Idempotency-Replayed"] == "true"
    assert first.json() == second.json()
    assert code(other) == (422, "idempotency_key_reused")
    assert await listed(coach) == ["a.txt"]
    assert len([path for path in objects(make) if str(coach.workspace_id) in str(path)]) == 1
