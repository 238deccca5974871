"""Official numbers follow regional letters; file names are safe anywhere."""

from datetime import date

import pytest

from app.credentials.numbering import PATTERNS, file_name, official_number
from app.printing.facts import Kind

DAY = date(2026, 11, 22)


def test_each_kind_of_document_has_a_series_of_its_own():
    made = {
        kind: official_number(PATTERNS[kind], sequence=7, office="BKPSDM", day=DAY) for kind in Kind
    }
    assert made == {
        Kind.CERTIFICATE: "800.1.6.2/0007/BKPSDM/2026",
        Kind.PLEDGE: "800.1.8/0007/PI-BKPSDM/2026",
        Kind.ATTENDANCE: "800.1.6.2/0007/KH-BKPSDM/2026",
    }


def test_a_sequence_may_outgrow_four_digits():
    number = official_number(PATTERNS[Kind.PLEDGE], sequence=12345, office="BKD", day=DAY)
    assert number == "800.1.8/12345/PI-BKD/2026"


@pytest.mark.parametrize(("month", "roman"), [(1, "I"), (4, "IV"), (9, "IX"), (11, "XI")])
def test_a_pattern_may_ask_for_the_month_in_roman(month, roman):
    made = official_number(
        "800/{sequence}/{office}/{month}/{year}", sequence=1, office="X", day=date(2026, month, 1)
    )
    assert made == f"800/1/X/{roman}/2026"


@pytest.mark.parametrize(
    ("number", "name"),
    [
        ("800.1.6.2/0007/BKPSDM/2026", "199001012015052001_800.1.6.2-0007-BKPSDM-2026.pdf"),
        ('800/1/D.PR&KP."P\r\n/IV', "199001012015052001_800-1-D.PR-KP.-P-IV.pdf"),
        ("../../etc/passwd", "199001012015052001_etc-passwd.pdf"),
        ("", "199001012015052001_dokumen.pdf"),
    ],
)
def test_file_names_hold_nothing_that_a_header_or_disk_minds(number, name):
    assert file_name("199001012015052001", number) == name
