"""A timestamp authority of our own, and certificates for tests."""

from datetime import timedelta

from asn1crypto import keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID
from pyhanko.sign.timestamps import DummyTimeStamper

from app.core.clock import now


class TestAuthority:
    """Answers queries, and counts them."""

    __test__ = False

    def __init__(self) -> None:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        der = key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        self._stamper = DummyTimeStamper(
            tsa_cert=asn1_x509.Certificate.load(_certificate(key)),
            tsa_key=keys.PrivateKeyInfo.load(der),
        )
        self.queries: list[bytes] = []

    async def __call__(self, query: bytes) -> bytes:
        """The response to a query."""
        self.queries.append(query)
        response = await self._stamper.async_request_tsa_response(tsp.TimeStampReq.load(query))
        return bytes(response.dump())


def _certificate(key: rsa.RSAPrivateKey) -> bytes:
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "Test time")])
    stamping = x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING])
    return (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now() - timedelta(days=1))
        .not_valid_after(now() + timedelta(days=1))
        .add_extension(stamping, critical=True)
        .sign(key, hashes.SHA256())
        .public_bytes(Encoding.DER)
    )
