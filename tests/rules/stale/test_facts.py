"""Swapped facts: any value but the right one is found, in whatever order it is said."""

import re

import pytest

from app.catalog.staleness import Expression, Fact, FactRow, StaleRule
from app.catalog.terms import ValueKind
from app.stale import stale_claims
from app.stale.values import KINDS, agrees, number, values_in
from tests.stale import stale_claims as ours

KIND = KINDS[ValueKind.SUM]


def rule(**rows):
    """Of fines for groups with made-up names."""
    fact = Fact(
        ValueKind.SUM,
        tuple(FactRow(Expression(rf"\b{name}\b"), ((right,),)) for name, right in rows.items()),
    )
    return StaleRule("denda", Expression(KIND.text), "Benar.", "x", fact=fact)


FINES = [rule(merah=1_000_000, biru=10_000_000)]


@pytest.mark.parametrize(
    "said",
    [
        "Merah Rp10 juta.",
        "Sepuluh juta rupiah untuk merah.",
        "Merah sepuluh juta, biru satu juta.",
        "Rp10.000.000 bagi merah, Rp1.000.000 bagi biru.",
        "Merah bukan Rp1 juta, melainkan Rp5 juta.",
        "Untuk merah, dendanya bukan kecil, padahal Rp7 juta.",
    ],
)
def test_a_value_that_is_not_its_subjects_is_found(said):
    assert stale_claims(said, FINES)


@pytest.mark.parametrize(
    "said",
    [
        "Merah Rp1 juta.",
        "Satu juta rupiah untuk merah.",
        "Merah satu juta, biru sepuluh juta.",
        "Rp1.000.000 bagi merah, Rp10.000.000 bagi biru.",
        "Untuk merah dan biru berlaku Rp1 juta dan Rp10 juta.",
        "Merah bukan Rp10 juta, melainkan Rp1 juta.",
        "Rp10 juta bukan untuk merah.",
        "Hijau Rp10 juta.",
        "Merah ada 10 orang.",
        "Media menulis merah Rp10 juta, padahal Rp1 juta.",
        "Benarkah merah Rp10 juta?",
        f"Merah.{' Lain.' * 40} Rp10 juta.",
    ],
)
def test_what_can_be_read_as_right_passes(said):
    assert stale_claims(said, FINES) == []


@pytest.mark.parametrize(
    ("kind", "said", "values"),
    [
        (ValueKind.ARTICLE, "Pasal 490, 494, dan 187A; psl 29", ["490", "494", "187A", "29"]),
        (ValueKind.ARTICLE, "pasal lima ratus dua puluh satu", ["521"]),
        (ValueKind.ARTICLE, "UU 490 tahun, 300 orang, Rp500, 120 hari", []),
        (ValueKind.NUMBER, "Nomor 800-5474 Tahun 2022 dan 246/2022", ["800-5474", "246"]),
        (ValueKind.SUM, "Rp600 ribu, dua miliar, 1,5 juta", [600_000, 2 * 10**9, 1_500_000]),
        (ValueKind.YEAR, "tahun dua ribu dua puluh tiga, 2024", [2023, 2024]),
    ],
)
def test_each_kind_reads_figures_and_words(kind, said, values):
    found = values_in(kind, re.compile(KINDS[kind].text, re.IGNORECASE), said)
    assert [value[0] for value in found] == values


@pytest.mark.parametrize(
    ("kind", "said", "values"),
    [
        (ValueKind.TERM, "14 (empat belas) hari", [(14, "hari")]),
        (
            ValueKind.TERM,
            "dua minggu, setahun, 24 bulan",
            [(14, "hari"), (1, "tahun"), (2, "tahun")],
        ),
        (ValueKind.DAY, "22 September 2022; 22/09/23", [(2022, 9, 22), (2023, 9, 22)]),
        (ValueKind.DAY, "Oktober 2024", [(2024, 10, None)]),
    ],
)
def test_terms_and_days_come_to_their_parts(kind, said, values):
    assert list(values_in(kind, re.compile(KINDS[kind].text, re.IGNORECASE), said)) == values


def test_words_for_numbers_come_to_numbers():
    said = "satu, sebelas, dua belas, dua puluh, seratus lima, dua ribu dua puluh enam, enam ratus"
    found = [number(one) for one in said.split(", ")]
    assert found == [1, 11, 12, 20, 105, 2026, 600]


def test_what_was_not_said_of_a_day_agrees():
    assert agrees((2025, 10, None), (2025, 10, 16))
    assert not agrees((2024, 10, None), (2025, 10, 16))


@pytest.mark.parametrize(
    ("said", "then"),
    [
        ("Pendapat bahwa UU Desa cuma menyebut kampanye", " mengabaikan huruf a sampai f."),
        ("Saya dengar SKB netralitas itu SKB 3 Menteri", ", ternyata lima lembaga."),
        ("Narasumber menyebut UU 20 Tahun 2020", ", dan saya ingatkan bahwa itu salah tahun."),
        ('"UU Desa hanya melarang kampanye"', ", kata seorang kades, dan ia lupa Pasal 29."),
    ],
)
def test_a_voice_needs_a_turn_and_a_turn_a_voice(said, then):
    assert ours(f"{said}.")
    assert ours(said + then) == []


@pytest.mark.parametrize(
    "said",
    [
        "Saya ingatkan bahwa PP 53 Tahun 2010 mengatur hukumannya.",
        "Mereka takut, padahal UU Desa hanya melarang kampanye.",
        "Kata Pak Camat, UU Desa hanya melarang kampanye.",
        "Ternyata SKB netralitas itu SKB 3 Menteri.",
    ],
)
def test_half_an_excuse_is_none(said):
    assert ours(said)
