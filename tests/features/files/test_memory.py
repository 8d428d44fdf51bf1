"""A hundred megabytes pass through without being held."""

import hashlib
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.buckets import running_bucket_server
from tests.features.files.serving import RunningServer, running_server
from tests.file_samples import MP4

MEBIBYTE = 1024 * 1024
SIZE = 100 * MEBIBYTE
ROOM = 40 * MEBIBYTE
"""What a whole upload and a whole download may add to what the process held before."""

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")


def film() -> Iterator[bytes]:
    """A film of exactly a hundred mebibytes, each different from the one before."""
    yield MP4.ljust(MEBIBYTE, b"\0")
    for number in range(1, 100):
        yield bytes([number]) * MEBIBYTE


def up_and_down(server: RunningServer) -> None:
    warm = server.http.post("/v1/files?name=a.mp4", content=MP4).raise_for_status().json()
    server.http.get(f"/v1/files/{warm['id']}/content").raise_for_status()
    before = server.peak_memory()
    answer = server.http.post("/v1/files?name=film.mp4", content=film())
    assert answer.status_code == 201, answer.text
    digest = hashlib.sha256()
    with server.http.stream("GET", f"/v1/files/{answer.json()['id']}/content") as content:
        for chunk in content.iter_bytes():
            digest.update(chunk)

    assert answer.json()["size_bytes"] == SIZE
    assert digest.hexdigest() == answer.json()["sha256"]
    assert server.peak_memory() - before < ROOM


def test_to_and_from_a_folder(fresh_url: str, tmp_path: Path):
    with running_server(fresh_url, tmp_path) as server:
        up_and_down(server)
        form = {"file": ("film.mp4", b"".join(film()))}
        before = server.peak_memory()
        assert server.http.post("/v1/files", files=form).status_code == 201
        assert server.peak_memory() - before < ROOM


def test_to_and_from_a_bucket(fresh_url: str, tmp_path: Path):
    with running_bucket_server() as buckets:
        theirs = buckets.settings(tmp_path)
        secret = theirs.storage_secret_access_key
        assert secret
        settings = {
            "ATRIUM_STORAGE_URL": str(theirs.storage_url),
            "ATRIUM_STORAGE_ENDPOINT": str(theirs.storage_endpoint),
            "ATRIUM_STORAGE_REGION": str(theirs.storage_region),
            "ATRIUM_STORAGE_ACCESS_KEY_ID": str(theirs.storage_access_key_id),
            "ATRIUM_STORAGE_SECRET_ACCESS_KEY": secret.get_secret_value(),
        }
        with running_server(fresh_url, tmp_path, **settings) as server:
            up_and_down(server)
