"""What a look at a file can find, and what a person hears of it. Pure."""

from dataclasses import dataclass, field
from enum import StrEnum

#: What stands before the code in the address that a document carries, in print and in its seal.
ADDRESS = "/verifikasi/"
#: Bytes. Documents of ours have a tenth of it; a larger file is not one of them.
LARGEST = 1_000_000
#: Bytes among which the mark of a PDF stands.
HEAD = 1024


class Finding(StrEnum):
    """Where a look at a file ended. Nothing is said of what stood further on."""

    NOT_A_PDF = "bukan-pdf"
    CUT_OFF = "terpotong"
    LOCKED = "terkunci"
    UNSEALED = "tanpa-segel"
    MISPLACED = "segel-tergeser"
    FOREIGN = "segel-lain"
    CHANGED = "isi-berubah"
    EXTENDED = "ditambahi"
    UNTOUCHED = "utuh"
    UNFINISHED = "terlalu-berat"

    @property
    def sentence(self) -> str:
        """What was seen, and nothing else."""
        return SENTENCES[self]


SENTENCES = {
    Finding.NOT_A_PDF: "Berkas ini bukan PDF, jadi tidak ada segel yang dapat diperiksa.",
    Finding.CUT_OFF: "Berkas ini tidak utuh: bagian akhirnya tidak ada, mungkin karena unduhannya "
    "terputus, jadi segelnya tidak dapat diperiksa.",
    Finding.LOCKED: "Berkas ini dikunci dengan sandi, yang tidak pernah kami lakukan, jadi isinya "
    "tidak kami periksa.",
    Finding.UNSEALED: "Tidak ada segel elektronik pada berkas ini.",
    Finding.MISPLACED: "Segel pada berkas ini tidak berada di tempat yang disebutnya, seperti bila "
    "berkas disusun ulang oleh aplikasi lain, jadi segel itu tidak membuktikan apa pun.",
    Finding.FOREIGN: "Segel pada berkas ini bukan segel kami, jadi isinya tidak kami periksa.",
    Finding.CHANGED: "Isi yang disegel sudah berubah: nilai periksa segel tidak lagi cocok.",
    Finding.EXTENDED: "Segel tidak mencakup seluruh berkas: ada bagian yang ditambahkan "
    "sesudahnya.",
    Finding.UNTOUCHED: "Segelnya segel kami dan mencakup seluruh berkas, tetapi berkas ini tidak "
    "sama bita demi bita dengan berkas yang kami terbitkan.",
    Finding.UNFINISHED: "Pemeriksaan berkas ini dihentikan karena terlalu berat; dokumen kami "
    "selesai diperiksa dalam sekejap.",
}


@dataclass(frozen=True)
class Findings:
    """What a look at a file found, and the verification code that it carries in the clear. The
    code is a claim, not a proof."""

    finding: Finding
    claimed_code: str | None = None
    #: Of a processor, spent on looking in another process.
    seconds: float = field(default=0.0, compare=False)

    @property
    def is_untouched(self) -> bool:
        return self.finding is Finding.UNTOUCHED


def seen_at_once(content: bytes) -> Finding | None:
    """What needs no examination: a file that is larger than ours ever are, or no PDF."""
    if len(content) > LARGEST:
        return Finding.UNFINISHED
    return None if b"%PDF-" in content[:HEAD] else Finding.NOT_A_PDF
