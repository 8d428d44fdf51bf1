"""Attacks on access tokens: none may be accepted, and none may fail in another way."""

import base64
import hashlib
import hmac
import json
import time
from typing import Any
from uuid import UUID

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import decode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from app.access.principal import Caller, Space
from app.access.tokens import LIFETIME_SECONDS, AccessTokens, InvalidAccessToken
from app.core.ids import new_id

CALLER = Caller(
    user_id=new_id(),
    session_id=new_id(),
    space=Space(workspace_id=new_id(), role="client", contact_id=new_id()),
)


def new_pem() -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


PEM = new_pem()
TOKENS = AccessTokens(PEM)


def encode(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def decode(part: str) -> Any:
    return json.loads(base64.urlsafe_b64decode(part + "=" * (-len(part) % 4)))


GOOD = TOKENS.issue(CALLER)
HEADER: dict[str, Any] = decode(GOOD.split(".")[0])
CLAIMS: dict[str, Any] = decode(GOOD.split(".")[1])


def part(value: Any) -> str:
    return encode(value if isinstance(value, bytes) else json.dumps(value).encode())


def sign(header: Any, claims: Any, pem: bytes = PEM) -> str:
    """A token with a genuine ES256 signature over whatever is given."""
    key = load_pem_private_key(pem, password=None)
    assert isinstance(key, ec.EllipticCurvePrivateKey)
    signed = f"{part(header)}.{part(claims)}"
    r, s = decode_dss_signature(key.sign(signed.encode(), ec.ECDSA(SHA256())))
    return f"{signed}.{encode(r.to_bytes(32, 'big') + s.to_bytes(32, 'big'))}"


def hmac_sign(header: dict[str, Any], claims: Any, key: bytes) -> str:
    signed = f"{part(header)}.{part(claims)}"
    return f"{signed}.{encode(hmac.digest(key, signed.encode(), hashlib.sha256))}"


def without(claims: dict[str, Any], name: str) -> dict[str, Any]:
    return {key: value for key, value in claims.items() if key != name}


def public_bytes(encoding: Encoding) -> bytes:
    key = load_pem_private_key(PEM, password=None)
    return key.public_key().public_bytes(encoding, PublicFormat.SubjectPublicKeyInfo)


NOW = int(time.time())

HEADERS: dict[str, Any] = {
    "alg none": {**HEADER, "alg": "none"},
    "alg None": {**HEADER, "alg": "None"},
    "alg RS256": {**HEADER, "alg": "RS256"},
    "alg ES384": {**HEADER, "alg": "ES384"},
    "alg a list": {**HEADER, "alg": ["ES256"]},
    "no alg": without(HEADER, "alg"),
    "typ JWT": {**HEADER, "typ": "JWT"},
    "no typ": without(HEADER, "typ"),
    "unknown kid": {**HEADER, "kid": "0" * 16},
    "kid a path": {**HEADER, "kid": "../../keys/secret.key"},
    "kid a list": {**HEADER, "kid": [HEADER["kid"]]},
    "kid an object": {**HEADER, "kid": {}},
    "no kid": without(HEADER, "kid"),
    "crit": {**HEADER, "crit": ["exp"]},
    "crit empty": {**HEADER, "crit": []},
    "not an object": ["ES256"],
    "a string": "ES256",
    "nested": b"[" * 3000,
    "not json": b"\xff\xfe",
}

WRONG_CLAIMS: dict[str, Any] = {
    **{f"no {name}": without(CLAIMS, name) for name in CLAIMS if name not in {"space", "contact"}},
    "expired": {**CLAIMS, "iat": NOW - 700, "exp": NOW - 100},
    "far future": {**CLAIMS, "exp": NOW + 10_000},
    "issued later": {**CLAIMS, "iat": NOW + 300, "exp": NOW + 600},
    "exp before iat": {**CLAIMS, "exp": CLAIMS["iat"] - 1},
    "exp a string": {**CLAIMS, "exp": str(CLAIMS["exp"])},
    "exp a float": {**CLAIMS, "exp": float(CLAIMS["exp"])},
    "exp true": {**CLAIMS, "exp": True},
    "exp huge": {**CLAIMS, "exp": 10**30},
    "exp null": {**CLAIMS, "exp": None},
    "iat a string": {**CLAIMS, "iat": "now"},
    "not before later": {**CLAIMS, "nbf": NOW + 300},
    "other aud": {**CLAIMS, "aud": "another"},
    "aud a list": {**CLAIMS, "aud": ["atrium", "another"]},
    "other iss": {**CLAIMS, "iss": "another"},
    "iss a list": {**CLAIMS, "iss": ["atrium"]},
    "sub no id": {**CLAIMS, "sub": "maya"},
    "sub a number": {**CLAIMS, "sub": 5},
    "sub an object": {**CLAIMS, "sub": {}},
    "sid no id": {**CLAIMS, "sid": "x"},
    "space no id": {**CLAIMS, "space": "x"},
    "contact no id": {**CLAIMS, "contact": "x"},
    "unknown role": {**CLAIMS, "role": "admin"},
    "role a list": {**CLAIMS, "role": ["owner"]},
    "a list": [CLAIMS],
    "a string": "claims",
    "nested": b"[" * 3000,
    "not json": b"\xff\xfe",
}

HEAD, BODY, SIGNATURE = GOOD.split(".")

FORGED: dict[str, str] = {
    "no signature": f"{HEAD}.{BODY}.",
    "two parts": f"{HEAD}.{BODY}",
    "four parts": f"{GOOD}.{SIGNATURE}",
    "zero signature": f"{HEAD}.{BODY}.{encode(bytes(64))}",
    "short signature": f"{HEAD}.{BODY}.{encode(bytes(8))}",
    "other claims": f"{HEAD}.{part({**CLAIMS, 'role': 'owner'})}.{SIGNATURE}",
    "another key": sign(HEADER, CLAIMS, new_pem()),
    "alg none, unsigned": f"{part({**HEADER, 'alg': 'none'})}.{BODY}.",
    "HS256 with the public PEM": hmac_sign(
        {**HEADER, "alg": "HS256"}, CLAIMS, public_bytes(Encoding.PEM)
    ),
    "HS256 with the public DER": hmac_sign(
        {**HEADER, "alg": "HS256"}, CLAIMS, public_bytes(Encoding.DER)
    ),
    "HS256 with the key id": hmac_sign({**HEADER, "alg": "HS256"}, CLAIMS, HEADER["kid"].encode()),
    "own jwk in the header": sign({**HEADER, "kid": "own", "jwk": {"kty": "EC"}}, CLAIMS),
    "padded": f"{HEAD}=.{BODY}.{SIGNATURE}",
    "with spaces": f" {GOOD} ",
    "with a line feed": f"{GOOD}\n",
    "unicode": f"{HEAD}.{BODY}.é",
    "unicode digits": "\u0661.\u0662.\u0663",
    "lone surrogate": f"{HEAD}.{BODY}.\ud800",
    "NUL": f"{HEAD}.\x00.{SIGNATURE}",
    "empty": "",
    "dots": "..",
    "long": GOOD + "A" * 5000,
    "very long": "A" * 1_000_000,
}


def test_a_token_tells_who_it_was_issued_to():
    assert TOKENS.verify(GOOD) == CALLER
    assert TOKENS.verify(sign(HEADER, CLAIMS)) == CALLER


def test_a_person_without_a_practice_has_a_token_too():
    nobody_yet = Caller(user_id=new_id(), session_id=new_id(), space=None)

    assert TOKENS.verify(TOKENS.issue(nobody_yet)) == nobody_yet


def test_a_token_lives_ten_minutes():
    assert CLAIMS["exp"] - CLAIMS["iat"] == LIFETIME_SECONDS == 600
    assert UUID(CLAIMS["jti"])
    assert set(HEADER) == {"alg", "typ", "kid"}


@pytest.mark.parametrize("header", HEADERS.values(), ids=HEADERS)
def test_a_genuinely_signed_token_with_another_header_is_refused(header: Any):
    with pytest.raises(InvalidAccessToken):
        TOKENS.verify(sign(header, CLAIMS))


@pytest.mark.parametrize("claims", WRONG_CLAIMS.values(), ids=WRONG_CLAIMS)
def test_a_genuinely_signed_token_with_wrong_claims_is_refused(claims: Any):
    with pytest.raises(InvalidAccessToken):
        TOKENS.verify(sign(HEADER, claims))


@pytest.mark.parametrize("token", FORGED.values(), ids=FORGED)
def test_a_forged_token_is_refused(token: str):
    with pytest.raises(InvalidAccessToken):
        TOKENS.verify(token)
