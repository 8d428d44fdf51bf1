"""The two places files may be kept at: a folder of this machine, a bucket."""

import asyncio
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import obstore
from obstore.exceptions import BaseError
from obstore.store import LocalStore, S3Store

from app.core.storage import Storage, StorageUnavailable
from app.settings import Settings

if TYPE_CHECKING:
    from obstore.store import ClientConfig, RetryConfig

UNFINISHED = re.compile(r".+#\d+")
"""How obstore names a file in a folder until it is whole; listings leave it out."""

FOLDER = "files"
RETRIES: "RetryConfig" = {"max_retries": 3, "retry_timeout": timedelta(seconds=20)}
TIMEOUTS: "ClientConfig" = {"connect_timeout": "5s", "timeout": "60s"}


def open_storage(settings: Settings) -> Storage:
    """The place the settings name, else a folder of the data directory."""
    if settings.storage_url is None:
        return FolderStorage(settings.data_dir / FOLDER)
    return BucketStorage(_bucket(settings))


class FolderStorage(Storage):
    """Files in a folder. It notes nothing about them, and can't be fetched from by others."""

    def __init__(self, folder: Path) -> None:
        """Keep objects in this folder, which is made at once."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._folder = folder
        super().__init__(LocalStore(folder))

    async def drop_unfinished(self, prefix: str, *, before: datetime) -> int:
        """Remove the temporary files of uploads that were killed."""
        return await asyncio.to_thread(self._drop_unfinished, prefix, before)

    def _drop_unfinished(self, prefix: str, before: datetime) -> int:
        dropped = 0
        for path in self._unfinished(prefix):
            if datetime.fromtimestamp(path.stat().st_mtime, UTC) < before:
                path.unlink(missing_ok=True)
                dropped += 1
        return dropped

    def _unfinished(self, prefix: str) -> Iterator[Path]:
        return (path for path in (self._folder / prefix).glob("*#*") if UNFINISHED.match(path.name))

    async def presigned(self, key: str, lifetime: timedelta) -> None:
        """None."""

    def _attributes(self, media_type: str, disposition: str) -> dict[str, Any]:  # noqa: ARG002 - a bucket's
        return {}


class BucketStorage(Storage):
    """Files in an S3-compatible bucket, under a prefix that is Atrium's alone."""

    def __init__(self, store: S3Store) -> None:
        """Keep objects in this bucket."""
        self._bucket = store
        super().__init__(store)

    async def drop_unfinished(self, prefix: str, *, before: datetime) -> int:  # noqa: ARG002 - a folder's
        """Nothing: a lifecycle rule of the bucket does it (`AbortIncompleteMultipartUpload`)."""
        return 0

    async def presigned(self, key: str, lifetime: timedelta) -> str:
        """An address that answers with the object until the lifetime is over."""
        try:
            return await obstore.sign_async(self._bucket, "GET", key, lifetime)
        except (BaseError, OSError) as error:
            raise StorageUnavailable from error

    def _attributes(self, media_type: str, disposition: str) -> dict[str, Any]:
        return {"attributes": {"Content-Type": media_type, "Content-Disposition": disposition}}


def _bucket(settings: Settings) -> S3Store:
    parts = urlsplit(str(settings.storage_url))
    secret = settings.storage_secret_access_key
    given: dict[str, Any] = {
        "prefix": parts.path.strip("/") or None,
        "endpoint": settings.storage_endpoint,
        "region": settings.storage_region,
        "access_key_id": settings.storage_access_key_id,
        "secret_access_key": secret.get_secret_value() if secret else None,
    }
    plain_http = (settings.storage_endpoint or "").startswith("http://")
    return S3Store(
        parts.netloc,
        client_options={**TIMEOUTS, "allow_http": plain_http},
        retry_config=RETRIES,
        **{name: value for name, value in given.items() if value is not None},
    )
