"""The two secrets of an installation; made at first start unless they are supplied."""

import os
import secrets
from contextlib import suppress
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from app.settings import Settings, SettingsError


def secret_key(settings: Settings) -> bytes:
    """The key mailed tokens are derived from."""
    if settings.secret_key:
        return settings.secret_key.get_secret_value().encode()
    return _kept(settings.data_dir / "keys" / "secret.key", secrets.token_bytes(48).hex().encode())


def signing_key(settings: Settings) -> bytes:
    """PEM of the P-256 key that signs access tokens; raises SettingsError for another file."""
    if settings.signing_key_file:
        return _supplied(settings.signing_key_file)
    return _kept(settings.data_dir / "keys" / "access-tokens.pem", _new_p256())


def _supplied(path: Path) -> bytes:
    try:
        pem = path.read_bytes()
        key = load_pem_private_key(pem, password=None)
    except OSError as error:
        raise _wrong_key_file(f"can't read {path}: {error.strerror}") from None
    except (ValueError, TypeError):  # TypeError: it is encrypted
        raise _wrong_key_file(f"{path} holds no private key, or an encrypted one") from None
    if not isinstance(key, ec.EllipticCurvePrivateKey) or not isinstance(key.curve, ec.SECP256R1):
        raise _wrong_key_file(f"{path} holds a private key, but not of the curve P-256")
    return pem


def _wrong_key_file(reason: str) -> SettingsError:
    return SettingsError(f"ATRIUM_SIGNING_KEY_FILE: {reason}")


def _kept(path: Path, candidate: bytes) -> bytes:
    """The file's content; `candidate` becomes it when there is none. Safe between processes."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_bytes(candidate)
        with suppress(FileExistsError):  # another process was first: its key is the key
            os.link(draft, path)
        draft.unlink()
    return path.read_bytes()


def _new_p256() -> bytes:
    return ec.generate_private_key(ec.SECP256R1()).private_bytes(
        Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    )
