"""The packet for MyASN: one line a document with the fields of SIASN's `kursus` record. Pure.

Keys and the form of dates as five government programs send them to `kursus/save`; the ids of kinds
of diklat likewise, and a kind whose id nobody has published goes by its name.
"""

from app.core.spreadsheets import tame
from app.credentials.numbering import file_name
from app.printing.facts import AttendanceFacts, CertificateFacts

LIST = "kursus.csv"
COLUMNS = (
    "nip", "nama", "namaKursus", "institusiPenyelenggara", "nomorSertipikat", "jumlahJam",
    "tahunKursus", "tanggalKursus", "tanggalSelesaiKursus", "jenisDiklatId", "jenisDiklat",
    "jenisKursusSertipikat", "berkas",
)  # fmt: skip
DIKLAT_IDS = {
    "Diklat Struktural": "1", "Diklat Fungsional": "2", "Diklat Teknis": "3", "Workshop": "4",
    "Pelatihan Manajerial": "5", "Pelatihan Sosial Kultural": "6", "Sosialisasi": "7",
    "Bimbingan Teknis": "8", "Seminar": "9", "Magang": "10",
}  # fmt: skip


def line(facts: CertificateFacts | AttendanceFacts, number: str) -> list[str]:
    """The record of one document, in the order of COLUMNS."""
    if isinstance(facts, CertificateFacts):
        kind, first, last = facts.diklat_kind, facts.started_on, facts.finished_on
    else:
        kind, first, last = facts.event_kind, facts.held_on, facts.held_on
    return [
        facts.holder.grouped_number,
        tame(facts.holder.name),
        tame(facts.title),
        tame(f"{facts.issuer.office}, {facts.issuer.agency}"),
        number,
        str(int(facts.jp)),
        str(last.year),
        f"{first:%d-%m-%Y}",
        f"{last:%d-%m-%Y}",
        DIKLAT_IDS.get(kind, ""),
        kind,
        "Sertipikat",
        file_name(facts.holder.number, number),
    ]
