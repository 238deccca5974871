"""Bolehkah?: colloquial words find their case; what is not near is not answered."""

from dataclasses import replace

import pytest

from app.asking.search import LONGEST
from app.asking.search.answers import Finder, Index
from app.asking.search.words import Reader, Reading, plain, stem
from app.catalog.lexicon import Lexicon
from app.catalog.terms import Topic
from tests.bank import scenario

LEXICON = Lexicon(
    ignored=frozenset({"boleh", "ga", "asn", "saya", "di", "yang"}),
    same={
        "suka": ("like", "ngelike", "pencet suka"),
        "unggah": ("posting", "postingan"),
        "calon": ("cabup", "paslon", "bakal calon"),
        "medsos": ("ig", "instagram"),
        "timses": ("tim sukses",),
        "gaji": ("honor",),
    },
    field=frozenset({"calon", "kampanye", "timses", "suka"}),
    facts=frozenset({"gaji", "kapan"}),
)


def case(id: str, question: str, *asked_like: str, **changes):
    return replace(
        scenario(id, Topic.SOCIAL_MEDIA), question=question, asked_like=asked_like, **changes
    )


BANK = [
    case("suka", "Bolehkah menyukai unggahan calon?", "like foto calon", "pencet suka di ig"),
    case("mobil", "Bolehkah memakai mobil dinas untuk kampanye?", "mobdin buat kampanye"),
    case("amplop", "Bolehkah menerima amplop dari tim sukses?", "dikasih duit timses"),
    case("grup", "Bolehkah tetap diam di grup relawan?", "masuk grup wa timses tapi diam"),
]


def over(bank):
    return Finder(bank, Index(bank, LEXICON))


@pytest.fixture(scope="module")
def finder():
    return over(BANK)


def first(finder, question: str) -> str | None:
    answers = finder.ask(question)
    return answers[0].scenario.id if answers else None


@pytest.mark.parametrize(
    ("question", "id"),
    [
        ("like postingan cabup di ig boleh ga?", "suka"),
        ("LIKE POSTINGAN PASLON", "suka"),
        ("boleeeeh ga ngelike unggahannya calon", "suka"),
        ("pencet suka", "suka"),
        ("mobil dinas utk kampanye", "mobil"),
        ("mobl dinas kampnye", "mobil"),
        ("terima amplop tim sukses", "amplop"),
        ("grup timses diam", "grup"),
    ],
)
def test_the_words_of_a_phone_find_their_case(finder, question, id):
    assert first(finder, question) == id


@pytest.mark.parametrize(
    "question",
    [
        "resep rendang",
        "boleh ga poligami",
        "kapan cuti melahirkan",
        "mobil bekas murah",
        "12345",
        "mobil dinas ke pasar",
        "gaji timses",
    ],
)
def test_what_no_case_is_near_to_is_not_answered(finder, question):
    assert finder.ask(question) == []


@pytest.mark.parametrize(
    "question",
    ["", "   ", "?!…", "😀😀😀", "boleh ga", "\x00", "<script>alert(1)</script>", "🙏 " * 500],
)
def test_nothing_at_all_finds_nothing(finder, question):
    assert finder.ask(question) == []


def test_only_the_beginning_of_an_endless_question_is_read(finder):
    assert first(finder, "like postingan calon " * 500) == "suka"
    assert finder.ask("x" * LONGEST + " like postingan calon") == []


def test_scores_fall_and_lie_between_nought_and_one(finder):
    scores = [answer.score for answer in finder.ask("timses")]
    assert len(scores) == 2
    assert all(0 < score <= 1 for score in scores)


def test_an_empty_bank_answers_nothing():
    assert over([]).ask("like postingan calon") == []


def test_the_same_question_has_the_same_answer_in_every_process():
    again = over(BANK)
    for question in ("timses", "kampanye calon", "grup"):
        assert first(again, question) == first(over(list(BANK)), question)


def test_off_the_field_only_the_same_words_are_near(finder):
    assert first(finder, "boleh ga diam di grup relawan") == "grup"
    assert finder.ask("grup wa sekolah anak diam") == []


def test_a_phrase_is_read_as_one_word_and_before_its_parts():
    read = Reader(LEXICON).read
    assert read("bakal calon").meanings == ("calon",)
    assert read("tim sukses").meanings == ("timses",)
    assert read("saya di ig") == Reading(meanings=("medsos",), words=("ig",))


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("Téman2nya", ["teman"]),
        ("suami/istri", ["suami", "istri"]),
        ("bolehhhh", ["boleh"]),
        ("pppk", ["pppk"]),
        ("maaf", ["maaf"]),
        ("e-KTP", ["e", "ktp"]),
    ],
)
def test_marks_doublings_and_drawn_out_letters_go(typed, words):
    assert plain(typed) == words


def test_a_typo_is_mended_only_to_a_word_that_begins_alike(finder):
    assert finder.ask("bayar pajak") == []
    assert first(finder, "kampanya mobil") == "mobil"


def test_strangers_cannot_fill_the_memory(finder):
    before = len(finder._index._reader.spellings)
    for number in range(200):
        finder.ask(f"kata{number}baru calon")
    assert len(finder._index._reader.spellings) == before
    assert stem.cache_info().maxsize is not None
