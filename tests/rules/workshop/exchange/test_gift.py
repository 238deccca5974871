"""GIFT as teachers write it by hand, and as Moodle exports it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.workshop.exchange import gift, intake
from app.workshop.exchange.questions import LARGEST_QUESTION, BadFile, Kind, Markup

SAMPLE = r"""// Bank soal netralitas, ditulis dengan tangan
$CATEGORY: $course$/top/Netralitas/Media sosial

// question: 12  name: Suka [id:ASN-01] [tag:pilkada] [tag:kelas [A\]]
::Suka unggahan::[html]<p>Bolehkah ASN menyukai unggahan calon\?</p>{
	=Tidak boleh#Benar\: lihat SKB.
	~Boleh#[markdown]Baca **lagi**.
	~%50%Bergantung keadaan
	####[html]<p>Tahap menentukan.</p>
}

::Melapor::ASN wajib netral.{TRUE#Keliru, lihat UU.#Tepat.####Pasal 9 ayat (2)}

Libur itu cuti.{F}

Ibu kota Indonesia ialah {~Bandung =Jakarta ~%-50%Medan} sejak lama.

Siapa dua saksi? {
    ~%50%Sari
    ~%50%Budi
    ~Tidak ada
}

::Singkat::Bolehkah?{=boleh =%80%iya#Baku\: boleh}

[markdown]Pilih *satu*:\n- a\n- b{
~ \= satu \{kurung\}   # tanda \~ dan \#
= \\ garis miring
}
"""


@pytest.fixture(scope="module")
def questions():
    bank = gift.read(SAMPLE.encode())
    assert bank.troubles == bank.skipped == []
    return bank.questions


def answers_of(question):
    return [(a.words.text, a.percent, a.feedback.text) for a in question.answers]


def test_names_categories_numbers_and_tags_are_read(questions):
    first = questions[0]
    assert first.name == "Suka unggahan"
    assert first.category == "$course$/top/Netralitas/Media sosial"
    assert first.idnumber == "ASN-01"
    assert first.tags == ("pilkada", "kelas [A]")
    assert str(first.place) == "baris 5 (“Suka unggahan”)"


def test_answers_with_weights_and_feedback_are_read(questions):
    first = questions[0]
    assert first.kind is Kind.CHOICE
    assert answers_of(first) == [
        ("Tidak boleh", 100, "Benar: lihat SKB."),
        ("Boleh", 0, "Baca **lagi**."),
        ("Bergantung keadaan", 50, ""),
    ]
    assert first.feedback.text == "<p>Tahap menentukan.</p>"


def test_a_format_holds_for_the_whole_question_unless_a_text_names_its_own(questions):
    first, *_, last = questions
    assert first.words.markup is first.answers[0].words.markup is Markup.HTML
    assert first.answers[1].feedback.markup is Markup.MARKDOWN
    assert last.words.markup is last.answers[0].words.markup is Markup.MARKDOWN
    assert questions[1].words.markup is Markup.MOODLE


def test_true_and_false_tell_the_wrong_one_first(questions):
    assert questions[1].kind is questions[2].kind is Kind.TRUE_FALSE
    assert answers_of(questions[1]) == [
        ("Benar", 100, "Tepat."),
        ("Salah", 0, "Keliru, lihat UU."),
    ]
    assert questions[1].feedback.text == "Pasal 9 ayat (2)"
    assert answers_of(questions[2]) == [("Benar", 0, ""), ("Salah", 100, "")]


def test_a_missing_word_leaves_a_blank(questions):
    assert questions[3].words.text == "Ibu kota Indonesia ialah _____ sejak lama."
    assert [a.percent for a in questions[3].answers] == [0, 100, -50]


def test_several_right_answers_and_short_ones_keep_their_weights(questions):
    assert [a.percent for a in questions[4].answers] == [50, 50, 0]
    assert questions[5].kind is Kind.SHORT
    assert answers_of(questions[5]) == [("boleh", 100, ""), ("iya", 80, "Baku: boleh")]


def test_escaped_marks_are_letters(questions):
    last = questions[-1]
    assert last.words.text == "Pilih *satu*:\n- a\n- b"
    assert answers_of(last) == [
        ("= satu {kurung}", 0, "tanda ~ dan #"),
        ("\\ garis miring", 100, ""),
    ]


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_line_ends_and_a_byte_order_mark_do_not_matter(questions, ends):
    data = b"\xef\xbb\xbf" + SAMPLE.replace("\n", ends).encode()
    assert gift.read(data).questions == questions


UNSUPPORTED = {
    "::E::Uraikan pendapat Anda.{}": "soal esai",
    "::D::Bacalah dahulu teks ini.": "keterangan tanpa jawaban",
    "::N::Berapa pasal?{#3:1}": "berjawaban angka",
    "::M::Jodohkan.{=a -> b =c -> d}": "menjodohkan",
}


@pytest.mark.parametrize(("text", "word"), UNSUPPORTED.items())
def test_what_cannot_become_a_case_is_named_and_not_dropped(text, word):
    bank = gift.read(f"Ini benar.{{T}}\n\n{text}\n".encode())
    assert len(bank.questions) == 1
    (skipped,) = bank.skipped
    assert word in str(skipped)
    assert str(skipped).startswith(f"baris 3 (“{text[2]}”): ")


DAMAGED = {
    "Apa?{=a ~b": "kurung kurawalnya tidak berpasangan",
    "Apa? =a ~b}": "kurung kurawalnya tidak berpasangan",
    "Apa?} =a ~b{": "kurung kurawalnya tidak berpasangan",
    "Apa?{=a ~b\n\n~c}": "kurung kurawalnya tidak berpasangan",
    "Apa {=a ~b} dan {=c ~d}?": "lebih dari satu kurung kurawal",
    "Apa?{=a ~b}\n::Lagi::Apa?{=c ~d}": "beri baris kosong di antara dua soal",
    "$CATEGORY: top/x ::A:: Apa?{=a ~b}": "menempel pada $CATEGORY",
    "$CATEGORY: top/x ::A:: Apa?\n{=a ~b}": "menempel pada $CATEGORY",
    "Apa?{~a}": "sedikitnya dua jawaban",
    "Apa?{=a ~}": "salah satu jawabannya kosong",
    "Apa?{teks dahulu =a ~b}": "sebelum jawaban pertama ada teks “teks dahulu”",
    f"Apa?{{={'a' * LARGEST_QUESTION} ~b}}": "lebih dari 50 ribu huruf",
}


@pytest.mark.parametrize(("text", "sentence"), DAMAGED.items(), ids=range(len(DAMAGED)))
def test_damage_is_named_with_its_line_and_hides_nothing_behind_it(text, sentence):
    bank = gift.read(f"Ini benar.{{T}}\n\n{text}\n\nItu salah.{{F}}\n".encode())
    assert len(bank.questions) == 2
    assert bank.troubles[0].place.number == 3
    assert sentence in str(bank.troubles[0])


def test_letters_that_are_not_utf_8_are_refused_with_their_line():
    with pytest.raises(BadFile, match="Huruf pada baris 3 tidak tersimpan sebagai UTF-8"):
        gift.read("Satu.{T}\n\nCaf\xe9.{T}".encode("latin-1"))


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "Berkas kosong."),
        (b" \n\n", "Berkas kosong."),
        (b"// hanya catatan\n\n$CATEGORY: x\n", "tidak memuat satu soal pun"),
        (b"a{T}\n\n" * 2001, "lebih dari 2000 soal"),
    ],
)
def test_a_file_that_holds_no_bank_is_refused(data, sentence):
    with pytest.raises(BadFile, match=sentence):
        intake.read(data)


QUESTION = "::{0}::Bolehkah {0}?{{=Tidak ~Ya}}"
GLUED = {
    "below its category": "$CATEGORY: top/x\n{A}\n\n{B}",
    "two categories on end": "$CATEGORY: top/y\n$CATEGORY: top/x\n{A}\n\n{B}",
    "a comment between": "$CATEGORY: top/x\n// catatan\n{A}\n\n{B}",
    "a comment before": "// catatan\n$CATEGORY: top/x\n{A}\n\n{B}",
    "a category right after a question": "$CATEGORY: top/x\n{A}\n$CATEGORY: top/x\n{B}",
    "both after a question": "$CATEGORY: top/x\n{A}\n// b\n$CATEGORY: top/x\n{B}",
    "blanks before it": "  $CATEGORY : top/x\n{A}\n \t \n{B}",
    "small letters": "$category: top/x\n{A}\n\n\n\n{B}",
    "a name on another line": "$CATEGORY: top/x\n\n// a\n// b\n{A}\n// c\n\n// d\n\n{B}",
}


@pytest.mark.parametrize("ends", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("text", GLUED.values(), ids=GLUED)
def test_no_question_vanishes_beside_a_category_or_a_comment(text, ends):
    text = text.replace("{A}", QUESTION.format("A")).replace("{B}", QUESTION.format("B"))
    bank = gift.read(text.replace("\n", ends).encode())
    assert [(q.name, q.words.text) for q in bank.questions] == [
        ("A", "Bolehkah A?"),
        ("B", "Bolehkah B?"),
    ]
    assert {q.category for q in bank.questions} == {"top/x"}
    assert bank.troubles == bank.skipped == []


def test_a_number_in_a_comment_after_a_question_belongs_to_the_next_one():
    text = "::A::a?{T}\n// [id:7]\n$CATEGORY: x\n::B::b?{T}\n\n::C::c?{T}\n// [id:9]\n"
    assert [q.idnumber for q in gift.read(text.encode()).questions] == ["", "7", "9"]


def test_a_comment_between_the_lines_of_a_question_is_named():
    (question,) = gift.read(b"::A::a?{\n// rahasia\n=x\n~y\n}").questions
    assert question.notes == ("komentar di tengah soal tidak ikut: “rahasia”.",)


def test_what_is_left_out_is_named_by_its_words_if_it_has_no_name():
    bank = gift.read(b"Uraikan pendapat Anda tentang netralitas.{}\n\nBacalah ini.\n")
    assert [str(skipped) for skipped in bank.skipped] == [
        "baris 1 (“Uraikan pendapat Anda tentang netralitas.”): " + gift._ESSAY,
        "baris 3 (“Bacalah ini.”): " + gift._DESCRIPTION,
    ]


def test_weights_may_have_a_comma():
    (question,) = gift.read(b"a?{~%33,5%x ~%66.5%y ~z}").questions
    assert [(a.words.text, a.percent) for a in question.answers] == [
        ("x", 33.5),
        ("y", 66.5),
        ("z", 0),
    ]


def test_a_picture_pasted_as_letters_weighs_nothing():
    picture = f'<img alt\\="poster" src\\="data\\:image/png;base64,{"A" * LARGEST_QUESTION}">'
    bank = gift.read(f"[html]Bolehkah?{picture}{{=x#{picture} ~y}}".encode())
    assert bank.troubles == []
    assert len(bank.questions) == 1


PARTS = st.lists(
    st.sampled_from([
        "$CATEGORY: top/x", "// catatan", "", "", "::A::Bolehkah kA?{=Tidak ~Ya}", "kB adalah.{T}",
        "Uraikan kC.{}", "Keterangan kD.", "kE?{#3}", "kF?{=a -> b =c -> d}", "Rusak kG?{=a",
        "::B::", "kH?{", "=kI", "~kJ", "}",
    ]),
    max_size=14,
)  # fmt: skip


@given(PARTS)
def test_every_word_of_a_file_is_in_a_question_or_in_a_complaint(parts):
    bank = gift.read("\n".join(parts).encode())
    kept = " ".join(words.text for q in bank.questions for words in q.texts())
    named = {trouble.place.number for trouble in (*bank.skipped, *bank.troubles)}
    first = 1
    for number, line in enumerate(parts, start=1):
        if not line or line.startswith("$"):
            first = number + 1
        for word in re.findall(r"\bk[A-Z]", line):
            assert word in kept or named & set(range(first, number + 1)), (parts, word)
