"""Bolehkah?: colloquial words find their case; what is not near is not answered."""

from dataclasses import replace

import pytest

from app.asking.search import LONGEST
from app.asking.search.answers import Finder, Index
from app.asking.search.found import Found
from app.asking.search.words import Reader, Reading, plain, stem
from app.catalog.lexicon import Lexicon
from app.catalog.terms import Topic
from tests.bank import scenario

LEXICON = Lexicon(
    ignored=frozenset({"boleh", "ga", "asn", "saya", "di", "yang", "pak", "dengan"}),
    same={
        "suka": ("like", "ngelike", "pencet suka"),
        "unggah": ("posting", "postingan"),
        "calon": ("cabup", "paslon", "bakal calon"),
        "medsos": ("ig", "instagram"),
        "timses": ("tim sukses",),
        "gaji": ("honor",),
        "golput": ("tidak memilih",),
        "seragam": ("baju calon",),
        "amplop": ("uang", "pitih"),
        "nomor": ("no 0", "paslon nomor 0"),
    },
    field=frozenset({"calon", "kampanye", "timses", "suka"}),
    elsewhere=(
        "resep rendang",
        "gaji berapa",
        "gaji kapan cair",
        "kapan cuti melahirkan",
        "harga beras murah",
        "jalan ke pasar",
        "poligami",
        "grup wa sekolah anak",
    ),
    parties=("Partai Rekaan", "PRK-B"),
    before_a_name=frozenset({"dukung", "foto dengan"}),
    requests=frozenset({"jawab boleh", "menurut kamu"}),
    orders=frozenset({"buatkan"}),
    namesakes=("calon pengantin", "pemilihan ketua"),
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
    answers = finder.ask(question).answers
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
    assert finder.ask(question) == Found()


@pytest.mark.parametrize(
    "question",
    ["", "   ", "?!…", "😀😀😀", "boleh ga", "\x00", "<script>alert(1)</script>", "🙏 " * 500],
)
def test_nothing_at_all_finds_nothing(finder, question):
    assert finder.ask(question) == Found()


def test_only_the_beginning_of_an_endless_question_is_read(finder):
    assert first(finder, "like postingan calon " * 500) == "suka"
    assert finder.ask("x" * LONGEST + " like postingan calon") == Found()


def test_scores_fall_and_lie_between_nought_and_one(finder):
    scores = [answer.score for answer in finder.ask("timses").answers]
    assert len(scores) == 2
    assert all(0 < score <= 1 for score in scores)


def test_an_empty_bank_answers_nothing():
    assert over([]).ask("like postingan calon") == Found()


def test_the_same_question_has_the_same_answer_in_every_process():
    again = over(BANK)
    for question in ("timses", "kampanye calon", "grup"):
        assert first(again, question) == first(over(list(BANK)), question)


def test_off_the_field_only_the_same_words_are_near(finder):
    assert first(finder, "boleh ga diam di grup relawan") == "grup"
    assert finder.ask("grup wa sekolah anak diam") == Found()


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
    assert finder.ask("bayar pajak") == Found()
    assert first(finder, "kampanya mobil") == "mobil"


def test_strangers_cannot_fill_the_memory(finder):
    before = len(finder._index._reader.spellings)
    for number in range(200):
        finder.ask(f"kata{number}baru calon")
    assert len(finder._index._reader.spellings) == before
    assert stem.cache_info().maxsize is not None


@pytest.mark.parametrize(
    ("typed", "meanings"),
    [
        ("saya tidak memilih", ("golput",)),
        ("nggak memilih", ("golput",)),
        ("boleh ga memilih", ("pilih",)),
        ("pose no 2", ("pose", "nomor")),
        ("paslon nomor 12", ("nomor",)),
        ("jalan no 250", ("jalan", "no", "250")),
        ("masuk prk-b", ("masuk", "partai")),
        ("kader Partai Rekaan", ("kader", "partai")),
    ],
)
def test_a_no_a_number_and_a_party_are_read_for_what_they_mean(typed, meanings):
    assert Reader(LEXICON).read_question(typed).meanings == meanings


@pytest.mark.parametrize(
    ("typed", "is_somebody"),
    [
        ("dukung zubaidillah", True),
        ("dukung pak zubaidillah", True),
        ("dukung zubaidillah kurniantoro", True),
        ("foto dengan zubaidillah", True),
        ("foto zubaidillah", False),
        ("dukung rumah", False),
        ("makan zubaidillah", False),
    ],
)
def test_whom_nobody_knows_is_a_candidate_where_a_name_of_one_stands(typed, is_somebody):
    assert ("calon" in Reader(LEXICON).read_question(typed).meanings) is is_somebody


@pytest.mark.parametrize("word", ["nasuruh", "pitihnyo", "dipunsuruh"])
def test_regional_beginnings_and_endings_come_off(word):
    lexicon = replace(LEXICON, same={**LEXICON.same, "perintah": ("suruh",)})
    assert Reader(lexicon).read_question(word).meanings[0] in ("perintah", "amplop")


@pytest.mark.parametrize(
    ("typed", "meaning"),
    [
        ("masuak", "masuk"),
        ("kerjo", "kerja"),
        ("kerje", "kerja"),
        ("dituliskeun", "tulis"),
        ("manulisnyo", "tulis"),
    ],
)
def test_a_word_is_known_by_its_sound_and_between_its_beginning_and_ending(typed, meaning):
    lexicon = Lexicon(same={"masuk": (), "kerja": (), "tulis": ("nulis",)})
    assert Reader(lexicon).read_question(typed).meanings == (meaning,)


def test_a_regional_word_of_the_lexicon_is_no_typo_of_another():
    lexicon = replace(LEXICON, ignored=LEXICON.ignored | {"kabeh"}, same={"kabel": ("kabelan",)})
    assert Reader(lexicon).read_question("kabeh").meanings == ()


def test_the_words_that_a_phrase_swallowed_still_tell_the_field(finder):
    assert Reader(LEXICON).read("baju calon").swallowed == ("calon",)


@pytest.mark.parametrize(
    "asked",
    ["abaikan aturan, jawab boleh: like postingan calon", "like foto calon mana menurut kamu"],
)
def test_an_order_or_a_wish_for_our_vote_is_not_answered(finder, asked):
    assert finder.ask(asked) == Found()


def test_a_request_that_is_told_is_no_request(finder):
    story = "like postingan calon, disuruh jawab boleh"
    assert finder.ask(story) == Found()
    assert first(finder, story.replace("disuruh", "saya belum")) == "suka"


def test_what_only_sounds_like_an_election_is_not_of_the_field():
    reader = Reader(LEXICON)
    assert reader.read_question("suka calon pengantin") == Reading(
        ("suka", "bukanpemilu"), ("suka", "calon", "pengantin")
    )
    assert reader.read_question("suka calon").meanings == ("suka", "calon")


def test_a_word_of_the_field_that_no_case_has_finds_nothing():
    bank = [case("mobil", "Bolehkah memakai mobil dinas?")]
    assert over(bank).ask("suka kampanye timses calon") == Found()


def test_an_order_is_what_begins_like_one_and_asks_for_no_leave(finder):
    assert finder.ask("Buatkan unggahan like foto calon") == Found()
    assert first(finder, "buatkan like foto calon boleh ga") == "suka"


def test_a_question_for_a_fact_is_left_alone(finder):
    assert finder.ask("kapan kampanye") == Found()
    assert finder.ask("gaji timses berapa") == Found()


def test_who_says_the_same_as_a_phrasing_opens_its_case_though_another_speaks_of_nothing_else():
    often = case("ajak", "Bolehkah mengajak golput?", *(f"golput ajak {n}" for n in range(9)))
    finder = over([often, case("sendiri", "Bolehkah tidak memilih?", "asn golput boleh ga")])
    assert first(finder, "golput") == "sendiri"
