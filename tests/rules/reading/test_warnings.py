"""What an editor should look at, though it keeps nobody from learning."""

import pytest

LESSON = "courses/netralitas/01-tahap.md"
SCENARIO = "scenarios/media-sosial/kasus-satu.md"
LEXICON = """\
ignored: [[boleh]]
same: {calon: [paslon]}
field: [calon]
parties: [Golkar, Partai Demokrat]
"""


def warn(content):
    """The warnings; and no error beside them."""
    assert content.errors() == []
    return content.warnings()


def test_a_review_of_more_than_a_year_ago(content):
    content.edit(SCENARIO, "reviewed_on: 2026-11-21", "reviewed_on: 2025-11-21")
    content.edit("regulations/pp-94-2021.md", "checked_on: 2026-11-21", "checked_on: 2024-02-29")
    assert warn(content) == [
        (
            "regulations/pp-94-2021.md",
            content.line_of("regulations/pp-94-2021.md", "checked_on:"),
            "Pemeriksaan terakhir (2024-02-29) sudah lebih dari 12 bulan.",
        ),
        (
            SCENARIO,
            content.line_of(SCENARIO, "reviewed_on:"),
            "Pemeriksaan terakhir (2025-11-21) sudah lebih dari 12 bulan.",
        ),
    ]


def test_exactly_a_year_ago_is_recent_enough(content):
    content.edit(SCENARIO, "reviewed_on: 2026-11-21", "reviewed_on: 2025-11-22")
    assert warn(content) == []


def test_a_review_that_has_not_happened(content):
    content.edit(SCENARIO, "reviewed_on: 2026-11-21", "reviewed_on: 2027-01-01")
    assert [message for *_, message in warn(content)] == [
        "Tanggal pemeriksaan (2027-01-01) belum tiba."
    ]


def test_a_sentence_that_needs_a_second_breath(content):
    content.edit(SCENARIO, "Jempolnya bergerak.", "Jempolnya\n" + "ikut " * 30 + "bergerak.")
    ((path, line, message),) = warn(content)
    assert (path, line) == (SCENARIO, content.line_of(SCENARIO, "Jempolnya"))
    assert message.startswith("Kalimat ini panjang (32 kata): “Jempolnya ikut")


@pytest.mark.parametrize("name", ["Golkar", "Calon nomor urut 2", "paslon dua"])
def test_a_party_or_a_number(content, name):
    (content.root / "lexicon.yaml").write_text(LEXICON)
    content.edit(LESSON, "Ingatlah **tahapnya**.", f"Ingatlah.\n\nIni dukungan {name} itu.")
    ((path, line, message),) = warn(content)
    assert (path, line) == (LESSON, content.line_of(LESSON, "Ini dukungan"))
    assert message.endswith("; pakai sebutan umum.")


@pytest.mark.parametrize("words", ["pan di dapur", "demokrat sejati", "calon 2024", "paslon"])
def test_plain_words_are_no_names(content, words):
    (content.root / "lexicon.yaml").write_text(LEXICON)
    content.edit(LESSON, "Ingatlah **tahapnya**.", f"Ingatlah {words}.")
    assert warn(content) == []


def test_a_case_of_confidence_a_without_any_a(content):
    for old in ("[pp-94-2021#5-n-5]", "[pp-94-2021#5-n-5, uu-20-2023#9-2]"):
        content.edit(SCENARIO, f"cites: {old}", "cites: [uu-20-2023#9-2]")
    assert warn(content) == [
        (
            SCENARIO,
            content.line_of(SCENARIO, "confidence:"),
            "Kasus berkeyakinan A, tetapi tidak satu pun rujukannya berkeyakinan A.",
        )
    ]


def test_a_topic_that_always_says_no(content):
    content.edit("courses/netralitas/course.yaml", "  at_least: {boleh-or-bergantung: 1}\n", "")
    content.edit(
        "scenarios/media-sosial/kasus-empat.md",
        "verdict: boleh\n    violation: none",
        "verdict: tidak-boleh\n    violation: kode-etik",
    )
    assert [message for *_, message in warn(content)] == [
        "Semua vonis topik “media-sosial” sama: tidak-boleh."
    ]


def test_a_repeal_that_lies_ahead(content):
    path = "regulations/uu-5-2014.md"
    content.edit(path, "repealed_on: 2023-10-31", "repealed_on: 2027-10-31")
    assert warn(content) == [
        (
            path,
            content.line_of(path, "repealed_on:"),
            "Peraturan ini baru dicabut pada 2027-10-31, tetapi sudah tampil sebagai dicabut.",
        )
    ]


def test_a_review_older_than_the_law_it_rests_on(content):
    path = "regulations/uu-20-2023.md"
    content.edit(path, "in_force_from: 2023-10-31", "in_force_from: 2026-11-22")
    found = warn(content)
    assert len(found) == 4
    assert found[0][2] == (
        "Ditelaah 2026-11-21, sebelum uu-20-2023 berlaku (2026-11-22); telaah lagi."
    )


def test_an_author_who_reviews_her_own_case(content):
    content.edit(SCENARIO, "reviewer: Bagian Hukum", "reviewer: Tim Rambu")
    assert warn(content) == [
        (
            SCENARIO,
            content.line_of(SCENARIO, "reviewer:"),
            "Penelaah sama dengan penulis; mintalah orang lain.",
        )
    ]
