"""What is kept of a question names no number, no address and no account."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.editing.masking import MASK, as_kept, masked, tidied

SECRETS = [
    "08123456789",
    "0812-3456-7890",
    "0812 3456 7890",
    "+62 812.3456.7890",
    "(0361) 123-456",
    "199001012015032001",
    "19900101 201503 2 001",
    "3 3 7 4 1 2 3 4 5 6",
    "１２３４５６７",
    "٠١٢٣٤٥٦٧",
    "0\u200b8\u200b1\u200b2\u200b3\u200b4\u200b5",
    "1️⃣2️⃣3️⃣4️⃣5️⃣6️⃣",
    "27-11-2024",
    "sari@contoh.go.id",
    "SARI.W+uji@contoh.co.id",
    "akun@ig",
    "@sariwulandari",
    "https://contoh.go.id/berkas?id=7",
    "HTTP://contoh",
    "www.contoh.sch",
    "contoh.go.id",
    "bit.ly/abc",
    "wa.me/628123",
    "192.168.10.25",
]


@pytest.mark.parametrize("secret", SECRETS)
def test_what_leads_to_somebody_is_hidden(secret):
    kept = as_kept(f"boleh tidak {secret} ikut kampanye?")
    assert MASK in kept
    assert kept.startswith("boleh tidak")
    assert kept.endswith("ikut kampanye?")
    assert not re.search(r"\d[\W_]*\d[\W_]*\d[\W_]*\d[\W_]*\d[\W_]*\d", kept)
    assert tidied(secret) not in kept


@pytest.mark.parametrize(
    "text",
    [
        "bolehkah PNS golongan III/d ikut jalan sehat tahun 2024",
        "pppk 2 tahun, paslon no 2, 12 hari cuti",
        "kalau jam 07.30 apel lalu ke acara jam 10",
        "suami saya calon.saya harus apa",
        "emoji 👍 boleh ga",
        "<b>boleh</b> & 'tidak'",
    ],
)
def test_what_leads_to_nobody_is_left_alone(text):
    """Control: masking is not simply masking everything."""
    assert as_kept(text) == text


def test_lines_and_unseen_characters_go():
    assert as_kept(" boleh\r\n\ttidak\x00 ya\u202e ") == "boleh tidak ya"


@given(st.text(max_size=80))
def test_what_was_shown_is_what_is_kept(typed):
    kept = as_kept(typed)
    assert as_kept(kept) == kept
    assert len(kept) <= len(tidied(typed))


@given(st.text(alphabet="0123456789 .-@/*aw:", max_size=60))
def test_numbers_and_addresses_leave_nothing_behind_however_they_are_mixed(typed):
    kept = masked(tidied(typed))
    assert masked(tidied(kept)) == kept
    assert not re.search(r"\d(?:[\W_]{0,4}\d){5}", kept)
    assert not re.search(r"[^\s@]@[^\s@]", kept)
