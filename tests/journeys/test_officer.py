"""The desk of a BKPSDM, told once: from an empty database to the Sekda's figure, and the month
after: people moved, people gone, people new, and an import that is taken back."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from app.accounts.models import Account
from app.core import clock
from app.core.db import db as database
from tests import people
from tests.journeys.conftest import DESK
from tests.journeys.people import Admin

#: It is the desk that is told here; one database is enough.
pytestmark = [
    pytest.mark.journey,
    pytest.mark.parametrize("built_app", ["sqlite"], indirect=True),
]

DEWI = "198004042005012004"
BKPSDM = "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia"
HEALTH, SCHOOLS = "Dinas Kesehatan", "Dinas Pendidikan dan Kebudayaan"
UNITS = """Kode Unit;Kode Induk;Nama Unit;Jenis;Unit Laporan
01;;Badan Kepegawaian dan Pengembangan Sumber Daya Manusia;badan;ya
02;;Dinas Kesehatan;dinas;ya
02.1;02;Puskesmas Melati;puskesmas;tidak
03;;Dinas Pendidikan dan Kebudayaan;dinas;ya
"""
FIRST = "NIP;Nama;Gelar Belakang;Status;Jabatan;Kode Unit\n" + (
    f"{DEWI};Dewi Anggraini;S.E., M.Si.;PNS;Analis SDM;01\n"
)
HEAD = "NIP BARU;NAMA;STATUS CPNS PNS;KEDUDUKAN HUKUM NAMA;JABATAN NAMA;UNOR NAMA;NIK"
#: How the list calls units, by their codes.
CALLED = {"02": "DINKES", "02.1": "PKM. MELATI", "03": "DISDIKBUD"}
SIZE, MOVED, GONE, NEW = 40, 12, 4, 3


def listed(where: dict[int, str], retired: int | None = None) -> str:
    """A list as SIASN gives it: Dewi, and so many others at their places."""
    rows = [f"{DEWI};DEWI ANGGRAINI;P;Aktif;ANALIS SDM;BKPSDM;3301010101010001"]
    for n, unit in where.items():
        number = f"19900{1 + n % 9}{1 + n % 28:02}201501{1 + n % 2}{100 + n}"
        number = number[:14] + number[14:18]
        stands = "Pensiun BUP" if n == retired else "Aktif"
        name = "PEGAWAI " + "".join(chr(65 + int(d)) for d in f"{n:02}")
        rows.append(f"{number};{name};P;{stands};PELAKSANA;{CALLED[unit]};3301010101010001")
    return "\n".join([HEAD, *rows])


class Dewi(Admin):
    def has_an_app(self) -> None:
        """Her authenticator, as if set up; whoever holds a role needs one within a week."""
        with self.site.app.app_context():
            account = database.session.scalar(sa.select(Account))
            people.give_factor(database.session, account)
            database.session.commit()

    def signs_in(self) -> None:
        super().signs_in()
        self.fills("Kode", people.code_now())
        self.presses("Masuk")

    def brings(self, folder: Path, content: str) -> None:
        """A file, and back on its own page once it was looked at."""
        file = folder / "Unduhan SIASN.csv"
        file.write_text(content, encoding="utf-8")
        self.opens("/pegawai/impor")
        self.main.get_by_label("Berkas CSV atau XLSX").set_input_files(file)
        self.presses("Periksa berkas")
        self.follows("Lanjutkan")

    def applies(self) -> None:
        self.presses("Terapkan impor ini")
        self.reads("Daftar tersimpan.")
        self.follows("Lanjutkan")

    def counts(self, path: str = "/laporan") -> dict[str, int]:
        """People of each OPD in the report."""
        self.opens(path)
        found = {}
        for row in self.main.get_by_role("row").all():
            cells, head = row.get_by_role("cell").all_inner_texts(), row.get_by_role("rowheader")
            if len(cells) >= 6 and head.count():
                number = re.search(r"\d+", cells[-6])
                found[head.first.inner_text().strip()] = int(number[0]) if number else 0
        return found


@pytest.fixture
def dewi(site, open_browser, tmp_path):
    """The operator makes the instansi and its tree, and lets the first officer in."""
    (tmp_path / "units.csv").write_text(UNITS, encoding="utf-8")
    (tmp_path / "first.csv").write_text(FIRST, encoding="utf-8")
    facts = {
        "code": "arga", "kind": "kabupaten", "name": "Pemerintah Kabupaten Arga",
        "office-name": "Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
        "office-short": "BKPSDM", "city": "Tirtasari", "address": "Jalan Merdeka 1, Tirtasari",
        "official-name": "Drs. Harun Wijaya, M.Si.", "official-number": "196601011990031005",
        "official-position": "Kepala Badan",
    }  # fmt: skip
    site.runs("agency", "create", *(word for k, v in facts.items() for word in (f"--{k}", v)))
    site.runs("unit", "import", str(tmp_path / "units.csv"))
    site.runs("roster", "import", str(tmp_path / "first.csv"))
    site.runs("accounts", "grant", DEWI, "hr_admin", "00", "--reason", "SK Kepala Badan 800/1")
    officer = Dewi(site, open_browser(base_url=site.url, **DESK), DEWI)
    officer.is_let_in_by_operator()
    officer.has_an_app()
    return officer


def test_from_an_empty_database_to_a_figure_and_the_month_after(site, dewi, tmp_path):
    units = ("02", "02.1", "03")
    november = {n: units[n % 3] for n in range(SIZE)}
    dewi.brings(tmp_path, listed(november, retired=5))
    dewi.reads("Apakah mereka masih bekerja di sini?", "Pensiun BUP: 1 orang")
    dewi.presses("Simpan keputusan dan periksa lagi")
    dewi.follows("Lanjutkan")
    dewi.reads("Berkas ini dapat diimpor")
    dewi.applies()
    first = dewi.counts()
    assert first == {BKPSDM: 1, HEALTH: 27, SCHOOLS: 12, "Jumlah": 40}
    noted = clock.today("Asia/Jakarta")

    clock.shift(timedelta(days=30))
    dewi.signs_in()
    december = {n: "03" if n < MOVED else unit for n, unit in november.items() if n != 5}
    gone = [n for n in december if n >= SIZE - GONE]
    december = {n: unit for n, unit in december.items() if n not in gone}
    december |= {SIZE + n: "02" for n in range(NEW)}
    dewi.brings(tmp_path, listed(december))
    dewi.follows(f"Putuskan {GONE} orang yang tidak disebut")
    dewi.fills("Alasan", "Pindah instansi")
    dewi.presses(f"Centang semua {GONE} orang")
    dewi.reads(f"{GONE} orang akan dinonaktifkan bersama impor ini.")
    dewi.follows("Kembali ke berkas")
    dewi.applies()
    second = dewi.counts()
    assert second == {BKPSDM: 1, HEALTH: 27 - 8 - 3 + NEW, SCHOOLS: 12 + 8 - 1, "Jumlah": 39}
    assert dewi.counts(f"/laporan?per={noted.isoformat()}") == first, "the past stands as it was"

    dewi.opens("/pegawai/impor")
    dewi.main.get_by_role("link", name="Unduhan SIASN.csv").first.click()
    dewi.presses("Urungkan seluruh impor ini")
    dewi.reads("Impor diurungkan.")
    assert dewi.counts() == first
