"""What is looked at in a sealed file, and what each failure means for whoever holds it. Pure."""

from enum import StrEnum

#: What stands before the code in the address that a document carries, in print and in its seal.
ADDRESS = "/verifikasi/"


class Check(StrEnum):
    """What is looked at in a file, in the order in which a person should hear of it."""

    READABLE = "terbaca"
    SEALED = "bersegel"
    OURS = "segel-kami"
    INTACT = "isi-utuh"
    WHOLE = "seluruh-berkas"
    UNMODIFIED = "tanpa-revisi"
    REGISTERED = "terdaftar"

    @property
    def failure(self) -> str:
        """What is wrong when this check fails, in one sentence."""
        return FAILURES[self]


FAILURES = {
    Check.READABLE: "Berkas ini tidak dapat dibaca sebagai PDF bersegel.",
    Check.SEALED: "Berkas ini tidak memuat tepat satu segel elektronik.",
    Check.OURS: "Segel pada berkas ini tidak dibuat dengan kunci segel kami.",
    Check.INTACT: "Isi yang disegel sudah berubah: nilai periksa segel tidak lagi cocok.",
    Check.WHOLE: "Segel tidak mencakup seluruh berkas: ada bagian yang ditambahkan sesudahnya.",
    Check.UNMODIFIED: "Dokumen diubah sesudah disegel, padahal segel melarang perubahan apa pun.",
    Check.REGISTERED: "Berkas ini tidak sama bita demi bita dengan berkas yang kami terbitkan.",
}
