"""The whole chain, told once: study → decide → sign → be counted. With and without JavaScript."""

from datetime import timedelta
from io import BytesIO

import openpyxl
import pytest

from app.core import clock
from app.core.db import db as database
from tests.journeys.conftest import DESK, PHONE
from tests.journeys.people import COURSE, Admin, Learner, Visitor
from tests.journeys.qr import scan
from tests.journeys.stage import wrong_option

pytestmark = pytest.mark.journey

SARI, RINA, DEWI = "199001012015032001", "198503032009022003", "198004042005012004"
LESSONS = range(1, 9)
#: Wrong answers that are one too many: 8 of 12 right are 66 percent.
FAILING = 4


@pytest.fixture
def has_javascript(site):
    """With it on one database, without it on the other: neither knows of the other."""
    with site.app.app_context():
        return database.engine.dialect.name == "sqlite"


@pytest.fixture
def sari(town, open_browser, has_javascript):
    context = open_browser(base_url=town.url, java_script_enabled=has_javascript, **PHONE)
    return Learner(town, context, SARI)


@pytest.fixture
def rina(town, open_browser, has_javascript):
    context = open_browser(base_url=town.url, java_script_enabled=has_javascript, **DESK)
    return Admin(town, context, RINA)


@pytest.fixture
def stranger(town, open_browser, has_javascript):
    """Somebody without an account who was shown a document."""
    context = open_browser(base_url=town.url, java_script_enabled=has_javascript, **PHONE)
    return Visitor(town, context)


def test_sari_studies_decides_signs_and_is_counted(town, sari, rina, stranger, tmp_path):
    rina.is_let_in_by_operator()
    sari.activates(rina.hands_out_code("Sari Wulandari"))
    sari.reads("Akun Anda aktif", "Selamat datang, Sari Wulandari, A.Md.Kep.")

    sari.starts_course()
    for number in LESSONS:
        sari.reads_lesson(number)
    sari.reads("Semua pelajaran selesai.")
    sari.practises(2)

    _fails_first(sari)
    clock.shift(timedelta(minutes=61))
    _passes(sari)
    _signs(sari)

    files = sari.downloads_both()
    addresses = {kind: scan(content) for kind, content in files.items()}
    assert files == sari.downloads_both()
    for kind, content in files.items():
        _is_genuine(stranger, addresses[kind], content, tmp_path)
    assert _figures(rina) == ["2", "1", "1", "1", "1", "50,00"]

    _revoke(town, addresses["Sertifikat"], "Terbit dengan gelar yang keliru.")
    stranger.opens(addresses["Sertifikat"])
    stranger.reads("Dicabut", "Terbit dengan gelar yang keliru.")
    assert _figures(rina) == ["2", "1", "1", "1", "1", "50,00"], "the pledge still stands"
    assert _status_in_workbook(rina) == "Sudah menandatangani"

    _revoke(town, addresses["Pakta integritas"], "Ditandatangani orang lain.")
    assert _figures(rina) == ["2", "1", "1", "0", "2", "0,00"], "a withdrawn pledge counts no more"
    assert _status_in_workbook(rina) == "Pakta dicabut"


def _fails_first(sari: Learner) -> None:
    """The result names what was wrong and teaches it; then there is a pause."""
    asked = sari.takes_quiz(
        lambda number, question: wrong_option(question.key) if number <= FAILING else question.key
    )
    sari.reads("Belum lulus", "Nilai 66", f"Yang perlu dipelajari lagi ({FAILING})")
    for number, question in enumerate(asked[:FAILING], start=1):
        section = sari.main.get_by_role("region", name=question.question).first
        taught = section.inner_text()
        assert f"SOAL {number}" in taught.upper()
        assert all(law.label in taught for law in question.cites)
        assert "Alasan" in taught
        assert "Sebaiknya" in taught
    sari.reads("Anda dapat mencoba lagi")
    sari.opens(f"{COURSE}/kuis")
    sari.reads("Beri jeda dahulu", "Anda dapat mencoba lagi")
    assert sari.main.get_by_role("button", name="Mulai kuis").count() == 0


def _passes(sari: Learner) -> None:
    sari.takes_quiz(lambda _, question: question.key)
    sari.reads("Anda lulus", "Nilai 100")


def _signs(sari: Learner) -> None:
    """Not before every point is ticked, and not with a wrong password."""
    sari.opens_pledge()
    sari.reads("Sari Wulandari, A.Md.Kep.", "Puskesmas Melati, Dinas Kesehatan")
    sari.ticks_every_point()
    sari.signs_pledge("bukan kata sandi saya")
    sari.reads("Pakta belum ditandatangani")
    sari.signs_pledge()
    sari.reads("Pakta sudah Anda tandatangani.")
    assert sari.at == "/dokumen"


def _is_genuine(stranger: Visitor, address: str, content: bytes, folder) -> None:
    """By its code, and by its file to the last byte; anything else is refused."""
    stranger.opens(address)
    stranger.reads("Berlaku", "Sari Wulandari, A.Md.Kep.")
    assert SARI not in stranger.page.content()
    stranger.types_code(address.rsplit("/", 1)[1].lower())
    stranger.reads("Berlaku", "Sari Wulandari, A.Md.Kep.")
    assert content.startswith(b"%PDF")
    flipped = bytearray(content)
    flipped[len(content) // 2] ^= 1
    path = folder / "dokumen.pdf"
    for changed, words in (
        (content, "Asli sampai ke bita terakhir"),
        (bytes(flipped), "Jangan dipercaya"),
        (content + b"\n", "Jangan dipercaya"),
    ):
        path.write_bytes(changed)
        stranger.drops_file(path)
        stranger.reads(words)


def _figures(rina: Admin) -> list[str]:
    return rina.finds_in_report("Dinas Kesehatan")


def _status_in_workbook(rina: Admin) -> str:
    """How Sari's own line reads in the XLSX."""
    rina.opens("/laporan")
    rina.proves_presence("Siapkan XLSX")
    rina.presses("Siapkan XLSX")
    content = rina.downloads(rina.main.get_by_role("link", name="Unduh berkas"))
    book = openpyxl.load_workbook(BytesIO(content))
    lines = [row for row in book["Dinas Kesehatan"].iter_rows(values_only=True) if SARI in row]
    assert len(lines) == 1, "the NIP is text, once"
    return lines[0][6]


def _revoke(town, address: str, reason: str) -> None:
    code = address.rsplit("/", 1)[1]
    town.runs("credentials", "revoke", code, "--reason", reason, "--by", DEWI)
