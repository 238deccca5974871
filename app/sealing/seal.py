"""Seal PDFs, and look at PDFs that claim to be ours (pyHanko: PAdES, certified, no changes).

The seal says who and unchanged; the register of SHA-256 hashes says authentic. A file may come
from anyone: examining it never raises, and never unpacks more than a few megabytes.
"""

import logging
import re
import struct
import zlib
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from io import BytesIO
from pathlib import Path

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from pyhanko.keys import load_certs_from_pemder_data
from pyhanko.pdf_utils.decode_limits import (
    DecodeLimits,
    DocumentDecodeBudget,
    StreamDecodeLimits,
)
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign import fields, signers
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore
from pyhanko_certvalidator.util import get_pyca_cryptography_hash

from app.sealing import pki
from app.sealing.checks import ADDRESS, Check
from app.sealing.pki import FOLDER, Keys, KeyTrouble

FIELD = "Segel"
REASON = "Segel elektronik internal - tidak tersertifikasi"
#: Our documents are far smaller; a larger file is not one of them.
LARGEST = 5 * 1024 * 1024
#: Room for the CMS, in hexadecimal digits. Ours takes 4,400; a dry run to learn that costs 12 ms.
RESERVED = 6144
MEGABYTE = 1024 * 1024
LIMITS = DecodeLimits(
    per_stream=StreamDecodeLimits(max_output_size=2 * MEGABYTE),
    document_budget=DocumentDecodeBudget(base_allowance=4 * MEGABYTE, max_ratio=1),
)
#: What parsers raise on files that only look like PDFs. A closed list: anything else is a bug.
BROKEN = (
    PdfError,
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    RecursionError,
    struct.error,
    zlib.error,
)
_CODE = re.compile(ADDRESS.encode().replace(b"/", rb"(?:/|\\057)") + rb"([A-Z2-7]{26})\b")

# A stranger's broken file is a finding, not a fault: pyHanko would write a trace for each.
for library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(library).setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Findings:
    """What a look at a file found. `passed` holds the checks that it met."""

    passed: frozenset[Check] = frozenset()
    sealed_at: datetime | None = None
    #: The verification code that the seal carries in the clear. A claim, not a proof.
    claimed_code: str | None = None

    @property
    def failed(self) -> list[Check]:
        """Checks not met, in the order in which they matter; REGISTERED is not judged here."""
        return [c for c in Check if c is not Check.REGISTERED and c not in self.passed]

    @property
    def is_untouched(self) -> bool:
        return not self.failed


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
        """Look at a file of at most LARGEST bytes. Never raises, whatever the file holds."""
        found = _CODE.search(pdf)
        claimed = found[1].decode("ascii") if found else None
        if len(pdf) > LARGEST or b"%PDF-" not in pdf[:1024] or b"/ByteRange" not in pdf:
            return Findings(claimed_code=claimed)
        try:
            passed, sealed_at = self._checks(pdf)
        except BROKEN:
            return Findings(claimed_code=claimed)
        return Findings(frozenset(passed), sealed_at, claimed)

    def _checks(self, pdf: bytes) -> tuple[set[Check], datetime | None]:
        reader = PdfFileReader(BytesIO(pdf), decode_limits=LIMITS)
        signatures = list(reader.embedded_signatures)
        passed = {Check.READABLE}
        if len(signatures) == 1:
            passed.add(Check.SEALED)
        if not signatures:
            return passed, None
        signature = signatures[0]
        sealed_at = signature.self_reported_timestamp
        if self._vouched_for(signature.signer_cert):
            passed.add(Check.OURS)
        status = validate_pdf_signature(signature, self._trust_at(sealed_at))
        return passed | _met(status), sealed_at

    def _vouched_for(self, certificate: Certificate) -> bool:
        """Whether our root issued the certificate that the seal names."""
        named = x509.load_der_x509_certificate(certificate.dump())
        try:
            named.verify_directly_issued_by(self.keys.root)
        except (ValueError, TypeError, InvalidSignature):
            return False
        return True

    def _trust_at(self, moment: datetime | None) -> ValidationContext:
        """Only our root counts, at the time of sealing: an old seal outlives its certificate.

        That time can be believed: it is part of what was sealed, so only our key could write it.
        """
        return ValidationContext(trust_roots=[self._root], allow_fetching=False, moment=moment)

    @cached_property
    def _root(self) -> Certificate:
        return _asn1(self.keys.root)


def load(instance: Path) -> Sealer:
    """The sealer of an instance folder; makes its keys at the first run. Raises pki.KeyTrouble."""
    folder = instance / FOLDER
    if not pki.exist(folder):
        pki.make(folder)
    return Sealer(pki.load(folder))


def _met(status: PdfSignatureStatus) -> set[Check]:
    found = {
        Check.INTACT: status.intact and status.valid,
        Check.WHOLE: status.coverage == SignatureCoverageLevel.ENTIRE_FILE,
        Check.UNMODIFIED: bool(status.docmdp_ok) and status.bottom_line,
    }
    return {check for check, is_met in found.items() if is_met}


def _asn1(certificate: x509.Certificate) -> Certificate:
    der = certificate.public_bytes(serialization.Encoding.DER)
    return next(iter(load_certs_from_pemder_data(der)))
