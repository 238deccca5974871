"""The deed a verdict is said with, and twins: each rule, shown by a file that breaks it."""

import pytest

SCENARIO = "scenarios/media-sosial/kasus-satu.md"
SAFE = "scenarios/pelayanan/mengikuti-akun-kpu.md"
ACT = "act: Menyukai unggahan tim"


@pytest.fixture
def content(content):
    """Two cases that are twins, told apart by who acts."""
    for path, keys in (
        (SCENARIO, "facets: {pelaku: saya menyukai}"),
        (SAFE, "twin: kasus-satu\nfacets: {pelaku: saya hanya mengikuti}"),
    ):
        content.edit(path, "applies_to:", f"{keys}\napplies_to:")
    return content


def test_twins_told_apart_by_a_facet_are_sound(content):
    assert content.report().mistakes == ()


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        (SCENARIO, ACT, "act: " + "Menyukai " * 6, "paling panjang 44 huruf"),
        (SCENARIO, ACT, "act: menyukai unggahan", "tanpa vonis"),
        (SCENARIO, ACT, "act: Boleh menyukai", "tanpa vonis"),
        (SCENARIO, ACT, "act: Bersepeda ke kantor", "Kata pertama “act”"),
        (SCENARIO, f"{ACT}\n", "", "memerlukan isian “act”"),
        (SAFE, "twin: kasus-satu", "twin: kasus-hilang", "Kasus kembar “kasus-hilang” tidak ada"),
        (SAFE, "twin: kasus-satu", "twin: mengikuti-akun-kpu", "tidak ada"),
        (SCENARIO, "status: terbit", "status: draf", "belum terbit"),
        (SAFE, "saya hanya mengikuti", "saya menyukai", "Tidak ada “facets” yang membedakan"),
        (SAFE, "saya hanya mengikuti", "saya " * 12, "paling panjang 40 huruf"),
        (SAFE, "facets: {pelaku", "facets: {warna", "tidak dikenal"),
    ],
)
def test_a_broken_act_or_twin_is_named(content, path, old, new, said):
    content.edit(path, old, new)
    assert any(said in mistake.message for mistake in content.report().mistakes)


def test_twins_of_one_verdict_have_nothing_to_be_taken_for(content):
    keys = "twin: kasus-satu\nfacets: {waktu: sudah terjadi}\napplies_to:"
    content.edit(SCENARIO.replace("satu", "dua"), "applies_to:", keys)
    assert [mistake.message for mistake in content.report().mistakes] == [
        "Kasus kembar “kasus-satu” bervonis sama; tidak ada yang tertukar."
    ]
