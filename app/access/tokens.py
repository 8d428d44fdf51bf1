"""Access tokens: JWTs by python-jose, used safely. No other module imports jose.

ES256 only, ten minutes, `typ: at+jwt` (RFC 9068). python-jose by itself makes `aud` and `exp`
optional, ignores `crit` and lets other exceptions than its own escape; so keys are Key objects
made beforehand (a string key invites algorithm confusion), every claim is required and checked
again, and whatever goes wrong is one refusal.
"""

import hashlib
import time
from typing import Any, get_args
from uuid import UUID

from cryptography.hazmat.primitives.serialization import (
    Encoding,
    PublicFormat,
    load_pem_private_key,
)
from jose import jwk, jws, jwt

from app.access.principal import Caller, Role, Space
from app.core.errors import Unauthorized
from app.core.ids import new_id

ALGORITHM, TYPE = "ES256", "at+jwt"
ISSUER = AUDIENCE = "atrium"
LIFETIME_SECONDS = 600
LEEWAY_SECONDS = 30
LONGEST_TOKEN = 4096
REQUIRED = {f"require_{claim}": True for claim in ("aud", "iat", "exp", "iss", "sub", "jti")}


class InvalidAccessToken(Unauthorized):
    """The bearer token is malformed, forged, expired, or of a session that has ended."""

    status, code, title = 401, "invalid_access_token", "Sign in again"

    def __init__(self) -> None:
        """The same answer whatever was wrong, with the challenge of RFC 6750."""
        super().__init__(headers={"WWW-Authenticate": 'Bearer error="invalid_token"'})


class AccessTokens:
    """Issues and verifies access tokens with one P-256 key."""

    def __init__(self, private_pem: bytes) -> None:
        """Prepare the key pair from the private key's PEM."""
        private = load_pem_private_key(private_pem, password=None)
        public_pem = private.public_key().public_bytes(
            Encoding.PEM, PublicFormat.SubjectPublicKeyInfo
        )
        self._key_id = hashlib.sha256(public_pem).hexdigest()[:16]
        self._signer = jwk.construct(private_pem.decode(), ALGORITHM)
        self._verifiers = {self._key_id: jwk.construct(public_pem.decode(), ALGORITHM)}

    def issue(self, caller: Caller) -> str:
        """A token for this caller, valid for LIFETIME_SECONDS."""
        issued = int(time.time())
        claims = {
            "iss": ISSUER,
            "aud": AUDIENCE,
            "sub": str(caller.user_id),
            "jti": str(new_id()),
            "sid": str(caller.session_id),
            "iat": issued,
            "exp": issued + LIFETIME_SECONDS,
            **_space_claims(caller.space),
        }
        headers = {"kid": self._key_id, "typ": TYPE}
        token: str = jwt.encode(claims, self._signer, algorithm=ALGORITHM, headers=headers)
        return token

    def verify(self, token: str) -> Caller:
        """The caller a token speaks for; InvalidAccessToken for anything but a valid one."""
        try:
            return _caller(self._verified_claims(token))
        except Exception:  # noqa: BLE001 - RecursionError, OverflowError... are no JWTError
            raise InvalidAccessToken from None

    def _verified_claims(self, token: str) -> dict[str, Any]:
        if not token.isascii() or len(token) > LONGEST_TOKEN or "=" in token:
            raise InvalidAccessToken
        header = jws.get_unverified_header(token)
        if header.get("alg") != ALGORITHM or header.get("typ") != TYPE or "crit" in header:
            raise InvalidAccessToken
        claims: dict[str, Any] = jwt.decode(
            token,
            self._verifiers[header["kid"]],
            algorithms=[ALGORITHM],
            audience=AUDIENCE,
            issuer=ISSUER,
            options={**REQUIRED, "leeway": LEEWAY_SECONDS},
        )
        _check_times(claims)
        if claims["aud"] != AUDIENCE:
            raise InvalidAccessToken
        return claims


def _check_times(claims: dict[str, Any]) -> None:
    issued, expires = claims["iat"], claims["exp"]
    if type(issued) is not int or type(expires) is not int:
        raise InvalidAccessToken
    if issued > time.time() + LEEWAY_SECONDS or not 0 < expires - issued <= LIFETIME_SECONDS:
        raise InvalidAccessToken


def _space_claims(space: Space | None) -> dict[str, str]:
    if space is None:
        return {}
    claims = {
        "space": space.workspace_id,
        "role": space.role,
        "member": space.member_id,
        "contact": space.contact_id,
    }
    return {name: str(value) for name, value in claims.items() if value is not None}


def _caller(claims: dict[str, Any]) -> Caller:
    return Caller(
        user_id=UUID(claims["sub"]),
        session_id=UUID(claims["sid"]),
        space=_space(claims) if "space" in claims else None,
    )


def _space(claims: dict[str, Any]) -> Space:
    if claims["role"] not in get_args(Role):
        raise InvalidAccessToken
    return Space(
        workspace_id=UUID(claims["space"]),
        role=claims["role"],
        member_id=UUID(claims["member"]) if "member" in claims else None,
        contact_id=UUID(claims["contact"]) if "contact" in claims else None,
    )
