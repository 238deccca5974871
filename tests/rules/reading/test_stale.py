"""Rules of stale law as an editor may write them wrongly: each gets its line and one sentence."""

import pickle
from datetime import date

import pytest

from app.reading.loader import load, stale_rules
from app.stale import stale_claims
from tests.content import STALE, one_sentence

FILE = "stale/usang.yaml"
RIGHT = "right: PP 53/2010 sudah dicabut; yang berlaku sejak 31 Agustus 2021 ialah PP 94/2021."
#: What the first rule says is right, up to its source.
LEAD = "ialah PP 94/2021.\n    "
SOURCE = f"{LEAD}source: pp-94-2021#5-n-5"
NOT_FIRING = "Contoh ini seharusnya ditandai aturan “pp-53-2010”: “"
NOT_SILENT = "Contoh ini seharusnya dibiarkan aturan “pp-53-2010”: “"


def facts(kind, right):
    """A table in the place of words."""
    return (
        f"facts:\n      kind: {kind}\n      rows:\n        - subject: KASN\n          is: {right}"
    )


WRONG = {
    "an unknown concept in a claim": (
        "words: KASN",
        "claims: KASN & {APA}",
        "claims: KASN & {APA}",
        "Blok {APA} tidak dikenal.",
    ),
    "a claim with nothing behind its sign": (
        "words: KASN",
        "claims: KASN &!",
        "claims: KASN &!",
        "Di kiri dan di kanan tanda & harus ada kata.",
    ),
    "a claim without a line": (
        "words: KASN",
        'claims: ""',
        'claims: ""',
        "Isian “rules.2.claims” harus berupa satu baris pola "
        "atau lebih (sesudah tanda |, atau di antara tanda kutip).",
    ),
    "a fact without a value": (
        "words: KASN",
        facts("pasal", "tidak ada"),
        "is: tidak ada",
        "Di sini tidak ada nilai berjenis pasal: “tidak ada”.",
    ),
    "a fact of another kind": (
        "words: KASN",
        facts("rupiah", "Pasal 5"),
        "is: Pasal 5",
        "Di sini tidak ada nilai berjenis rupiah: “Pasal 5”.",
    ),
    "a fact of no kind": (
        "words: KASN",
        facts("warna", "merah"),
        "kind: warna",
        "Isian “rules.2.facts.kind” harus salah satu dari: "
        "pasal, nomor, rupiah, lama, tanggal, tahun, jumlah, nama.",
    ),
    "a count of nothing": (
        "words: KASN",
        facts("jumlah", "lima"),
        "kind: jumlah",
        "Jenis jumlah memerlukan isian “units”: apa yang dihitung.",
    ),
    "an empty pattern": (
        "words: KASN",
        'words: ""',
        'words: ""',
        "Isian “rules.2.words” harus berupa satu baris pola "
        "atau lebih (sesudah tanda |, atau di antara tanda kutip).",
    ),
    "a pattern of blanks": (
        "words: KASN",
        'words: "  "',
        'words: "',
        "Isian “rules.2.words” harus berupa satu baris pola "
        "atau lebih (sesudah tanda |, atau di antara tanda kutip).",
    ),
    "a pattern that matches nothing written": (
        "words: KASN",
        'words: "[KASN]"',
        'words: "[KASN]',
        "Pola ini cocok juga dengan teks kosong; tulis kata yang harus ada.",
    ),
    "an excuse that matches nothing written": (
        'after: "{..40} <tidak lagi | dibubarkan>"',
        'after: "{..40}"',
        "after:",
        "Pola ini cocok juga dengan teks kosong; tulis kata yang harus ada.",
    ),
    "an unknown block": (
        "{PP} {NOMOR} 53 {TAHUN} 2010",
        "{PERPRES} 53",
        "{PERPRES}",
        "Blok {PERPRES} tidak dikenal.",
    ),
    "an unknown block in a block": (
        "PP | peraturan pemerintah",
        "{APA} | peraturan",
        "{APA}",
        "Blok {APA} tidak dikenal.",
    ),
    "a block that holds itself": (
        "PP | peraturan pemerintah",
        "PP | {PP} lama",
        "PP: |",
        "Blok {PP} memuat dirinya sendiri.",
    ),
    "a block with a name of ours": (
        "  PP: |",
        "  NOMOR: |\n    nomor\n  PP: |",
        "NOMOR:",
        "Nama “blocks.NOMOR” milik Rambu sendiri.",
    ),
    "a block in small letters": (
        "  PP: |",
        "  pp: |\n    pp\n  PP: |",
        "pp: |",
        "Nama “blocks.pp” harus berupa HURUF_BESAR.",
    ),
    "a pattern that explodes": (
        "words: KASN",
        "words: KASN {..200} a {..200} b {..200} c",
        "words: KASN {",
        "Pola ini terlalu longgar; perkecil celahnya atau bagilah barisnya.",
    ),
    "an open group": (
        "words: KASN",
        "words: <KASN | BKN",
        "words: <",
        "Kelompok dalam pola ini tidak ditutup dengan “>”.",
    ),
    "a pattern that misses its own example": (
        "- Hukumannya diatur PP 53/2010.",
        "- Hukumannya diatur PP 94/2021.",
        "- Hukumannya",
        f"{NOT_FIRING}Hukumannya diatur PP 94/2021”.",
    ),
    "a pattern that fires on its own counter-example": (
        "- PP 94/2021 berlaku.",
        "- PP 53/2010 berlaku.",
        "- PP 53/2010 berlaku",
        f"{NOT_SILENT}PP 53/2010 berlaku”.",
    ),
    "too few examples": (
        "      - PP 94/2021 berlaku.\n",
        "",
        "silent:",
        "Isian “rules.1.silent” harus berupa daftar dengan sedikitnya 3 isi.",
    ),
    "a provision that does not exist": (
        SOURCE,
        f"{LEAD}source: pp-94-2021#99",
        "source: pp-94",
        "Ketentuan “99” tidak ada dalam pp-94-2021; yang ada: 5-n-5, 13-g.",
    ),
    "a regulation that does not exist": (
        SOURCE,
        f"{LEAD}source: pp-1-1900#5",
        "source: pp-1-",
        "Peraturan “pp-1-1900” yang dirujuk tidak ditemukan.",
    ),
    "a source that is not sure enough": (
        SOURCE,
        f"{LEAD}source: pp-94-2021#13-g",
        "source: pp-94",
        "Dasar aturan ini, pp-94-2021#13-g, berkeyakinan C.",
    ),
    "a source that is repealed": (
        SOURCE,
        f"{LEAD}source: uu-5-2014#9-2",
        "source: uu-5",
        "Dasar aturan ini, uu-5-2014#9-2, sudah dicabut; yang berlaku ialah UU 20/2023.",
    ),
    "a source said to be history": (
        SOURCE,
        LEAD + "source: {cite: uu-5-2014#9-2, historical: true}",
        "source: {",
        "Dasar aturan basi harus yang berlaku, bukan sejarah.",
    ),
    "a repealed instrument as what is right": (
        RIGHT,
        "right: Yang berlaku ialah UU 5/2014.",
        "right: Yang",
        "Isian “right” menganjurkan UU 5/2014, yang sudah dicabut; yang berlaku ialah UU 20/2023.",
    ),
    "stale law as what is right": (
        RIGHT,
        "right: Laporkan ke KASN.",
        "right: Lap",
        "KASN: KASN tidak lagi menangani laporan sejak "
        "24 Agustus 2024; laporan masuk lewat Bawaslu atau BKN, sanksi dijatuhkan PPK.",
    ),
    "two rules of one name": (
        "id: kasn",
        "id: pp-53-2010",
        None,
        "Aturan “pp-53-2010” sudah ada di {path}.",
    ),
    "a day that is none": (
        "    words: KASN",
        "    since: kemarin\n    words: KASN",
        "since:",
        "Isian “rules.2.since” harus berupa tanggal, misalnya 2026-11-21.",
    ),
    "a key that nobody knows": (
        "words: KASN",
        "words: KASN\n    pola: x",
        "pola:",
        "Isian “rules.2.pola” tidak dikenal.",
    ),
    "a rule without what is right": (
        f"    {RIGHT}\n",
        "",
        "- id: pp-53",
        "Isian “rules.1.right” belum ada.",
    ),
}


@pytest.mark.parametrize(("old", "new", "at", "sentence"), WRONG.values(), ids=WRONG)
def test_one_broken_thing_gets_its_sentence_on_its_line(content, old, new, at, sentence):
    content.edit(FILE, old, new)
    found = {message: (path, line) for path, line, message in content.errors()}
    sentence = sentence.replace("{path}", str(content.root / FILE))
    assert sentence in found, content.errors()
    path, line = found[sentence]
    assert path == FILE
    if at is not None:
        assert line == content.line_of(FILE, at)
    assert one_sentence(sentence)


def test_the_line_within_a_pattern_of_many_lines_is_named(content):
    content.edit(FILE, "{PP} {NOMOR} 53 {TAHUN} 2010\n", "{PP} 53\n\n      a {..5\n      PP 53\n")
    errors = content.errors()
    assert (FILE, content.line_of(FILE, "a {..5")) in [error[:2] for error in errors]


def test_a_broken_block_is_complained_about_once_and_its_rules_rest(content):
    content.edit(FILE, "PP | peraturan pemerintah", "PP | <peraturan")
    assert [line for _, line, _ in content.errors()] == [content.line_of(FILE, "<peraturan")]
    assert [rule.id for rule in stale_rules(content.root)] == ["kasn", "dicabut-uu-5-2014"]


def test_a_block_belongs_to_all_files_and_stands_in_one(content):
    content.write("stale/lain.yaml", "blocks:\n  BKN: BKN\n")
    content.edit(FILE, "words: KASN", "words: KASN | eks {BKN}")
    assert content.errors() == []
    content.write("stale/lain.yaml", "blocks:\n  BKN: BKN\n  PP: PP | peraturan pemerintah\n")
    first = content.root / "stale/lain.yaml"
    assert content.errors() == [
        (FILE, content.line_of(FILE, "PP: |"), f"Blok {{PP}} sudah ada di {first}.")
    ]


def test_since_is_the_day_of_the_repeal(content):
    gone = content.read("regulations/uu-5-2014.md").replace("uu-5-2014", "pp-53-2010")
    gone = gone.replace("UU 5/2014", "PP 53/2010").replace("uu-20-2023", "pp-94-2021")
    content.write("regulations/pp-53-2010.md", gone)
    content.edit(FILE, f"    {RIGHT}", f"    since: 2021-08-31\n    {RIGHT}")
    (error,) = content.errors()
    assert error[1] == content.line_of(FILE, "since:")
    assert "tidak sama dengan repealed_on pp-53-2010 (2023-10-31)" in error[2]


def test_sound_rules_are_frozen_on_the_catalog_and_can_be_kept_on_disk(content):
    law = load(content.root).stale
    assert [rule.id for rule in law.rules] == ["pp-53-2010", "kasn", "dicabut-uu-5-2014"]
    assert law.known == ("peraturan disiplin yang lama dan komisi yang sudah tidak ada.",)
    assert law.unknown == ()
    again = pickle.loads(pickle.dumps(law))
    assert again == law
    assert [claim.found for claim in stale_claims("Lapor ke KASN.", again.rules)] == ["KASN"]
    with pytest.raises(AttributeError):
        law.rules = ()


def test_a_rule_keeps_its_day(content):
    content.edit(FILE, "    words: KASN", "    since: 2024-08-24\n    words: KASN")
    kasn = load(content.root).stale.rules[1]
    assert kasn.since == date(2024, 8, 24)


def test_content_without_stale_rules_still_knows_its_repeals(content):
    (content.root / FILE).unlink()
    rules = load(content.root).stale.rules
    assert [rule.id for rule in rules] == ["dicabut-uu-5-2014"]
    assert stale_claims("Lapor ke KASN menurut UU 5/2014.", rules)[0].found == "UU 5/2014"


def test_a_name_in_an_example_is_warned_about(content):
    content.edit(FILE, "- Lapor ke KASN.", "- Calon nomor 2 lapor ke KASN.")
    line = content.line_of(FILE, "- Calon nomor 2")
    assert (FILE, line) in [warning[:2] for warning in content.warnings()]


def test_the_rules_of_these_tests_are_sound(content):
    assert STALE in content.read(FILE)
    assert content.errors() == []
