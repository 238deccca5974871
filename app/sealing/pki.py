"""The sealing keys: a root of our own, and the seal that it vouches for.

Made once, at first run, in a folder that only the server's user may read:

    root.key   P-384, signs seal certificates only; may be taken offline
    root.crt   its certificate, ten years; anyone may have it
    seal.pem   P-256 key and certificate, three years; seals documents

They prove that a document is ours and unchanged. They are no certified signature of a PSrE.
Messages are for the operator, and name the file.
"""

import os
import shutil
import stat
import tempfile
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID, ObjectIdentifier

#: Inside the folder of keys.
FOLDER = "segel"
ROOT_KEY, ROOT_CRT, SEAL_PEM = "root.key", "root.crt", "seal.pem"
ROOT_LIFE = timedelta(days=3653)
SEAL_LIFE = timedelta(days=1096)
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")
NAME = "Segel elektronik internal (tidak tersertifikasi)"


class KeyTrouble(Exception):
    """The keys cannot be used. One sentence that names the file and what to do."""


@dataclass(frozen=True)
class Keys:
    root: x509.Certificate
    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey

    @property
    def serial(self) -> str:
        return f"{self.certificate.serial_number:x}"


def exist(folder: Path) -> bool:
    """Whether any key file is there; a folder with only some of them is a fault, not a start."""
    return any((folder / name).exists() for name in (ROOT_KEY, ROOT_CRT, SEAL_PEM))


def make(folder: Path) -> None:
    """Make all keys, or none: they appear in one rename. Of two starting workers one wins."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(prefix=".segel-", dir=folder.parent))
    root_key = ec.generate_private_key(ec.SECP384R1())
    root = _root_certificate(root_key)
    _write_private(fresh / ROOT_KEY, _pem_of(root_key))
    _write_private(fresh / ROOT_CRT, root.public_bytes(serialization.Encoding.PEM))
    _write_private(fresh / SEAL_PEM, _new_seal(root_key, root))
    try:
        os.rename(fresh, folder)
    except OSError:
        shutil.rmtree(fresh)
        if not exist(folder):
            raise


def load(folder: Path) -> Keys:
    """Read the keys and check that they belong together. Raises KeyTrouble."""
    seal_path, root_path = folder / SEAL_PEM, folder / ROOT_CRT
    pem = _read_private(seal_path)
    if (folder / ROOT_KEY).exists():
        _read_private(folder / ROOT_KEY)
    root = _certificate(root_path, _read(root_path))
    certificate, key = _certificate(seal_path, pem), _key(seal_path, pem)
    if key.public_key() != certificate.public_key():
        raise KeyTrouble(
            f"{seal_path} rusak: kunci dan sertifikatnya tidak cocok; pulihkan dari cadangan."
        )
    try:
        certificate.verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature) as error:
        raise KeyTrouble(
            f"{seal_path} bukan terbitan {root_path}; pulihkan keduanya dari cadangan."
        ) from error
    return Keys(root, certificate, key)


def renew(folder: Path) -> Keys:
    """A new seal from the same root. Documents sealed before stay valid. Needs root.key."""
    root_path = folder / ROOT_CRT
    root = _certificate(root_path, _read(root_path))
    root_key = _key(folder / ROOT_KEY, _read_private(folder / ROOT_KEY))
    fresh = folder / f"{SEAL_PEM}.new"
    fresh.unlink(missing_ok=True)
    _write_private(fresh, _new_seal(root_key, root))
    os.replace(fresh, folder / SEAL_PEM)
    return load(folder)


def _root_certificate(key: ec.EllipticCurvePrivateKey) -> x509.Certificate:
    name = _name("Rambu — Otoritas Segel Internal")
    return (
        _builder(name, name, key, ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(key_cert_sign=True, crl_sign=True), critical=True)
        .sign(key, hashes.SHA384())
    )


def _new_seal(root_key: ec.EllipticCurvePrivateKey, root: x509.Certificate) -> bytes:
    key = ec.generate_private_key(ec.SECP256R1())
    issuer = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    certificate = (
        _builder(_name(NAME), root.subject, key, SEAL_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(digital_signature=True, content_commitment=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([DOCUMENT_SIGNING]), critical=False)
        .add_extension(
            x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(issuer), critical=False
        )
        .sign(root_key, hashes.SHA384())
    )
    return _pem_of(key) + certificate.public_bytes(serialization.Encoding.PEM)


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, life: timedelta
) -> x509.CertificateBuilder:
    now = datetime.now(UTC)
    public = key.public_key()
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(public)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(hours=1))
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(public), critical=False)
    )


def _name(common: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "ID"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Rambu"),
            x509.NameAttribute(NameOID.COMMON_NAME, common),
        ]
    )


def _usage(**granted: bool) -> x509.KeyUsage:
    bits = (
        "digital_signature content_commitment key_encipherment data_encipherment key_agreement "
        "key_cert_sign crl_sign encipher_only decipher_only"
    )
    return x509.KeyUsage(**{bit: granted.get(bit, False) for bit in bits.split()})


def _pem_of(key: ec.EllipticCurvePrivateKey) -> bytes:
    return key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )


def _write_private(path: Path, content: bytes) -> None:
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError as error:
        raise KeyTrouble(
            f"{path} hilang; pulihkan dari cadangan: kunci baru tidak mengakui "
            "dokumen yang sudah disegel."
        ) from error
    except OSError as error:
        raise KeyTrouble(f"{path} tidak dapat dibaca: {error.strerror}.") from error


def _read_private(path: Path) -> bytes:
    content = _read(path)
    if stat.S_IMODE(path.stat().st_mode) & 0o077:
        raise KeyTrouble(f"{path} dapat dibaca orang lain; jalankan: chmod 600 {path}")
    return content


def _certificate(path: Path, pem: bytes) -> x509.Certificate:
    try:
        return x509.load_pem_x509_certificate(pem)
    except ValueError as error:
        raise KeyTrouble(
            f"{path} rusak: tidak memuat sertifikat; pulihkan dari cadangan."
        ) from error


def _key(path: Path, pem: bytes) -> ec.EllipticCurvePrivateKey:
    try:
        key = serialization.load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as error:
        raise KeyTrouble(
            f"{path} rusak: kuncinya tidak terbaca; pulihkan dari cadangan."
        ) from error
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise KeyTrouble(f"{path} memuat kunci jenis lain; pulihkan dari cadangan.")
    return key
