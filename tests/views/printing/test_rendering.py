"""Documents print every fact, fit the longest names, carry their fonts, and fetch nothing."""

import re
import subprocess
from dataclasses import replace
from datetime import date
from io import BytesIO
from itertools import combinations

import pytest
import segno
from pyhanko.pdf_utils.reader import PdfFileReader
from weasyprint import HTML
from weasyprint.urls import FatalURLFetchingError

from app.credentials.samples import ISSUED_AT, LONGEST, samples
from app.printing import ornament, rendering
from app.printing.facts import Stamp, group_code
from app.printing.rendering import SEAL_LABEL, date_range, headline, render

#: Name, facts and stamp of each sample.
SAMPLES = {name: (facts, stamp) for name, facts, stamp in samples()}
MM = 72 / 25.4
#: Areas of the certificate's first page that no word may touch: left, top, right, bottom in mm.
QR_AREA = (30, 155, 52, 180)
MEDALLION = (132, 150, 165, 183)
SMALL_MEDALLION = (133.5, 153.5, 163.5, 183.5)
FRAME = (19, 19, 278, 191)


@pytest.fixture(scope="module")
def printed(tmp_path_factory):
    """Path of each rendered sample."""
    folder = tmp_path_factory.mktemp("printed")
    for name, (facts, stamp) in SAMPLES.items():
        (folder / f"{name}.pdf").write_bytes(render(facts, stamp))
    return folder


def text_of(path, page=None) -> str:
    pages = ["-f", str(page), "-l", str(page)] if page else []
    said = subprocess.run(["pdftotext", *pages, path, "-"], capture_output=True, text=True)
    return " ".join(said.stdout.split())


def words_of(path, page) -> list[tuple[str, float, float, float, float]]:
    """Each word with its box in mm."""
    command = ["pdftotext", "-bbox", "-f", str(page), "-l", str(page), path, "-"]
    said = subprocess.run(command, capture_output=True, text=True).stdout
    box = r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>'
    return [(word, *(float(n) / MM for n in sides)) for *sides, word in re.findall(box, said)]


def overlap(one, other) -> float:
    """Shared area in mm², less the third of a line that boxes of neighbouring lines share."""
    width = min(one[2], other[2]) - max(one[0], other[0])
    height = min(one[3], other[3]) - max(one[1], other[1])
    line = min(one[3] - one[1], other[3] - other[1])
    return max(0, width) * max(0, height - line / 3)


def reader_of(path) -> PdfFileReader:
    return PdfFileReader(BytesIO(path.read_bytes()))


def pages_of(path) -> int:
    return len(reader_of(path).root["/Pages"]["/Kids"])


# ---- everything is there ---------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_every_document_has_two_pages_and_of_an_attendance_one(printed, name):
    wanted = 1 if name.startswith("kehadiran") else 2
    assert pages_of(printed / f"{name}.pdf") == wanted


@pytest.mark.parametrize("name", SAMPLES)
def test_every_fact_is_printed_even_the_longest(printed, name):
    facts, stamp = SAMPLES[name]
    text = text_of(printed / f"{name}.pdf")
    holder = facts.holder
    wanted = [holder.name, holder.grouped_number, holder.position, holder.unit, stamp.number]
    wanted += [group_code(stamp.code), SEAL_LABEL, facts.issuer.city, "rambu.contoh.go.id"]
    if facts.kind == "pledge":
        wanted += [*facts.points, facts.consent, facts.device, facts.network, facts.edition]
        wanted += [facts.text_sha256[:32], facts.text_sha256[32:], holder.rank]
    elif facts.kind == "attendance":
        wanted += [part for one in facts.speakers for part in (one.name, one.affiliation)]
        wanted += [facts.title, facts.unit, facts.place, facts.rule, facts.session]
        wanted += [facts.official.name, facts.official.grouped_number, facts.issuer.office]
        wanted += ["Kamis, 19 November 2026", "135 menit", "setara 3 JP", facts.event_kind.lower()]
        wanted += ["Terjawab 9 dari 10 soal"]
    else:
        wanted += [lesson.title for lesson in facts.lessons]
        wanted += [facts.course, facts.official.name, facts.official.grouped_number]
        wanted += [f"setara {facts.jp} JP", "03-11-2026", "22-11-2026", facts.diklat_kind]
    squeezed = re.sub(r"[\s-]", "", text)
    assert [w for w in wanted if re.sub(r"[\s-]", "", w) not in squeezed] == []


def assert_nothing_touches(words, medallion=MEDALLION) -> None:
    assert len(words) > 40
    for word, *box in words:
        assert overlap(box, QR_AREA) == overlap(box, medallion) == 0, word
        assert box[0] >= FRAME[0], word
        assert box[1] >= FRAME[1], word
        assert box[2] <= FRAME[2], word
        assert box[3] <= FRAME[3], word
    for (one, *box), (other, *other_box) in combinations(words, 2):
        assert overlap(box, other_box) < 0.2, (one, other)


@pytest.mark.parametrize("name", ["sertifikat-biasa", "sertifikat-terpanjang"])
def test_no_word_of_the_certificate_touches_another_or_leaves_the_frame(printed, name):
    assert_nothing_touches(words_of(printed / f"{name}.pdf", 1))


@pytest.mark.parametrize("name", ["kehadiran-biasa", "kehadiran-terpanjang"])
def test_no_word_of_an_attendance_touches_another_or_leaves_the_frame(printed, name):
    assert_nothing_touches(words_of(printed / f"{name}.pdf", 1), SMALL_MEDALLION)


@pytest.mark.parametrize("count", [0, 4])
def test_an_attendance_has_room_for_any_number_of_speakers(tmp_path, count):
    facts, stamp = SAMPLES["kehadiran-biasa"]
    facts = replace(facts, speakers=SAMPLES["kehadiran-terpanjang"][0].speakers[:count])
    path = tmp_path / "speakers.pdf"
    path.write_bytes(render(facts, stamp))
    assert pages_of(path) == 1
    assert_nothing_touches(words_of(path, 1), SMALL_MEDALLION)
    assert ("NARASUMBER" in text_of(path).replace(" ", "")) == (count > 0)


def test_an_attendance_without_a_jp_or_a_question_names_neither_and_never_a_pass(tmp_path):
    facts, stamp = SAMPLES["kehadiran-biasa"]
    path = tmp_path / "short.pdf"
    path.write_bytes(render(replace(facts, minutes=40, jp=0, asked=0, answered=0), stamp))
    text = text_of(path)
    assert "40 menit" in text
    for unwanted in ("JP", "Terjawab", "lulus", "Nilai"):
        assert unwanted not in text


@pytest.mark.parametrize("name", ["pakta-biasa", "pakta-terpanjang"])
def test_the_pledge_keeps_the_margins_of_official_letters(printed, name):
    """Left at least 3 cm, right 2, bottom 2.5 (Permendagri 1/2023); the foot stands below."""
    for page in (1, 2):
        for word, left, top, right, bottom in words_of(printed / f"{name}.pdf", page):
            assert left >= 29.9, word
            assert right <= 190.5, word
            assert top >= 17, word
            assert bottom <= 272.5 or top >= 272, word


def print_a_name_of(length, sample, path) -> None:
    facts, stamp = SAMPLES[sample]
    name = "Prof. Dr. dr. Ir. H. " + "Kusumawardhana Hadiningrat " * 5 + "S.T., " * 15 + "M.Si."
    holder = replace(LONGEST, name=name[:length].strip())
    path.write_bytes(render(replace(facts, holder=holder), stamp))


@pytest.mark.parametrize("length", [60, 120, 180, 240])
def test_a_name_of_any_length_that_the_roster_holds_still_fits(tmp_path, length):
    """40 letters before the name, 120 of name, 80 after it: the longest that the columns hold."""
    path = tmp_path / "long.pdf"
    print_a_name_of(length, "sertifikat-terpanjang", path)
    assert_nothing_touches(words_of(path, 1))
    assert pages_of(path) == 2


def test_the_longest_name_fits_the_longest_attendance(tmp_path):
    path = tmp_path / "long.pdf"
    print_a_name_of(240, "kehadiran-terpanjang", path)
    assert_nothing_touches(words_of(path, 1), SMALL_MEDALLION)
    assert pages_of(path) == 1


def test_a_curriculum_too_long_for_its_page_loses_no_line(tmp_path):
    facts, stamp = SAMPLES["sertifikat-terpanjang"]
    path = tmp_path / "long.pdf"
    path.write_bytes(render(replace(facts, lessons=facts.lessons * 5), stamp))
    assert text_of(path).count("dalam pelayanan, penganggaran") >= len(facts.lessons) * 5


def test_facts_are_escaped_never_interpreted(tmp_path):
    facts, stamp = SAMPLES["sertifikat-biasa"]
    name = '<img src="file:///etc/passwd"> & <b>Sari</b> {{ 7*7 }}'
    path = tmp_path / "escaped.pdf"
    path.write_bytes(render(replace(facts, holder=replace(facts.holder, name=name)), stamp))
    assert name in text_of(path, page=2)


# ---- how they are made -----------------------------------------------------------------------


@pytest.mark.parametrize("name", SAMPLES)
def test_fonts_are_ours_embedded_and_readable(printed, name):
    said = subprocess.run(
        ["pdffonts", printed / f"{name}.pdf"], capture_output=True, text=True
    ).stdout.splitlines()[2:]
    assert said
    for line in said:
        assert re.match(r"[A-Z]{6}\+Rambu(Serif|Sans)", line), line
        assert line.split()[-5:-2] == ["yes", "yes", "yes"], line


@pytest.mark.parametrize("name", SAMPLES)
def test_every_document_is_archival_and_tagged(printed, name):
    root = reader_of(printed / f"{name}.pdf").root
    metadata = root["/Metadata"].data.decode()
    assert 'pdfaid:part="3"' in metadata
    assert 'pdfaid:conformance="A"' in metadata
    assert root["/Lang"] == "id"
    assert root["/MarkInfo"]["/Marked"]
    assert root["/OutputIntents"][0]["/S"] == "/GTS_PDFA1"
    assert "/EmbeddedFiles" not in root.get("/Names", {})


def test_the_same_facts_make_the_same_bytes(printed):
    for name, (facts, stamp) in SAMPLES.items():
        assert render(facts, stamp) == (printed / f"{name}.pdf").read_bytes()


def test_other_facts_make_other_bytes():
    facts, stamp = SAMPLES["pakta-biasa"]
    assert render(facts, stamp) != render(facts, replace(stamp, number="2"))


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "http://127.0.0.1/x.png",
        "https://contoh.go.id/x.png",
        "ftp://x/y",
        "font:../../secret",
        "asset:../config.py",
        "emblem.svg",
    ],
)
def test_nothing_but_bundled_files_is_fetched(url):
    with pytest.raises(FatalURLFetchingError):
        rendering.engine().fetcher.fetch(url)


def test_a_document_that_asks_for_a_file_is_not_rendered():
    html = '<img src="file:///etc/hostname">'
    with pytest.raises(FatalURLFetchingError):
        HTML(string=html, url_fetcher=rendering.engine().fetcher).render()


def test_the_qr_holds_the_verification_address_in_capitals():
    """No decoder is at hand: the matrix is compared with the one that segno makes."""
    stamp = Stamp("A" * 26, "1", ISSUED_AT, f"https://rambu.contoh.go.id/verifikasi/{'A' * 26}")
    text = rendering.qr_text(stamp.url)
    assert text == f"HTTPS://RAMBU.CONTOH.GO.ID/VERIFIKASI/{'A' * 26}"
    matrix = segno.make(text, error="m", micro=False, mask=3)
    assert matrix.mode == "alphanumeric"
    assert matrix.version <= 4
    assert ornament.qr(text).width == len(matrix.matrix) + 8


def test_the_qr_is_drawn_module_by_module():
    matrix = [bytearray(row) for row in segno.make("RAMBU", micro=False, mask=3).matrix]
    drawn = [bytearray(len(matrix)) for _ in matrix]
    for x, y, length in ornament.dark_runs(matrix):
        drawn[y][x : x + length] = b"\1" * length
    assert drawn == matrix


# ---- words -----------------------------------------------------------------------------------


def test_dates_are_joined_the_short_way():
    assert date_range(date(2026, 11, 3), date(2026, 11, 22)) == "3–22 November 2026"
    assert date_range(date(2026, 10, 28), date(2026, 11, 3)) == "28 Oktober – 3 November 2026"
    assert date_range(date(2025, 12, 28), date(2026, 1, 3)) == "28 Desember 2025 – 3 Januari 2026"
    assert date_range(date(2026, 11, 3), date(2026, 11, 3)) == "3 November 2026"


def test_pakta_integritas_stands_on_a_line_of_its_own():
    assert headline("Pakta Integritas Netralitas ASN") == ["PAKTA INTEGRITAS", "NETRALITAS ASN"]
    assert headline("Pakta Integritas: Netralitas") == ["PAKTA INTEGRITAS", "NETRALITAS"]
    assert headline("Ikrar Netralitas") == ["IKRAR NETRALITAS"]
    assert headline("Pakta Integritas") == ["PAKTA INTEGRITAS"]
