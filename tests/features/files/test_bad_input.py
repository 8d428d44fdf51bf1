"""Whatever is sent, the answer is a documented refusal; an answer of 500 fails the test."""

import json

import pytest

from tests import file_samples as samples
from tests.features.files.uploads import uploaded
from tests.make import Person

DOCUMENTED = {200, 201, 400, 404, 412, 413, 415, 416, 422}


@pytest.mark.parametrize(
    "query",
    [
        "name=%00.txt",
        "name=%ED%A0%80.txt",
        "name=%FF%FE.txt",
        "name=" + "x" * 501,
        "name=a.txt&name=b.txt",
        "name=a.txt&contact_id=x",
        "name=a.txt&contact_id=",
        "name=a.txt&share=maybe",
        "name=%F0%9F%98%80.txt",
        "name=a%2F..%2F.txt",
        "name=CON.txt",
        "name=.txt",
        "",
    ],
)
async def test_upload_parameters(coach: Person, query: str):
    answer = await coach.http.post(f"/v1/files?{query}", content=samples.TEXT)

    assert answer.status_code in DOCUMENTED, answer.text


@pytest.mark.parametrize(
    "headers",
    [
        {"Content-Disposition": b'attachment; filename="\xff\xfe.txt"'},
        {"Content-Disposition": b"attachment; filename*=UTF-8''%ED%A0%80.txt"},
        {"Content-Disposition": b"attachment; filename*=utf-16''%00a.txt"},
        {"Content-Disposition": b"attachment; filename*0*=x''%zz; filename*9=\"b"},
        {"Content-Disposition": b";" * 4000},
        {"Content-Type": b"multipart/form-data; boundary=" + b"x" * 4000},
        {"Content-Type": b'multipart/form-data; boundary="\xff"'},
        {"Content-Type": b"multipart/form-data; boundary=; boundary=x"},
        {"Content-Length": b"abc"},
        {"Content-Encoding": b"br"},
        {"If-Match": b"x" * 400},
    ],
)
async def test_upload_headers(coach: Person, headers: dict[str, bytes]):
    given = {name.encode(): value for name, value in headers.items()}
    answer = await coach.http.post("/v1/files", content=samples.TEXT, headers=given)

    assert answer.status_code in DOCUMENTED, answer.text


@pytest.mark.parametrize(
    "asked", ["bytes=" + "9" * 400 + "-", "bytes=٣-٤", "\x80", "bytes=1-1" * 99]
)
async def test_ranges(coach: Person, asked: str):
    file = await uploaded(coach)
    answer = await coach.http.get(
        f"/v1/files/{file['id']}/content", headers={b"Range": asked.encode()}
    )

    assert answer.status_code in DOCUMENTED, answer.text


@pytest.mark.parametrize("version", ["0", "-1", "1001", "9" * 40, "1.5", "x", "", "%00"])
async def test_versions(coach: Person, version: str):
    file = await uploaded(coach)
    for way in ("content", "thumbnail", "link"):
        answer = await coach.http.get(f"/v1/files/{file['id']}/{way}?version={version}")
        assert answer.status_code in DOCUMENTED - {200}, answer.text


@pytest.mark.parametrize("name", [None, 5, "", " ", "\x00", "a\u2028b", "x" * 151, ["a"], "\ud800"])
async def test_names(coach: Person, name: object):
    file = await uploaded(coach)
    answer = await coach.http.patch(
        f"/v1/files/{file['id']}",
        content=json.dumps({"name": name}),
        headers={"Content-Type": "application/json"},
    )

    assert answer.status_code in {400, 422}, answer.text
