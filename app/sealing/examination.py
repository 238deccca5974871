"""Look at a file that claims to be ours, without unpacking anything of it.

A seal of ours covers every byte but its own digits, so the bytes say all there is to know: where
the seal says it stands, whose it is, and whether what it covers is unchanged. No object, table or
stream of a stranger's PDF is ever read. Only the seal itself is parsed, if it is as small as ours.
It never raises, whatever the file holds.
"""

import hashlib
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from asn1crypto import cms
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.exceptions import InvalidSignature
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.sign.general import extract_signer_info
from pyhanko.sign.validation.generic_cms import extract_certs_for_validation, validate_sig_integrity

from app.sealing.checks import ADDRESS, Finding, Findings, seen_at_once

#: Room for the CMS, in hexadecimal digits. Ours takes 4,400; a dry run to learn that costs 12 ms.
RESERVED = 6144
#: Seals of one file that are looked at. Ours has one, and whoever countersigns adds a few.
MOST_SEALS = 8
#: Places that are looked at for the code, and bytes of each: the seal's own is among the last.
MOST_CODES = 16
#: Bytes at the end of a file among which its mark must stand.
TAIL = 1024
#: What parsers raise on what only looks like a seal. A closed list: anything else is a bug.
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
)
_RANGE = re.compile(rb"/ByteRange\s{0,9}\[\s{0,9}0\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})\s{1,9}(\d{1,9})")
_DIGITS = re.compile(rb"<(?:[0-9A-Fa-f]{2})+>")
_WORD, _SLASH = ADDRESS.strip("/").encode(), rb"(?:/|\\057)"
_CODE = re.compile(_SLASH + _WORD + _SLASH + rb"([A-Z2-7]{26})\b")

# A stranger's broken file is a finding, not a fault: pyHanko would write a trace for each.
for library in ("pyhanko", "pyhanko_certvalidator"):
    logging.getLogger(library).setLevel(logging.CRITICAL)


@dataclass(frozen=True)
class Seal:
    """A seal where its file says it stands: its digits, and the bytes from 0 to `end` around it."""

    start: int
    resume: int
    end: int
    digits: bytes

    @property
    def is_of_our_size(self) -> bool:
        return len(self.digits) == RESERVED

    def digest(self, pdf: bytes) -> bytes:
        covered = hashlib.sha256(pdf[: self.start])
        covered.update(pdf[self.resume : self.end])
        return covered.digest()


def examine(pdf: bytes, root: x509.Certificate) -> Findings:
    """Look at a file; `root` is the authority of our seals."""
    code = claimed_code(pdf)
    if finding := seen_at_once(pdf):
        return Findings(finding, code)
    named = list(islice(_RANGE.finditer(pdf), MOST_SEALS))
    seals = [seal for place in named if (seal := _seal_at(pdf, place))]
    for seal in seals:
        if seal.is_of_our_size and (verdict := _of_ours(pdf, seal, root)):
            return Findings(verdict, code)
    return Findings(_without_ours(pdf, bool(named), bool(seals)), code)


def claimed_code(pdf: bytes) -> str | None:
    """The code of the first address of ours that a file carries in the clear."""
    for at in islice(_places(pdf, _WORD), MOST_CODES):
        if found := _CODE.search(pdf, max(at - 4, 0), at + 48):
            return found[1].decode("ascii")
    return None


def _places(pdf: bytes, word: bytes) -> Iterator[int]:
    at = pdf.find(word)
    while at >= 0:
        yield at
        at = pdf.find(word, at + 1)


def _seal_at(pdf: bytes, place: re.Match[bytes]) -> Seal | None:
    """The seal of a range that fits its file, or None."""
    start, resume, rest = (int(number) for number in place.groups())
    end = resume + rest
    if not 0 < start < resume < end <= len(pdf):
        return None
    if not _DIGITS.fullmatch(pdf, start, resume):
        return None
    return Seal(start, resume, end, pdf[start + 1 : resume - 1])


def _of_ours(pdf: bytes, seal: Seal, root: x509.Certificate) -> Finding | None:
    """What a seal of ours says of its file. None when it is no seal of ours."""
    try:
        content = cms.ContentInfo.load(bytes.fromhex(seal.digits.decode("ascii")))
        signed: cms.SignedData = content["content"]
        certificate: Certificate = extract_certs_for_validation(signed).signer_cert
    except BROKEN:
        return None
    if not _vouched_for(certificate, root):
        return None
    if not _holds(signed, certificate, seal.digest(pdf)):
        return Finding.CHANGED
    return Finding.UNTOUCHED if seal.end == len(pdf) else Finding.EXTENDED


def _holds(signed: cms.SignedData, certificate: Certificate, digest: bytes) -> bool:
    """Whether that key signed these bytes."""
    try:
        info = extract_signer_info(signed)
        return all(validate_sig_integrity(info, certificate, "data", digest))
    except BROKEN:
        return False


def _vouched_for(certificate: Certificate, root: x509.Certificate) -> bool:
    """Whether our root issued the certificate that a seal names."""
    try:
        x509.load_der_x509_certificate(certificate.dump()).verify_directly_issued_by(root)
    except (ValueError, TypeError, InvalidSignature):
        return False
    return True


def _without_ours(pdf: bytes, names_seals: bool, has_seals: bool) -> Finding:
    if b"/Encrypt" in pdf:
        return Finding.LOCKED
    if has_seals:
        return Finding.FOREIGN
    if b"%%EOF" not in pdf[-TAIL:]:
        return Finding.CUT_OFF
    return Finding.MISPLACED if names_seals else Finding.UNSEALED
