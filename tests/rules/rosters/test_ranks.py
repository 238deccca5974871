"""Pangkat and golongan in one spelling."""

import pytest

from app.catalog.terms import PersonStatus
from app.rosters.ranks import PANGKAT, normalise


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Penata Tk. I, III/d", "Penata Tingkat I (III/d)"),
        ("Penata Tk.I/III.d", "Penata Tingkat I (III/d)"),
        ("III/d - Penata Tingkat 1", "Penata Tingkat I (III/d)"),
        ("IIId", "Penata Tingkat I (III/d)"),
        ("34", "Penata Tingkat I (III/d)"),
        ("pembina utama muda", "Pembina Utama Muda (IV/c)"),
        ("Golongan ruang II/c", "Pengatur (II/c)"),
        ("-", ""),
        ("", ""),
    ],
)
def test_a_pns_rank_comes_to_one_spelling(typed, printed):
    assert normalise(typed, PersonStatus.PNS) == (printed, True)


@pytest.mark.parametrize("typed", ["IX", "Golongan IX", "Gol. 9", "golongan ix"])
def test_a_pppk_has_a_golongan_and_no_pangkat(typed):
    assert normalise(typed, PersonStatus.PPPK) == ("Golongan IX", True)


@pytest.mark.parametrize(
    ("typed", "status"),
    [
        ("Penata, III/d", PersonStatus.PNS),  # Penata is III/c
        ("I/e", PersonStatus.PNS),
        ("Kolonel", PersonStatus.PNS),
        ("III", PersonStatus.PNS),
        ("XVIII", PersonStatus.PPPK),
        ("III/a", PersonStatus.PPPK),
    ],
)
def test_what_cannot_be_read_for_certain_is_kept_as_typed(typed, status):
    assert normalise(typed, status) == (typed, False)


@pytest.mark.parametrize("code", PANGKAT)
def test_every_printed_rank_reads_as_itself(code):
    printed = f"{PANGKAT[code]} ({code})"
    assert normalise(printed, PersonStatus.PNS) == (printed, True)
