"""No paste of the longest text that /periksa takes makes a pattern walk it over and over."""

import pytest

from app.asking.linting import LONGEST, MOST_READ
from app.config import PROJECT
from app.stale import reading_of
from tests.hostile_texts import hostile_texts
from tests.patience import at_most
from tests.stale import our_rules, stale_claims

#: A quarter of the longest text: `make bench NAME=hostile` reads whole ones.
CHARACTERS = 50_000
#: Pieces that, repeated, made a pattern walk the text over and over, or could.
PIECES = [
    "Lapor ke KASN. ", "bukan KASN ", "SKB tahun ", "PTDH PP 94 ", "ASN ", "ASN dan TNI ", "ASN, ",
    "UU ", "UU(", "UU RI ", "UU\n\n", " \n \n", "\t \t ", "PP. ", "Pasal 71 ", "Pasal 71 pilkada ",
    "Pasal 282 kades pidana ", "like ", "](", "<a", "*", "_", "~~", "> x\n", ">", '"', '"KASN" ',
    "undang-", "Rp12 juta denda pidana Pasal 494 ", "kurungan pidana ", "Apakah ", "? ", "- x\n",
    "| a ", "|", "a\tb\n", "sanksi berat: PTDH ", "jangan ", "pose jari SKB ", "SKB 22 ", "; KASN",
    "121/PUU-XXII/2024 ", "Oktober 2024 MK ", "22 September 2023 bersama ", "SE a b c d e ",
    "2019 KASN ", "x", "\u00a0", "\u200b", "\0", "\r", "🙏", "SKB BKN KASN, ",
    "mencabut UU 5/2014 ", "kampanye bakal calon disiplin berat ", "hak pilih ASN ",
    "cukup cuti ASN calon ", "(((", "...",
]  # fmt: skip
PAGE = "Sesuai SKB 2022, pegawai wajib netral. Laporan masuk lewat Bawaslu; KASN sudah bubar.\n\n"


@pytest.mark.parametrize("piece", PIECES)
def test_no_paste_keeps_a_processor(piece):
    """The slowest piece takes half a second; a pattern that walks back takes minutes."""
    with at_most(cpu_seconds=20):
        stale_claims(piece * (CHARACTERS // len(piece)))


def test_pages_without_end_are_read_to_their_end():
    with at_most(cpu_seconds=60):
        stale_claims(PAGE * 2000)


def test_no_text_of_the_rules_own_words_keeps_a_processor():
    """`make bench NAME=hostile` says how long: the slowest takes most of a second."""
    with at_most(cpu_seconds=60):
        for _, text in hostile_texts(4_000):
            reading_of(text, our_rules(), MOST_READ)


def test_what_is_too_dense_is_read_up_to_a_place_that_is_said():
    text = "\n".join(f"Lapor ke KASN {i}." for i in range(1000))
    part = reading_of(text, our_rules(), 5_000)
    assert part.stopped_at
    assert text[part.stopped_at :].startswith("Lapor ke KASN ")
    assert {claim.end <= part.stopped_at for claim in part.claims} == {True}
    assert reading_of(text, our_rules()).stopped_at is None


def test_prose_is_read_to_its_end():
    """Our lessons are the densest prose that we know: every second sentence names a law."""
    lessons = sorted((PROJECT / "content" / "courses").rglob("*.md"))
    text = "\n\n".join(lesson.read_text(encoding="utf-8") for lesson in lessons)
    assert reading_of((text * 2)[:LONGEST], our_rules(), MOST_READ).stopped_at is None
