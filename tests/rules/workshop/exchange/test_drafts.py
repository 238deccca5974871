"""What becomes of questions: ours are put together again, others are drafts for a human."""

import json
import re
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from app.catalog.labels import QUIZ_OPTIONS
from app.catalog.quiz_options import QuizOption
from app.catalog.terms import (
    Footing,
    Phase,
    Pressure,
    Status,
    Topic,
    Verdict,
    Violation,
)
from app.reading import marked
from app.reading.loader import load
from app.reading.scalars import scalar
from app.workshop.exchange import foreign, gift, intake, leftovers, names, outgoing, tags
from app.workshop.exchange.questions import Bank, Place, Words
from tests.rules.workshop.exchange.trees import TREES, counted, laid_out


@pytest.fixture
def folder(tmp_path):
    return tmp_path / "draf"


@pytest.fixture
def pair(content):
    """Both phases of one scenario, as they went out."""
    catalog = load(content.root)
    return tuple(
        replace(outgoing.question(catalog.case("kasus-satu", phase)), place=Place(number))
        for number, phase in enumerate((Phase.BEFORE, Phase.AFTER), start=1)
    )


@pytest.fixture
def take(content, folder):
    """Troubles of questions, as sentences."""

    def prepared(*questions, **options):
        bank = Bank(list(questions))
        return intake.prepare(bank, folder, content.root, **options)

    return prepared


def said(taken):
    return [str(trouble) for trouble in taken.troubles]


# -- Ours --------------------------------------------------------------------------------------


def test_two_phases_are_one_file_again(take, pair, folder):
    taken = take(*reversed(pair))
    assert said(taken) == []
    (path,) = intake.write(taken.drafts, folder)
    assert path == folder / "scenarios/media-sosial/kasus-satu.md"
    assert "status: draf\n" in path.read_text()
    assert "reviewer" not in path.read_text()


def without_tag(question, key):
    return replace(question, tags=tuple(t for t in question.tags if not t.startswith(f"{key}:")))


def feedback(question, old, new):
    assert old in question.feedback.text
    return replace(question, feedback=Words(question.feedback.text.replace(old, new)))


def answered(question, option):
    answers = tuple(
        replace(a, percent=100 if a.words.text == QUIZ_OPTIONS[option] else 0)
        for a in question.answers
    )
    return replace(question, answers=answers)


EDITS = {
    "a reason that only one phase tells": (
        lambda q: feedback(q, "Menyukai termasuk", "Menyukai bukan"),
        "soal ke-2: alasan berbeda dari soal ke-1; samakan kedua tahapnya.",
    ),
    "a tag that is gone": (
        lambda q: without_tag(q, "topik"),
        "tag “topik:…” hilang",
    ),
    "a violation that is gone": (
        lambda q: without_tag(q, "pelanggaran"),
        "tag “pelanggaran:…” hilang, padahal jawabannya hukuman disiplin.",
    ),
    "another right answer": (
        lambda q: answered(q, QuizOption.ETHICS),
        "tidak cocok dengan tag “pelanggaran:disiplin-berat”; samakan di Moodle.",
    ),
    "no right answer": (
        lambda q: replace(q, answers=tuple(replace(a, percent=0) for a in q.answers)),
        "jawaban benarnya harus tepat satu.",
    ),
    "half a right answer": (
        lambda q: replace(q, answers=(replace(q.answers[0], percent=50), *q.answers[1:])),
        "jawaban benarnya harus tepat satu.",
    ),
    "a fifth answer": (
        lambda q: replace(q, answers=(*q.answers, replace(q.answers[0], words=Words("Lain")))),
        "jawabannya bukan lagi kelima pilihan Rambu",
    ),
    "a part that an editor removed": (
        lambda q: feedback(q, outgoing.REASON, "x"),
        "bagian “rambu-alasan” hilang",
    ),
    "a comment that an editor removed": (
        lambda q: feedback(q, f"<!--{outgoing.MACHINE}", "<!--"),
        "catatan Rambu pada umpan balik umumnya hilang",
    ),
    "a comment that somebody damaged": (
        lambda q: feedback(q, '"author"', '"autor"'),
        "catatan Rambu pada umpan balik umumnya rusak.",
    ),
    "a comment of the wrong shape": (
        lambda q: feedback(q, '"asked_like":[', '"asked_like":[3,'),
        "catatan Rambu pada umpan balik umumnya rusak.",
    ),
    "an unknown term": (
        lambda q: replace(q, tags=("tekanan:iseng", *q.tags)),
        "tag “tekanan:iseng” tidak dikenal; pilihannya: keluarga,",
    ),
    "a difficulty of four": (
        lambda q: replace(q, tags=("kesulitan:4", *q.tags)),
        "tag “kesulitan:4” harus 1, 2, atau 3.",
    ),
    "two topics": (
        lambda q: replace(q, tags=("topik:pelayanan", *q.tags)),
        "tag “topik:” ada dua dan berbeda.",
    ),
    "another phase than its number says": (
        lambda q: replace(without_tag(q, "tahap"), tags=("tahap:semua",)),
        "tag “tahap:semua” berbeda dari nomor ID-nya.",
    ),
    "a citation that is none": (
        lambda q: replace(q, tags=("rujukan:PP 94", *q.tags)),
        "tag “rujukan:PP 94” bukan rujukan seperti pp-94-2021#5-n-6.",
    ),
    "law that we do not know": (
        lambda q: replace(q, tags=("rujukan:pp-1-1945#1", *q.tags)),
        "Peraturan “pp-1-1945” yang dirujuk tidak ditemukan.",
    ),
}


@pytest.mark.parametrize(("edit", "sentence"), EDITS.values(), ids=EDITS)
def test_an_edit_that_contradicts_itself_is_refused_with_a_sentence(take, pair, edit, sentence):
    before, after = pair
    troubles = said(take(before, edit(after)))
    assert any(sentence in trouble for trouble in troubles), troubles


def test_stale_law_is_refused_before_it_keeps_rambu_from_starting(take, pair):
    old = "Jempolnya"
    both = [
        replace(q, words=Words(q.words.text.replace(old, "Menurut PP 53/2010 jempolnya")))
        for q in pair
    ]
    (trouble,) = said(take(*both))
    assert "PP 53/2010 sudah dicabut" in trouble


def test_one_phase_alone_is_refused(take, pair):
    (trouble,) = said(take(pair[1]))
    assert "Vonis untuk tahap “sebelum-penetapan” belum ada." in trouble


def test_a_case_that_comes_twice_is_refused(take, pair):
    again = replace(pair[0], place=Place(9))
    assert any(
        "kasus dan tahap yang sama sudah ada pada soal ke-1" in t for t in said(take(*pair, again))
    )


def test_what_a_teacher_changes_in_both_phases_arrives(take, pair, folder):
    both = [feedback(without_tag(q, "kesulitan"), "Lewati saja", "Tutup saja") for q in pair]
    both = [replace(q, tags=(*q.tags, "kesulitan:3", "milik guru")) for q in both]
    (draft,) = take(*both).drafts
    assert draft.difficulty == 3
    assert draft.safe_act == "Tutup saja unggahan itu."


def test_an_existing_file_is_never_overwritten(take, pair, content, folder):
    taken = intake.prepare(Bank(list(pair)), content.root, content.root)
    (trouble,) = said(taken)
    assert "kasus “kasus-satu” sudah ada sebagai" in trouble
    assert "tidak ditimpa" in trouble
    drafts = take(*pair).drafts
    intake.write(drafts, folder)
    with pytest.raises(intake.BadFile, match="tidak ada yang disimpan"):
        intake.write([replace(drafts[0], id="lain"), *drafts], folder)
    assert not (folder / "scenarios/media-sosial/lain.md").exists()
    assert (folder / "scenarios/media-sosial/kasus-satu.md").exists()


@pytest.mark.parametrize("rows", [[[]], [{"phase": "besok"}], {"a": 1}, [{"cites": [1]}]])
def test_a_comment_that_nests_nonsense_is_damage_and_no_crash(take, pair, rows):
    text = json.dumps({"author": "a", "asked_like": ["b"], "rows": rows, "dilemma": []})
    both = [
        feedback(q, f"<!--{outgoing.MACHINE}", f"<!--{outgoing.MACHINE}{text}--><!--x")
        for q in pair
    ]
    assert all("rusak" in trouble for trouble in said(take(*both)))
    assert said(take(*both))


# -- Other people's ----------------------------------------------------------------------------

FOREIGN = r"""$CATEGORY: $course$/top/Media sosial

// [id:N-7] [tag:pilkada]
::Suka unggahan::[html]<p>Budi lelah. Bolehkah ia <b>menyukai</b> unggahan calon?</p>{
	=[html]<p>Tidak boleh, karena netral</p>#Lihat SKB.
	~Boleh saja#Keliru.
	~%50%Tergantung
	####Ingat *netralitas*.
}
"""


def foreign_question(text=FOREIGN):
    bank = gift.read(text.encode())
    assert bank.troubles == []
    return bank.questions[0]


def test_everything_is_kept_and_nothing_is_decided(take, folder, content):
    taken = take(foreign_question())
    assert said(taken) == []
    (path,) = intake.write(taken.drafts, folder)
    text = path.read_text()
    assert path == folder / "scenarios/media-sosial/suka-unggahan.md"
    for words in (
        "Budi lelah. Bolehkah ia **menyukai** unggahan calon?",
        "**Perlu diputuskan.** Soal dari Moodle (“Suka unggahan”, nomor ID N-7, kategori "
        "“$course$/top/Media sosial”, tag pilkada).",
        "- vonis: jawaban benarnya tidak tunggal",
        "- rujukan: belum ada; sampai itu kasus ini dicatat sebagai praktik aman",
        "Ingat \\*netralitas\\*.",
        "- **Benar:** Tidak boleh, karena netral\n\n  Lihat SKB.",
        "- **Salah:** Boleh saja\n\n  Keliru.",
        "- **Bobot 50%:** Tergantung",
        "**Perlu ditulis:**",
    ):
        assert words in text
    content.write(f"scenarios/media-sosial/{path.name}", text)
    scenario = load(content.root).scenario("suka-unggahan")
    assert scenario.status is Status.DRAFT
    assert scenario.topic is Topic.SOCIAL_MEDIA
    assert scenario.question == "Bolehkah ia menyukai unggahan calon?"
    assert scenario.confidence is Footing.SAFE_PRACTICE
    assert [(r.phase, r.verdict, r.violation) for r in scenario.rulings] == [
        (Phase.ALWAYS, Verdict.DEPENDS, Violation.NONE)
    ]


RIGHT = {
    "Boleh": (Verdict.ALLOWED, Violation.NONE),
    " <b>boleh.</b> ": (Verdict.ALLOWED, Violation.NONE),
    "Bergantung keadaan": (Verdict.DEPENDS, Violation.NONE),
    "Boleh, asalkan diam": (Verdict.DEPENDS, Violation.NONE),
    "Tidak boleh": (Verdict.DEPENDS, Violation.NONE),
    QUIZ_OPTIONS[QuizOption.ETHICS].replace(":", "\\:"): (Verdict.DEPENDS, Violation.NONE),
}


@pytest.mark.parametrize(("text", "expected"), RIGHT.items(), ids=range(len(RIGHT)))
def test_a_verdict_is_taken_over_only_word_for_word_and_with_its_law(text, expected):
    draft = foreign.read(foreign_question(f"::a::Bolehkah?{{=[html]{text} ~Lain}}"), Topic.FAMILY)
    (row,) = draft.rows
    assert (row.verdict, row.violation) == expected
    is_taken_over = text.strip(" .</b>").lower() in ("oleh", "boleh", "bergantung keadaan")
    assert ("- vonis:" in draft.reason) is not is_taken_over


def test_a_teacher_who_cites_the_law_in_tags_is_believed(take):
    marks = "[tag:rujukan:pp-94-2021#5-n-5] [tag:pelanggaran:disiplin-berat] [tag:tekanan:atasan]"
    option = QUIZ_OPTIONS[QuizOption.DISCIPLINE].replace(":", "\\:")
    question = foreign_question(f"// {marks}\n::a b::Bolehkah itu?{{={option} ~Boleh}}")
    taken = take(question, topic=Topic.FAMILY)
    assert said(taken) == []
    (draft,) = taken.drafts
    assert draft.rows[0].verdict is Verdict.FORBIDDEN
    assert draft.rows[0].violation is Violation.SEVERE
    assert draft.rows[0].cites == (tags.Cite("pp-94-2021#5-n-5"),)
    assert draft.pressure is Pressure.SUPERIOR
    assert draft.confidence is Footing.B


def test_law_that_is_cited_stays_although_the_verdict_is_open(take):
    question = foreign_question("// [tag:rujukan:pp-94-2021#5-n-5]\n::a::Bolehkah?{=Ya ~Tidak}")
    taken = take(question, topic=Topic.FAMILY)
    assert said(taken) == []
    assert taken.drafts[0].rows[0].verdict is Verdict.DEPENDS
    assert taken.drafts[0].rows[0].cites == (tags.Cite("pp-94-2021#5-n-5"),)


def test_true_or_false_never_becomes_a_verdict():
    draft = foreign.read(foreign_question("::a::ASN boleh berkampanye.{F#Salah.}"), Topic.CAMPAIGNS)
    assert draft.rows[0].verdict is Verdict.DEPENDS
    assert "- **Benar:** Salah" in draft.reason
    assert "- isian question:" in draft.reason


def test_a_topic_must_come_from_somewhere(take):
    question = foreign_question("::a::Bolehkah?{=x ~y}")
    (trouble,) = said(take(question))
    assert "topiknya tidak diketahui; pakai --topic" in trouble
    assert said(take(question, topic=Topic.FAMILY)) == []


def test_one_wrong_question_keeps_all_the_others_out(take):
    text = "::Sama::Bolehkah?{=x ~y}\n\n::Lain::KASN berwenang.{T}"
    (trouble,) = said(take(*gift.read(text.encode()).questions, topic=Topic.FAMILY))
    assert trouble.startswith("baris 3 (“Lain”): ")
    assert "KASN" in trouble


TWINS = ["Sama", "sama!", "SAMA", "Sâmà", "sama 2", "", "", "???", "中文", "Sama"]


def test_twins_are_numbered_and_told(take):
    text = "\n\n".join(f"::{name}::{n or ''} Бо?{{=x ~y}}" for n, name in enumerate(TWINS))
    taken = take(*gift.read(text.encode()).questions, topic=Topic.FAMILY)
    assert said(taken) == []
    assert [draft.id for draft in taken.drafts] == [
        *("sama", "sama-2", "sama-3", "sama-4", "sama-2-2"),
        *("soal-5", "soal-6", "soal-7", "soal-8", "sama-5"),
    ]
    assert str(taken.notes[0]) == (
        "baris 3 (“sama!”): nama “sama” sudah dipakai soal lain; disimpan sebagai “sama-2”."
    )


def test_one_of_ours_keeps_its_name_before_a_twin(take, pair):
    twin = replace(foreign_question("::Kasus satu::Bolehkah?{=x ~y}"), place=Place(0))
    taken = take(twin, *pair, topic=Topic.FAMILY)
    assert [draft.id for draft in taken.drafts] == ["kasus-satu-2", "kasus-satu"]


ATTACHED = {
    '<img src="@@PLUGINFILE@@/a.png" alt="poster">': "gambar “poster” (a.png)",
    '<a href="@@PLUGINFILE@@/surat%20edaran.pdf">unduh</a>': "berkas (surat edaran.pdf)",
    '<video><source src="https://v.id/1.mp4"></video>': "video (https://v.id/1.mp4)",
    '<object><param name="movie" value="a.swf"></object>': "sematan (a.swf)",
    '<svg aria-label="bagan"><path d="M0"/></svg>': "gambar “bagan”",
    "<math><mi>x</mi></math>": "rumus",
    '<script src="a.js"></script>': "skrip (a.js)",
    '<div style="background: url(b.png)">x</div>': "gambar latar (b.png)",
    '<input type="image" src="c.png">': "gambar (c.png)",
    "<canvas></canvas>": "gambar",
}


@pytest.mark.parametrize(("text", "named"), ATTACHED.items())
def test_whatever_does_not_come_along_is_named_in_the_draft_and_in_the_report(take, text, named):
    for part in ("words", "feedback"):
        question = replace(foreign_question(), **{part: Words(f"<p>Bolehkah?</p>{text}")})
        taken = take(question)
        assert said(taken) == []
        assert [note.sentence for note in taken.notes] == [f"{named} tidak ikut."]
        assert f"- media: {named} tidak ikut" in taken.drafts[0].reason.replace("\\", "")


def test_a_file_is_named_once(take):
    question = replace(
        foreign_question(),
        words=Words('Bolehkah? <img src="@@PLUGINFILE@@/a.png"><img src="@@PLUGINFILE@@/a.png">'),
        files=("a.png", "b.png"),
    )
    assert leftovers.of(question) == ("gambar (a.png) tidak ikut.", "berkas “b.png” tidak ikut.")


def test_a_question_that_is_only_a_picture_is_a_draft(take):
    (draft,) = take(replace(foreign_question(), words=Words('<img src="a.png">'))).drafts
    assert draft.situation == "(gambar: a.png)"


def test_what_a_teacher_adds_to_one_of_ours_is_named(take, pair):
    added = [
        replace(
            q,
            words=Words(q.words.text + "<p>Diskusikan.</p><iframe src='https://v.id'></iframe>"),
            answers=(replace(q.answers[0], feedback=Words("Keliru.")), *q.answers[1:]),
            tags=(*q.tags, "kelas-a"),
            replies=(("Petunjuk", Words("Baca lagi.")),),
        )
        for q in pair
    ]
    taken = take(*added)
    assert said(taken) == []
    assert [note.sentence for note in taken.notes if note.place.number == 1] == sorted(
        [
            "sematan (https://v.id) tidak ikut.",
            "tag “kelas-a” tidak ikut.",
            "teks di luar bagian kasus tidak ikut: “Diskusikan.”.",
            "teks di luar bagian kasus tidak ikut: “Baca lagi.”.",
            "teks di luar bagian kasus tidak ikut: “Keliru.”.",
        ]
    )


def test_a_list_or_a_table_as_an_answer_keeps_its_shape():
    question = foreign_question("::a::[html]Bolehkah?{=<ul><li>a</li><li>b</li></ul> ~Ya}")
    reason = foreign.read(question, Topic.FAMILY).reason
    assert "- **Benar:**\n\n  - a\n  - b\n- **Salah:** Ya" in reason


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Bolehkah “like”?", "bolehkah-like"),
        ("Suka unggahan: Café & ASN's", "suka-unggahan-cafe-asns"),
        ("x" * 100, "x" * 60),
        ("kata " * 40, "-".join(["kata"] * 12)),
        ("???", ""),
        ("中文", ""),
    ],
)
def test_a_name_becomes_an_id(name, slug):
    assert names.slug(name) == slug


@pytest.mark.parametrize(
    ("given", "id"),
    [
        (("1",), "soal-1"),
        (("2024-11-27",), "soal-2024-11-27"),
        (("null",), "soal-null"),
        (("True",), "soal-true"),
        (("no",), "soal-no"),
        (("CON",), "soal-con"),
        (("lpt1",), "soal-lpt1"),
        (("3 hal",), "3-hal"),
        (("Straße Łódź",), "strasse-lodz"),
        (("???", "Bolehkah?"), "bolehkah"),
        (("中文", "中文"), "soal"),
        (("../../etc/passwd",), "etc-passwd"),
        (("a" * 300,), "a" * 60),
    ],
)
def test_any_title_is_the_name_of_a_file(given, id):
    assert names.id_for(*given) == id


@given(st.lists(st.text(max_size=80), min_size=1, max_size=8))
def test_titles_of_any_shape_give_names_that_content_reads(titles):
    taken = set()
    for title in titles:
        id = names.numbered(names.id_for(title), taken)
        assert id not in taken
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", id)
        assert marked.read(f"id: {scalar(id)}").value["id"].value == id
        taken.add(id)


def test_hidden_characters_are_refused(take):
    question = foreign_question("::a::Boleh\x07kah?{=x ~y}")
    assert "karakter kendali" in said(take(question, topic=Topic.FAMILY))[0]


@given(st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]), min_size=1))
def test_any_text_is_the_same_text_in_yaml(text):
    tidy = " ".join(text.split())
    if not tidy or any(mark in tidy for mark in "\ufeff\ufffe\uffff\u2028\u2029"):
        return
    assert marked.read(f"a: {scalar(text)}\nb: [{scalar(text)}, x]").value["a"].value == tidy
    assert marked.read(f"b: [{scalar(text)}, x]").value["b"].value[0].value == tidy


MARKS = r""":: { } = ~ # #### \ %50% % [html] [ ] -> // $CATEGORY: T TRUE a &#0; é?
[id:a@semua] [tag:topik:pelayanan] <p> </p> <b> <li> <a|href='/x'> <!--rambu|{ <![ <!"""
PIECES = st.lists(
    st.sampled_from([*(mark.replace("|", " ") for mark in MARKS.split()), " ", "\n", "\n\n"]),
    max_size=30,
).map("".join)


@given(st.lists(TREES, min_size=10, max_size=30))
@settings(max_examples=8, suppress_health_check=list(HealthCheck))
def test_every_word_of_any_html_is_in_a_draft_that_content_reads(content, folder, trees):
    numbers = counted()
    texts = [f"Bolehkah? {laid_out(tree, numbers)} k{next(numbers)}" for tree in trees]
    questions = [
        replace(foreign_question(), name=f"Soal {n}", place=Place(n), words=Words(text))
        for n, text in enumerate(texts)
    ]
    taken = intake.prepare(Bank(questions), folder, content.root)
    assert taken.troubles == ()
    for draft, text in zip(taken.drafts, texts, strict=True):
        wanted = re.findall(r"k\d+", text)
        assert sorted(re.findall(r"(?:k\d+)+", draft.situation)) == sorted(wanted)


@given(PIECES)
def test_nothing_that_people_write_crashes_the_reading(text):
    try:
        bank = intake.read(text.encode(), intake.Format.GIFT)
    except intake.BadFile:
        return
    for question in bank.questions:
        try:
            draft = foreign.read(question, Topic.FAMILY)
        except foreign.BadQuestion:
            continue
        assert draft.text
