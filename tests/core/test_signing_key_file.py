"""The key that signs access tokens may be supplied; another file than a key is refused."""

from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
)

from app.core.keys import signing_key
from app.settings import Settings, SettingsError


def pem(curve: ec.EllipticCurve, encryption: KeySerializationEncryption | None = None) -> bytes:
    return ec.generate_private_key(curve).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, encryption or NoEncryption()
    )


def test_a_p256_key_is_taken_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "key.pem"
    path.write_bytes(pem(ec.SECP256R1()))

    assert signing_key(Settings(signing_key_file=path)) == path.read_bytes()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (None, "can't read .*: No such file"),
        (b"not a key", "holds no private key"),
        (pem(ec.SECP256R1(), BestAvailableEncryption(b"secret")), "an encrypted one"),
        (pem(ec.SECP384R1()), "not of the curve P-256"),
    ],
    ids=["missing", "no key", "encrypted", "other curve"],
)
def test_anything_else_is_refused(tmp_path: Path, content: bytes | None, reason: str) -> None:
    path = tmp_path / "key.pem"
    if content:
        path.write_bytes(content)

    with pytest.raises(SettingsError, match=f"^ATRIUM_SIGNING_KEY_FILE: .*{reason}"):
        signing_key(Settings(signing_key_file=path))
