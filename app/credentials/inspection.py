"""Look at a file that somebody brought: the register first, then the seal. Keeps nothing."""

from dataclasses import dataclass

from app.accounts import throttle
from app.credentials import queries
from app.credentials.models import Credential
from app.credentials.press import Press
from app.credentials.verification import FileJudgement, FileVerdict, judge_file
from app.sealing.examiner import Examiner


@dataclass(frozen=True)
class Inspection:
    """What is known of a file. Without a judgement, its bytes must be seen first."""

    sha256: str
    judgement: FileJudgement | None = None
    #: The credential that this file is, to the last byte.
    credential: Credential | None = None
    #: The credential that another file says it is.
    claimed: Credential | None = None

    @property
    def is_authentic(self) -> bool:
        return self.credential is not None


def by_hash(sha256: str) -> Inspection:
    """All that a SHA-256 (hex) alone can tell."""
    credential = queries.credential_by_sha256(sha256)
    if credential is None:
        return Inspection(sha256)
    return Inspection(sha256, FileJudgement(FileVerdict.AUTHENTIC), credential)


def by_content(
    sha256: str, content: bytes, press: Press, examiner: Examiner, payer: str
) -> Inspection:
    """The same, and why a file that is not on the register is refused; `payer` owes for looking.
    Raises TooBusy, and TooCostly where the register does not know the file."""
    known = by_hash(sha256)
    if known.is_authentic:
        return known
    with throttle.charged(payer):
        findings = examiner.examine(content, press.root())
    throttle.LEDGER.charge(payer, findings.seconds)
    claimed = queries.credential_by_code(findings.claimed_code or "")
    judgement = judge_file(findings, is_known_code=claimed is not None)
    return Inspection(sha256, judgement, claimed=claimed)
