"""Texts that the seal signs, and what is needed to check them with tools of anybody's.

The signature is ECDSA with SHA-256 over the text in UTF-8, in DER, in base64: `openssl dgst
-sha256 -verify` reads it. The certificate comes along, since a seal is renewed every three years.
"""

import base64
import binascii
from dataclasses import dataclass

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from app.sealing.pki import Keys


class BadStatement(Exception):
    """Not signed by a seal of this root, or changed since. One sentence."""


@dataclass(frozen=True)
class Statement:
    text: str
    signature: str
    certificate: str


def sign(keys: Keys, text: str) -> Statement:
    """The text under the seal that is in use."""
    signature = keys.key.sign(text.encode(), ec.ECDSA(hashes.SHA256()))
    certificate = keys.certificate.public_bytes(serialization.Encoding.PEM)
    return Statement(text, base64.b64encode(signature).decode(), certificate.decode())


def check(statement: Statement, root: x509.Certificate) -> None:
    """Raise BadStatement unless a seal that `root` vouches for has signed exactly this text."""
    try:
        certificate = x509.load_pem_x509_certificate(statement.certificate.encode())
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise BadStatement("sertifikatnya bukan terbitan akar segel ini") from error
    key = certificate.public_key()
    try:
        assert isinstance(key, ec.EllipticCurvePublicKey), "the root issues no others"
        signature = base64.b64decode(statement.signature, validate=True)
        key.verify(signature, statement.text.encode(), ec.ECDSA(hashes.SHA256()))
    except (InvalidSignature, binascii.Error) as error:
        raise BadStatement("tanda tangannya tidak cocok dengan isinya") from error
