"""Courses, drafts and history: the rules that need more than one line to break."""

import pytest

from app.catalog.courses import seat
from app.reading.loader import load

COURSE = "courses/netralitas/course.yaml"
LESSON = "courses/netralitas/01-tahap.md"
SCENARIO = "scenarios/media-sosial/kasus-satu.md"


def test_a_lesson_must_be_readable_in_its_minutes(content):
    content.edit(LESSON, "Ingatlah **tahapnya**.", "kata " * 1000)
    ((path, line, message),) = content.errors()
    assert (path, line) == (LESSON, content.line_of(LESSON, "minutes:"))
    # Title 4, sentence 5, 1000 words, and the case: situation 10, reason 5, safe act 4.
    assert message.startswith("Pelajaran dengan kasusnya berisi 1031 kata; dalam 5 menit")


def test_no_lesson_takes_more_than_eight_minutes(content):
    content.edit(LESSON, "minutes: 5", "minutes: 9")
    content.edit(COURSE, "{pelajaran: 5, latihan: 20", "{pelajaran: 9, latihan: 16")
    assert content.errors() == [(LESSON, 3, "Pelajaran paling lama 8 menit, ini 9.")]


def test_a_course_without_lessons_is_no_course(content):
    (content.root / LESSON).unlink()
    assert (
        COURSE,
        content.line_of(COURSE, "lessons:"),
        "Kursus ini belum mempunyai pelajaran.",
    ) in (content.errors())


def test_lessons_without_a_course_are_named(content):
    (content.root / COURSE).unlink()
    sentence = "Pelajaran ini tidak mempunyai course.yaml di foldernya."
    assert (LESSON, 1, sentence) in content.errors()


def test_lesson_numbers_have_no_gap(content):
    (content.root / LESSON).rename(content.root / "courses/netralitas/02-tahap.md")
    assert content.errors() == [
        ("courses/netralitas/02-tahap.md", 1, "Nomor pelajaran ini seharusnya 01.")
    ]


def test_a_lesson_does_not_ask_a_draft(content):
    content.edit(SCENARIO, "status: terbit", "status: draf")
    assert content.errors() == [
        (LESSON, content.line_of(LESSON, ":::kasus"), "Kasus “kasus-satu” masih draf.")
    ]


def test_a_draft_may_rest_on_c_and_lack_a_review(content):
    content.edit(LESSON, "kasus-satu", "kasus-dua")
    content.edit(SCENARIO, "status: terbit", "status: draf")
    content.edit(SCENARIO, "reviewer: Bagian Hukum\nreviewed_on: 2026-11-21\n", "")
    content.edit(SCENARIO, "[pp-94-2021#5-n-5, uu-20-2023#9-2]", "[pp-94-2021#13-g]")
    assert content.errors() == []
    assert not load(content.root).scenario("kasus-satu").is_published


def test_c_beside_b_is_not_c_alone(content):
    content.edit(
        SCENARIO, "[pp-94-2021#5-n-5, uu-20-2023#9-2]", "[pp-94-2021#13-g, uu-20-2023#9-2]"
    )
    assert content.errors() == []


def test_an_unsure_instrument_makes_its_provisions_unsure(content):
    content.edit(
        "regulations/uu-20-2023.md",
        "confidence: A\nchecked_on",
        "confidence: C\nchecked_on",
    )
    content.edit(SCENARIO, "[pp-94-2021#5-n-5, uu-20-2023#9-2]", "[uu-20-2023#9-2]")
    assert [path for path, _, _ in content.errors()] == [SCENARIO]


def test_repealed_law_may_be_cited_as_history(content):
    content.edit(
        LESSON,
        "cites: [pp-94-2021#5-n-5]",
        "cites:\n  - pp-94-2021#5-n-5\n  - {cite: uu-5-2014#9-2, historical: true}",
    )
    content.edit(LESSON, "aturan:pp-94-2021#5-n-5", "aturan:uu-5-2014#9-2")
    assert content.errors() == []
    cites = load(content.root).course("netralitas").lessons[0].cites
    assert [cite.is_historical for cite in cites] == [False, True]


def test_a_link_to_repealed_law_may_say_that_it_is_history(content):
    content.edit(LESSON, "aturan:pp-94-2021#5-n-5", 'aturan:uu-5-2014 "historis"')
    assert content.errors() == []


def test_a_repealed_law_may_speak_of_itself(content):
    content.edit("regulations/uu-5-2014.md", "Undang-undang yang lama.", "UU 5/2014 mengatur ASN.")
    assert content.errors() == []


@pytest.mark.parametrize(
    "href",
    [
        "/",
        "/aturan",
        "/aturan/pp-94-2021",
        "/aturan/pp-94-2021#5-n-5",
        "/bantuan",
        "/kursus/netralitas",
        "/kursus/netralitas/pelajaran/1",
        "/kursus/netralitas/kuis",
        "/akun",
        "/verifikasi",
        "https://jdih.example/naskah.pdf",
    ],
)
def test_links_that_lead_somewhere_pass(content, href):
    content.edit(LESSON, "/bantuan/belajar", href)
    assert content.errors() == []


@pytest.mark.parametrize(
    "href",
    [
        "/aturan/pp-95-2021",
        "/aturan/pp-94-2021#99",
        "/kursus/lain",
        "/kursus/netralitas/pelajaran/2",
        "/mana-saja",
        "#bagian",
        "../belajar.md",
        "http://jdih.example",
        "//jdih.example",
    ],
)
def test_links_that_lead_nowhere_are_errors(content, href):
    content.edit(LESSON, "/bantuan/belajar", href)
    ((path, line, message),) = content.errors()
    assert (path, line) == (LESSON, content.line_of(LESSON, href))
    assert href in message


def test_seats_are_shared_out_as_far_as_they_go():
    assert seat([["a", "b"], ["a"]], [1, 1]) == {"a": 1, "b": 0}
    assert seat([["a"], ["a"]], [1, 1]) == {"a": 0}
    assert sorted(seat([["a", "b", "c"], ["b"], ["c", "a"]], [1, 1, 1]).values()) == [0, 1, 2]
    assert seat([], []) == {}
