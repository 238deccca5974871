"""The report of a session is one page, however much was asked."""

from dataclasses import replace
from datetime import UTC, datetime

from app.printing import rendering
from app.printing.session import SIZES, Line, Sheet

LINE = Line(
    1,
    "Menyukai unggahan akun pemenangan pasangan calon di media sosial",
    "Tidak boleh",
    "SKB 2022 Lampiran II angka 6; PP 94/2021 Pasal 5 huruf n",
    173,
    58,
    None,
    12,
)
SHEET = Sheet(
    agency="Pemerintah Kabupaten Arunika",
    office="Badan Kepegawaian dan Pengembangan Sumber Daya Manusia",
    title="Netralitas ASN menjelang penetapan pasangan calon",
    about="Seminar · Senin, 23 November 2026 · 09.00–11.15 WIB · Daring · bagi Dinas Kesehatan",
    speakers="Dra. Wati Kusumaningrum, M.Si. (Bawaslu Kabupaten Arunika)",
    figures=tuple(
        (name, "1.234") for name in ("diundang", "bergabung", "hadir", "menyusul", "tamu")
    ),
    worst=(LINE,) * 5,
    lines=tuple(replace(LINE, place=place, right=place * 2) for place in range(1, 41)),
    parts=(("Puskesmas Melati Putih di Kecamatan Tanjung Kemuning", "148", "97"),) * 12,
    note="Angka saja: tidak ada pilihan seorang pun.",
    made_at=datetime(2026, 11, 30, 3, tzinfo=UTC),
    zone="Asia/Jakarta",
)


def test_forty_questions_and_twelve_units_stay_on_one_page():
    values = {"sheet": SHEET, "made_at": "30 November 2026"}
    document = rendering.fitting("session.html", None, values, SIZES[-1:], pages=1)
    assert len(document.pages) == 1


def test_a_size_is_left_out_only_where_it_could_not_fit():
    """Two pages may be hardly more than one; four are more than three, whatever the letters."""
    assert rendering.fits_from(9, 2, pages=1) == 9
    assert rendering.fits_from(9, 3, pages=2) == 9
    assert 6 < rendering.fits_from(9, 3, pages=1) < 7
    assert rendering.fits_from(9, 5, pages=1) == 4.5
