"""Cases go out and come back the same, in both formats (tests/test_whole_bank.py: all of them)."""

import re
import shutil
from dataclasses import dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.catalog.labels import QUIZ_OPTIONS, TOPICS
from app.catalog.model import Case
from app.catalog.terms import Phase, Topic
from app.reading.loader import load
from app.workshop.exchange import gift, gift_writer, moodle_xml, outgoing
from app.workshop.exchange.questions import Answer, Format, Kind, Place, Question, Words
from tests.round_trip import NOT_CARRIED, READERS, WRITERS, come_back


@pytest.fixture
def content(content):
    """No course, since a bank that comes back has none; no guide that speaks of one."""
    shutil.rmtree(content.root / "courses")
    content.edit("guides/belajar.md", "[kursus](/kursus/netralitas)", "kursus")
    return content


@pytest.mark.parametrize("format", Format)
def test_a_second_journey_writes_the_same_bytes(catalog, format, tmp_path):
    questions = outgoing.export(catalog, [Topic.FAMILY]).questions
    first = WRITERS[format](questions)
    again = READERS[format](first).questions
    assert WRITERS[format](again) == first


@pytest.mark.parametrize("format", Format)
def test_rulings_links_history_and_odd_texts_come_back_too(content, format, tmp_path):
    path = "scenarios/media-sosial/kasus-satu.md"
    content.edit(
        path,
        "Menyukai termasuk tindakan yang menguntungkan. Demikian kami baca.",
        "Baca [PP 94](aturan:pp-94-2021#5-n-5) dan [bantuan](/bantuan/belajar).\n\n"
        "1. Satu **tebal** {=~#:\\\\n}\n2. Dua `kode`\n   - *tiga*\n\n> Kutipan ::x:: ####\n\n"
        "| a | b |\n|---|---|\n| c | \\| |",
    )
    content.edit(path, "violation: kode-etik", "violation: administratif")
    content.edit(
        path,
        "    cites: [pp-94-2021#5-n-5, uu-20-2023#9-2]",
        "    cites: [{cite: uu-5-2014#9-2, historical: true}, uu-20-2023#9-2]\n"
        "  - phase: semua\n    for: [non-asn]\n    verdict: bergantung\n    violation: none\n"
        '    cites: [pp-94-2021#5-n-5]\n    note: "Bagi mereka: lain --> lagi."',
    )
    content.edit(path, "[like foto calon]", '["like: foto # calon", "a -- b <c>"]')
    went = load(content.root)
    folder = tmp_path / "kembali"
    back = come_back(went, format, folder, content.root, site="https://rambu.contoh.go.id")
    expected = replace(went.scenario("kasus-satu"), **NOT_CARRIED)
    assert back.scenario("kasus-satu") == expected
    assert load(folder) == back, "and it is as sound as what went"
    assert "aturan:pp-94-2021#5-n-5" in (folder / path).read_text()


def test_links_lead_to_rambu_and_not_into_the_moodle(content):
    content.edit(
        "scenarios/media-sosial/kasus-satu.md",
        "Menyukai termasuk",
        "[Menyukai](/bantuan/belajar) termasuk",
    )
    case = load(content.root).case("kasus-satu", Phase.BEFORE)
    feedback = outgoing.question(case, "https://rambu.contoh.go.id").feedback.text
    assert 'href="https://rambu.contoh.go.id/bantuan/belajar"' in feedback
    assert 'href="https://rambu.contoh.go.id/aturan/pp-94-2021#5-n-5"' in feedback
    assert 'href="/' not in feedback
    assert (
        "<a"
        not in outgoing.question(load(content.root).case("kasus-dua", Phase.AFTER)).feedback.text
    )


def test_a_question_is_what_the_quiz_asks(content):
    case = load(content.root).case("kasus-satu", Phase.AFTER)
    question = outgoing.question(case)
    assert question.idnumber == "kasus-satu@sesudah-penetapan"
    assert question.category == f"$course$/top/Rambu/{TOPICS[Topic.SOCIAL_MEDIA]}"
    assert [a.words.text for a in question.answers] == list(QUIZ_OPTIONS.values())
    assert [a.percent for a in question.answers] == [0, 0, 100, 0, 0]
    assert "Sesudah penetapan calon" in question.words.text
    assert "Sari melihat unggahan" in question.words.text
    for said in ("Menyukai termasuk", "Lewati saja", "PP 94/2021 Pasal 5 huruf n angka 5"):
        assert said in question.feedback.text
    assert {"topik:media-sosial", "tahap:sesudah-penetapan", "kesulitan:2"} <= set(question.tags)


def test_who_mistakes_the_kind_of_violation_is_told_so(content):
    before = outgoing.question(load(content.root).case("kasus-satu", Phase.BEFORE)).answers
    assert "jenisnya lain: Pelanggaran kode etik" in before[2].feedback.text
    assert before[0].feedback.is_empty
    assert before[4].feedback.is_empty


def test_cases_that_no_quiz_draws_stay_and_are_counted(content):
    path = "scenarios/media-sosial/kasus-satu.md"
    content.edit(path, "violation: kode-etik", "violation: pidana")
    content.edit(path, "violation: disiplin-berat", "violation: pidana")
    content.edit("scenarios/media-sosial/kasus-dua.md", "status: terbit", "status: draf")
    found = outgoing.export(load(content.root))
    assert [case.key for case in found.left_out] == [
        "kasus-satu@sebelum-penetapan",
        "kasus-satu@sesudah-penetapan",
    ]
    keys = {question.idnumber.partition("@")[0] for question in found.questions}
    assert keys == {"kasus-tiga", "kasus-empat", "mengikuti-akun-kpu"}


def test_a_bank_may_be_cut_by_topic_and_by_course(catalog):
    family = outgoing.export(catalog, [Topic.FAMILY]).questions
    assert {q.category for q in family} == {f"$course$/top/Rambu/{TOPICS[Topic.FAMILY]}"}
    course = catalog.course("netralitas-inti")
    drawn = {q.idnumber for q in outgoing.export(catalog, course=course).questions}
    assert drawn == {c.key for draw in course.blueprint.draws for c in catalog.pool(course, draw)}


def test_no_tag_of_the_bank_is_cut_by_moodle_and_no_name_is_too_long(catalog):
    found = outgoing.export(catalog)
    assert found.long_tags == ()
    assert all(len(question.name) <= 255 for question in found.questions)
    assert all(len(question.idnumber) <= 100 for question in found.questions)
    assert all(case.option is None for case in found.left_out)
    assert all(
        Case(s, r).key in {q.idnumber for q in found.questions} | {c.key for c in found.left_out}
        for s in catalog.scenarios.values()
        if s.is_published
        for r in s.rulings
    )


# -- Escaping --------------------------------------------------------------------------------


@dataclass
class AsMoodleReads:
    """GIFT taken apart as Moodle's own importer does: placeholders for escapes, then explode."""

    name: str
    text: str
    answers: list[tuple[str, str]]
    feedback: str

    @classmethod
    def of(cls, paragraph: str) -> "AsMoodleReads":
        lines = [line for line in paragraph.split("\n") if not line.strip().startswith("//")]
        text = "\n".join(lines).strip().replace("\\\\", "&&092;")
        for number, mark in (*((ord(mark), mark) for mark in "~=#{}:"), (10, "n")):
            text = text.replace(f"\\{mark}", f"&&{number:03};")
        text = text.replace("&&092;", "\\")
        _, name, text = text.split("::", 2)
        asked, _, block = text.partition("{")
        block, closed, rest = block.partition("}")
        assert closed
        assert not rest.strip()
        block, _, feedback = block.rpartition("####") if "####" in block else (block, "", "")
        answers = [part.partition("#") for part in block.replace("=", "~").split("~")[1:]]
        return cls(
            cls.back(name),
            cls.back(asked),
            [(cls.back(words), cls.back(told)) for words, _, told in answers],
            cls.back(feedback),
        )

    @staticmethod
    def back(text: str) -> str:
        text = re.sub(r"^\[html\]", "", text.strip())
        return re.sub(r"&&(\d{3});", lambda code: chr(int(code[1])), text).strip()


#: Characters that mean something to one of the formats come often.
TEXTS = st.text(
    st.one_of(
        st.sampled_from("~=#{}:\\n[]%$&<>/\"' \n-"),
        st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]),
    ),
    max_size=40,
).map(str.strip)
FULL = TEXTS.filter(bool)
NAMES = FULL.map(lambda text: " ".join(text.split())).filter(bool)


def question_of(name, asked, answers, feedback, tag):
    return Question(
        kind=Kind.CHOICE,
        name=name,
        words=Words(asked),
        answers=tuple(
            Answer(Words(words), 0 if place else 100, Words(told))
            for place, (words, told) in enumerate(answers)
        ),
        feedback=Words(feedback),
        category="$course$/top/A",
        idnumber="a@semua",
        tags=(tag,),
    )


QUESTIONS = st.builds(
    question_of,
    NAMES,
    FULL,
    st.lists(st.tuples(FULL, TEXTS), min_size=2, max_size=4),
    TEXTS,
    NAMES.filter(lambda text: not text.endswith("\\")),
)


def bare(question):
    """Without its place in a file."""
    return replace(question, place=Place())


@given(QUESTIONS)
def test_whatever_is_written_in_gift_is_read_again(question):
    found = gift.read(gift_writer.write([question]).encode())
    assert found.troubles == []
    assert [bare(q) for q in found.questions] == [question]


@given(QUESTIONS)
def test_whatever_is_written_in_xml_is_read_again(question):
    (found,) = moodle_xml.read(moodle_xml.write([question])).questions
    assert bare(found) == question


@given(QUESTIONS.filter(lambda q: "&&" not in str(q)))
def test_moodle_reads_our_gift_as_we_meant_it(question):
    paragraph = gift_writer.write([question]).split("\n\n")[1]
    read = AsMoodleReads.of(paragraph)
    assert (read.name, read.text) == (question.name, question.words.text)
    assert read.answers == [(a.words.text, a.feedback.text) for a in question.answers]
    assert read.feedback == question.feedback.text


@pytest.mark.parametrize("mark", gift_writer.MARKS)
def test_control_without_one_escape_the_bank_would_not_come_back(mark, monkeypatch):
    text = "a \\~ = # { } : ~%50% =%10% #### ::b:: \\n c"
    question = question_of("n :: {", text, [(text, text), ("b", "")], text, "t")
    right = gift.read(gift_writer.write([question]).encode()).questions
    assert [bare(q) for q in right] == [question]
    monkeypatch.setattr(gift_writer, "MARKS", gift_writer.MARKS.replace(mark, ""))
    found = gift.read(gift_writer.write([question]).encode())
    assert [bare(q) for q in found.questions] != [question]
