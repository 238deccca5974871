"""What a verification page answers. Pure: decides from a credential and from findings.

A file is authentic only when its bytes are the issued ones (their SHA-256 is on our register).
The seal explains what is wrong with any other; it never makes a file authentic by itself.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from app.credentials.models import Credential
from app.sealing.checks import Check

if TYPE_CHECKING:  # the engine is heavy: see `press`
    from app.sealing.seal import Findings

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
    FOREIGN = "bukan-dari-kami"


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
    """What a person hears about a file: the verdict, and which checks it failed."""

    verdict: FileVerdict
    failed: tuple[Check, ...] = ()


def judge_file(
    *, is_registered: bool, findings: "Findings | None" = None, is_known_code: bool = False
) -> FileJudgement:
    """Judge a file by our register first; `findings` only explain a refusal.

    `is_known_code` says whether the code that the file claims is one that we gave out.
    """
    if is_registered:
        return FileJudgement(FileVerdict.AUTHENTIC)
    assert findings is not None, "a file that is not on the register is looked at"
    failed = (*findings.failed, Check.REGISTERED)
    if is_known_code:
        return FileJudgement(FileVerdict.CHANGED, failed)
    if findings.is_untouched:
        return FileJudgement(FileVerdict.UNREGISTERED, failed)
    if Check.OURS in findings.passed:
        return FileJudgement(FileVerdict.CHANGED, failed)
    return FileJudgement(FileVerdict.FOREIGN, failed)
