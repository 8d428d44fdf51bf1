"""The key documents are sealed with, and the certificates that say whose it is (RFC 5280)."""

import hashlib
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, pkcs12
from cryptography.x509.oid import NameOID

LIFETIME = timedelta(days=30 * 365)
"""A document is checked as of the day it was sealed."""


class WrongSealKey(ValueError):
    """The file holds no key documents can be sealed with; the text is one line."""


@dataclass(frozen=True, slots=True)
class SealKey:
    """A private key as PKCS#12 with its passphrase; its certificate, and the one to trust, in PEM.

    The certificate to trust is the last of the chain: the authority's, or a self-signed own one.
    """

    pkcs12: bytes = field(repr=False)
    passphrase: bytes = field(repr=False)
    certificate: str
    authority: str

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate, in hexadecimal."""
        der = x509.load_pem_x509_certificate(self.certificate.encode()).public_bytes(Encoding.DER)
        return hashlib.sha256(der).hexdigest()


def new_seal_key(organisation: str, passphrase: bytes, *, at: datetime) -> SealKey:
    """A key whose authority is made for it alone, and whose own key is forgotten at once."""
    authority_key, key = _new_key(), _new_key()
    issuer = _named(organisation, f"{organisation} document authority")
    authority = _certificate(issuer, issuer, authority_key.public_key(), at=at)
    authority = authority.add_extension(
        x509.BasicConstraints(ca=True, path_length=0), critical=True
    )
    authority = authority.add_extension(_usage(certificates=True), critical=True)
    root = authority.sign(authority_key, hashes.SHA256())
    own = _certificate(
        _named(organisation, f"{organisation} document seal"), issuer, key.public_key(), at=at
    )
    own = own.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
    own = own.add_extension(_usage(certificates=False), critical=True)
    own = own.add_extension(
        x509.AuthorityKeyIdentifier.from_issuer_public_key(authority_key.public_key()),
        critical=False,
    )
    leaf = own.sign(authority_key, hashes.SHA256())
    packed = pkcs12.serialize_key_and_certificates(
        b"seal", key, leaf, [root], BestAvailableEncryption(passphrase)
    )
    return SealKey(packed, passphrase, _pem(leaf), _pem(root))


def supplied_seal_key(content: bytes, passphrase: bytes) -> SealKey:
    """A key somebody else made. Raises WrongSealKey."""
    try:
        key, own, others = pkcs12.load_key_and_certificates(content, passphrase or None)
    except ValueError:
        raise WrongSealKey("is no PKCS#12 file, or has another passphrase") from None
    if key is None or own is None:
        raise WrongSealKey("holds no private key with its certificate")
    authority = next((one for one in others if one.subject == one.issuer), own)
    return SealKey(content, passphrase, _pem(own), _pem(authority))


def _new_key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def _named(organisation: str, name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, organisation),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )


def _certificate(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, *, at: datetime
) -> x509.CertificateBuilder:
    since = at.astimezone(UTC) - timedelta(days=1)  # other machines' clocks may be behind
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(since)
        .not_valid_after(since + LIFETIME)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


def _usage(*, certificates: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=not certificates,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )


def _pem(certificate: x509.Certificate) -> str:
    return certificate.public_bytes(Encoding.PEM).decode("ascii")
