"""Seal PDFs so that no change is allowed (pyHanko: PAdES, certified).

The seal says who and unchanged; the register of SHA-256 hashes says authentic.
"""

from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import fields, signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from app.sealing import examination, pki
from app.sealing.checks import Findings
from app.sealing.examination import RESERVED
from app.sealing.pki import FOLDER, Keys, KeyTrouble

FIELD = "Segel"
REASON = "Segel elektronik internal - tidak tersertifikasi"


class CachedSigner(signers.Signer):
    """pyHanko's own signer parses and checks the key again at every signature."""

    def __init__(self, keys: Keys) -> None:
        certificate, root = _asn1(keys.certificate), _asn1(keys.root)
        store = SimpleCertificateStore()
        store.register_multiple([certificate, root])
        self._key = keys.key
        super().__init__(signing_cert=certificate, cert_registry=store)

    async def async_sign_raw(
        self, data: bytes, digest_algorithm: str, dry_run: bool = False
    ) -> bytes:
        return self._key.sign(data, ec.ECDSA(get_pyca_cryptography_hash(digest_algorithm)))


class Sealer:
    """Seals with the current key; knows seals of the same root as ours."""

    def __init__(self, keys: Keys) -> None:
        self.keys = keys
        self.signer = CachedSigner(keys)

    def seal(self, pdf: bytes, *, name: str = "Rambu", url: str = "") -> bytes:
        """Certify a PDF so that no change is allowed. `name` and `url` show in PDF readers."""
        expires = self.keys.certificate.not_valid_after_utc
        if datetime.now(UTC) >= expires:
            raise KeyTrouble(
                f"sertifikat segel kedaluwarsa pada {expires:%Y-%m-%d}; "
                "jalankan: flask credentials renew-seal"
            )
        settings = signers.PdfSignatureMetadata(
            field_name=FIELD,
            md_algorithm="sha256",
            subfilter=fields.SigSeedSubFilter.PADES,
            certify=True,
            docmdp_permissions=fields.MDPPerm.NO_CHANGES,
            name=name,
            reason=REASON,
            contact_info=url,
        )
        output = BytesIO()
        field = fields.SigFieldSpec(FIELD, readable_field_name=REASON)
        signers.PdfSigner(settings, self.signer, new_field_spec=field).sign_pdf(
            IncrementalPdfFileWriter(BytesIO(pdf)), bytes_reserved=RESERVED, output=output
        )
        return output.getvalue()

    def examine(self, pdf: bytes) -> Findings:
        """Look at a file. Never raises, whatever it holds."""
        return examination.examine(pdf, self.keys.root)


def load(keys: Path) -> Sealer:
    """The sealer of a folder of keys; makes its own at the first run. Raises pki.KeyTrouble."""
    folder = keys / FOLDER
    if not pki.exist(folder):
        pki.make(folder)
    return Sealer(pki.load(folder))


def _asn1(certificate: x509.Certificate) -> Certificate:
    der = certificate.public_bytes(serialization.Encoding.DER)
    return next(iter(load_certs_from_pemder_data(der)))
