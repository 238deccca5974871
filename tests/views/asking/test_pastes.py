"""No paste of the longest text that /periksa takes makes a pattern walk it over and over."""

import pytest

from tests.patience import at_most
from tests.stale import stale_claims

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
