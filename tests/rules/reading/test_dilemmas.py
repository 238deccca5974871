"""Rows for other kinds of person, and dilemmas: read whole, and refused with one sentence."""

import pytest

from app.catalog.terms import PersonStatus, Phase, Verdict
from app.reading.loader import load
from tests.content import one_sentence

SCENARIO = "scenarios/media-sosial/kasus-satu.md"
SAFE = "scenarios/pelayanan/mengikuti-akun-kpu.md"
OTHERS = """\
    cites: [pp-94-2021#5-n-5, uu-20-2023#9-2]
  - phase: semua
    for: [non-asn, perangkat-desa]
    verdict: bergantung
    violation: none
    cites: [pp-94-2021#5-n-5]
    note: Bagi tenaga non-ASN ada surat edaran tersendiri.
"""
DILEMMA = """\
Lewati saja unggahan itu.

## Dilema
### Putuskan
Ibu menelepon malam itu juga. Apa yang Anda lakukan?

- [ ] Meneruskan poster
  tanpa komentar.
  > Tangkapan layar sampai ke kantor.
- [x] Menolak dengan halus.
  > Ibu mengerti.

### Akibat
Esok paginya seorang rekan bertanya. Apa jawab Anda?

- [x] Bercerita apa adanya.
  > Rekan Anda
  > tenang.
- [ ] Diam.
  > Kabar menyebar.

### Langkah aman
Grup itu masih ada. Lalu?

- [ ] Membisukan grup.
  > Anda tetap tercatat sebagai anggota.
- [x] Keluar.
  > Selesai.
"""


@pytest.fixture
def content(content):
    content.edit(SCENARIO, "    cites: [pp-94-2021#5-n-5, uu-20-2023#9-2]\n", OTHERS)
    content.edit(SCENARIO, "Lewati saja unggahan itu.\n", DILEMMA)
    return content


def test_rows_for_other_people_stand_beside_the_rulings_and_count_as_verdicts(content):
    catalog = load(content.root)
    scenario = catalog.scenario("kasus-satu")
    assert [ruling.phase for ruling in scenario.rulings] == [Phase.BEFORE, Phase.AFTER]
    (other,) = scenario.others
    assert other.persons == (PersonStatus.NON_ASN, PersonStatus.VILLAGE_OFFICIAL)
    assert (other.verdict, other.note[:4]) == (Verdict.DEPENDS, "Bagi")
    assert catalog.counts.verdicts == 10


def test_a_quiz_never_asks_about_other_people(content):
    course = load(content.root).course("netralitas")
    cases = [
        case for draw in course.blueprint.draws for case in load(content.root).pool(course, draw)
    ]
    assert cases
    assert all(not case.ruling.persons for case in cases)


def test_a_dilemma_has_three_steps_with_their_choices(content):
    dilemma = load(content.root).scenario("kasus-satu").dilemma
    assert [step.title for step in dilemma.steps] == ["Putuskan", "Akibat", "Langkah aman"]
    decide, consequence, _ = dilemma.steps
    assert decide.prompt_html == "<p>Ibu menelepon malam itu juga. Apa yang Anda lakukan?</p>\n"
    assert [choice.text for choice in decide.choices] == [
        "Meneruskan poster tanpa komentar.",
        "Menolak dengan halus.",
    ]
    assert [choice.is_best for choice in decide.choices] == [False, True]
    assert consequence.choices[0].consequence == "Rekan Anda tenang."


#: what stands there · what is written instead · text on the line to blame · the sentence.
BROKEN = {
    "somebody twice": (
        "for: [non-asn, perangkat-desa]", "for: [non-asn, pns]",
        "for:", "Vonis untuk pns sudah ada di baris lain.",
    ),
    "other people without a note": (
        "    note: Bagi tenaga non-ASN ada surat edaran tersendiri.\n", "",
        "phase: semua", "Vonis untuk orang lain memerlukan “note” yang menjelaskannya.",
    ),
    "a note on a ruling for everybody": (
        "    violation: disiplin-berat\n", "    violation: disiplin-berat\n    note: Begitu.\n",
        "note: Begitu", "Isian “note” hanya untuk vonis dengan “for”.",
    ),
    "other people in one phase only": (
        "phase: semua", "phase: sebelum-penetapan",
        "phase: sebelum-penetapan\n    for:", "Vonis untuk tahap “sesudah-penetapan” belum ada.",
    ),
    "other people without law": (
        "    cites: [pp-94-2021#5-n-5]\n    note", "    cites: []\n    note",
        "cites: []",
        "Vonis ini belum mempunyai rujukan; tanpa aturan, pakai confidence: praktik-aman.",
    ),
    "stale law in a note": (
        "note: Bagi tenaga", "note: Menurut PP 53/2010 tenaga",
        "note:", "PP 53/2010: PP 53/2010 sudah dicabut; yang berlaku sejak 31 Agustus 2021 "
        "ialah PP 94/2021.",
    ),
    "a step missing": (
        "### Akibat", "### Hasil",
        "### Putuskan", "Dilema berisi tiga langkah berurutan: Putuskan, Akibat, Langkah aman.",
    ),
    "text before the first step": (
        "## Dilema\n", "## Dilema\nSebuah cerita.\n",
        "Sebuah cerita.", "Sebelum langkah “Putuskan” tidak ada teks lain.",
    ),
    "a step without a story": (
        "Grup itu masih ada. Lalu?\n", "",
        "### Langkah aman", "Langkah “Langkah aman” belum mempunyai cerita.",
    ),
    "a step without choices": (
        "- [ ] Membisukan grup.\n  > Anda tetap tercatat sebagai anggota.\n- [x] Keluar.\n"
        "  > Selesai.\n", "",
        "### Langkah aman", "Langkah “Langkah aman” belum mempunyai pilihan “- [ ]”.",
    ),
    "one choice is none": (
        "- [ ] Diam.\n  > Kabar menyebar.\n", "",
        "### Akibat", "Langkah “Akibat” mempunyai 2–4 pilihan, ini 1.",
    ),
    "two best choices": (
        "- [ ] Diam.", "- [x] Diam.",
        "### Akibat", "Langkah “Akibat” mempunyai tepat satu pilihan “[x]”.",
    ),
    "a choice without consequence": (
        "  > Kabar menyebar.\n", "",
        "- [ ] Diam.", "Pilihan ini belum menyebut akibatnya (“  > …”).",
    ),
    "a loose line": (
        "  > Kabar menyebar.\n", "  > Kabar menyebar.\nLalu?\n",
        "Lalu?\n\n###", "Pilihan ditulis “- [ ] …”, akibatnya di baris berikut sebagai “  > …”.",
    ),
}  # fmt: skip


@pytest.mark.parametrize(("old", "new", "at", "sentence"), BROKEN.values(), ids=BROKEN)
def test_a_broken_row_or_dilemma_gets_its_sentence_on_its_line(content, old, new, at, sentence):
    content.edit(SCENARIO, old, new)
    found = {message: line for _, line, message in content.errors()}
    assert sentence in found, content.errors()
    assert found[sentence] == content.line_of(SCENARIO, at)
    assert all(one_sentence(message) for message in found)


def test_advice_to_other_people_needs_no_law_if_its_note_calls_it_safe_practice(content):
    content.edit(
        SCENARIO,
        "    cites: [pp-94-2021#5-n-5]\n    note: Bagi",
        "    cites: []\n    note: Ini praktik aman bagi",
    )
    assert content.errors() == []


def test_a_rule_for_other_people_may_stand_beside_safe_practice(content):
    content.edit(SAFE, "    cites: []\n", "    cites: []\n" + OTHERS.split("\n", 1)[1])
    assert content.errors() == []


def test_a_dilemma_is_not_counted_as_reading_time(content):
    before = content.errors()
    content.edit(SCENARIO, "Ibu menelepon malam", "Ibu menelepon " + "lagi " * 1200 + "malam")
    assert content.errors() == before == []


def test_right_choices_that_are_mostly_the_longest_are_pointed_out(content):
    for name in ("dua", "tiga", "empat"):
        content.edit(
            f"scenarios/media-sosial/kasus-{name}.md", "Lewati saja unggahan itu.\n", DILEMMA
        )
    assert content.warnings() == []
    content.edit(SCENARIO, "- [x] Keluar.", "- [x] Keluar dari grup itu malam ini juga.")
    found = content.warnings()
    assert len(found) == 5
    assert all("dari 12 langkah dilema" in message for *_, message in found)


def test_a_few_steps_say_nothing_about_a_habit(content):
    content.edit(SCENARIO, "- [x] Keluar.", "- [x] Keluar dari grup itu malam ini juga.")
    assert content.warnings() == []
