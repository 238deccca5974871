"""What a verification page answers. Pure: decides from a credential and from findings.

A file is authentic only when its bytes are the issued ones (their SHA-256 is on our register).
The seal explains what is wrong with any other; it never makes a file authentic by itself.
"""

from dataclasses import dataclass
from enum import StrEnum

from app.credentials.models import Credential
from app.sealing.checks import Finding, Findings

#: Base32 has no 0, 1, 8, 9; people type the first three for letters that look alike.
LOOKALIKES = str.maketrans("018", "OIB")
CODE_LENGTH = 26
BASE32 = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")


class Standing(StrEnum):
    """What has become of a document."""

    VALID = "berlaku"
    REVOKED = "dicabut"
    REPLACED = "diganti"
    UNKNOWN = "tidak-dikenal"


class FileVerdict(StrEnum):
    #: Every byte is as we issued it.
    AUTHENTIC = "asli"
    #: It began as ours and is not what we issued any more.
    CHANGED = "berubah"
    #: Our seal, intact, on something that is not on the register: a sample, for instance.
    UNREGISTERED = "tidak-terdaftar"
    #: Its end is missing.
    CUT_OFF = "terpotong"
    #: Somebody else's seal.
    FOREIGN = "segel-lain"
    #: No seal to look at.
    UNSEALED = "tanpa-segel"
    #: It was not possible to see what it is.
    UNEXAMINED = "tidak-terperiksa"


#: What each finding comes to when the register does not know the file.
VERDICTS = {
    Finding.CHANGED: FileVerdict.CHANGED,
    Finding.EXTENDED: FileVerdict.CHANGED,
    Finding.CUT_OFF: FileVerdict.CUT_OFF,
    Finding.FOREIGN: FileVerdict.FOREIGN,
    Finding.NOT_A_PDF: FileVerdict.UNSEALED,
    Finding.UNSEALED: FileVerdict.UNSEALED,
    Finding.LOCKED: FileVerdict.UNEXAMINED,
    Finding.MISPLACED: FileVerdict.UNEXAMINED,
    Finding.UNFINISHED: FileVerdict.UNEXAMINED,
}


def tidy_code(typed: str) -> str | None:
    """A code as it is stored, from what people type: any case, spaces, dashes, 0 for O, 1 for I.

    None when it cannot be a code.
    """
    code = "".join(c for c in typed.upper() if c.isalnum()).translate(LOOKALIKES)
    return code if len(code) == CODE_LENGTH and BASE32.issuperset(code) else None


def standing(credential: Credential | None) -> Standing:
    if credential is None:
        return Standing.UNKNOWN
    if credential.is_revoked:
        return Standing.REVOKED
    return Standing.REPLACED if credential.is_replaced else Standing.VALID


@dataclass(frozen=True)
class FileJudgement:
    """What a person hears about a file: the verdict, and in one sentence why."""

    verdict: FileVerdict
    why: str = ""


def judge_file(findings: Findings, *, is_known_code: bool) -> FileJudgement:
    """Judge a file that is not on the register. `is_known_code` says whether the code that it
    claims is one that we gave out."""
    finding = findings.finding
    if finding is Finding.UNTOUCHED:
        verdict = FileVerdict.CHANGED if is_known_code else FileVerdict.UNREGISTERED
        return FileJudgement(verdict, finding.sentence)
    return FileJudgement(VERDICTS[finding], finding.sentence)
