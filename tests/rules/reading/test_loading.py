"""Reading content from disk: everything that may be wrong with a file, all at once, never half."""

import os
from dataclasses import FrozenInstanceError

import pytest

from app.catalog.terms import Phase, Topic
from app.core.errors import NotFound
from app.reading.files import LARGEST
from app.reading.loader import load
from app.reading.mistakes import ContentErrors
from tests.content import GUIDE, SCENARIO

GUIDE_PATH = "guides/belajar.md"
SCENARIO_PATH = "scenarios/media-sosial/kasus-satu.md"


def test_a_sound_folder_loads(content):
    catalog = load(content.root)
    assert sorted(catalog.regulations) == ["pp-94-2021", "uu-20-2023", "uu-5-2014"]
    assert catalog.course("netralitas").lessons[0].slug == "tahap"
    assert catalog.pledge("netralitas-2026.1").points == (
        "menjaga netralitas;",
        "menolak politik uang.",
    )
    assert catalog.guide("belajar").title == "Belajar"


def test_every_mistake_of_every_file_comes_in_one_report(content):
    content.edit(GUIDE_PATH, "roles: [learner]\n", "")
    content.edit("regulations/pp-94-2021.md", "year: 2021", "year: dua ribu")
    content.edit(SCENARIO_PATH, "pressure: kebiasaan", "pressure: iseng")
    content.edit(
        SCENARIO_PATH, "Menyukai termasuk tindakan yang menguntungkan. Demikian kami baca.\n", ""
    )
    with pytest.raises(ContentErrors) as caught:
        load(content.root)
    found = [(mistake.path.rsplit("/", 1)[1], mistake.line) for mistake in caught.value.mistakes]
    assert found == [
        ("belajar.md", 1 + 1),
        ("pp-94-2021.md", 7),
        ("kasus-satu.md", content.line_of(SCENARIO_PATH, "pressure:")),
        ("kasus-satu.md", content.line_of(SCENARIO_PATH, "## Alasan") + 1),
    ]
    assert f"{content.root}/regulations/pp-94-2021.md:7: error: Isian “year”" in str(caught.value)


def test_warnings_alone_do_not_keep_content_from_loading(content):
    content.edit(SCENARIO_PATH, "reviewed_on: 2026-11-21", "reviewed_on: 2020-01-01")
    assert content.errors() == []
    assert load(content.root).scenario("kasus-satu").reviewed_on.year == 2020


BYTES = {
    "not UTF-8": (b"\xff\xfe---", "Berkas tidak tersimpan sebagai UTF-8."),
    "empty": (b"", "Berkas kosong."),
    "blank": (b" \n\n", "Berkas kosong."),
    "too large": (b"x" * (LARGEST + 1), "Berkas lebih besar dari 200 kB."),
    "control characters": (
        b"---\n\x00\n---\n",
        "Berkas memuat karakter kendali yang tidak terlihat.",
    ),
    "no front matter": (b"Halo", "Berkas harus diawali kepala berkas di antara dua baris ---."),
    "front matter that never ends": (
        b"---\ntitle: Belajar\n",
        "Kepala berkas tidak ditutup dengan baris ---.",
    ),
    "front matter that is a list": (
        b"---\n- satu\n---\nIsi.\n",
        "Isian “kepala berkas” harus berupa pasangan isian dan nilai.",
    ),
}


@pytest.mark.parametrize(("damage", "sentence"), BYTES.values(), ids=BYTES)
def test_a_damaged_file_is_named(content, damage, sentence):
    content.write(GUIDE_PATH, damage)
    assert (GUIDE_PATH, sentence) in [(path, message) for path, _, message in content.errors()]


YAML = {
    "a key twice": ("title: Lagi", 4, "Isian “title” ditulis dua kali."),
    "broken indentation": ("x: [1,", 5, "Susunan YAML rusak mulai baris ini."),
    "an alias": ("a: &x [1]\nb: *x", 4, "Jangkar dan rujukan YAML (& dan *) tidak dipakai."),
    "a tag": ("a: !!python/object:os.system x", 4, "Penanda jenis YAML (!) tidak dipakai."),
    "a day that is none": ("a: 2026-02-30", 4, "Tanggal 2026-02-30 tidak ada di kalender."),
    "deep nesting": (f"a: {'[' * 50_000}{']' * 50_000}", 4, "Susunan lebih dalam dari 8 tingkat."),
    "a key that is a list": ("? [a]\n: b", 4, "Nama isian harus satu kata."),
}


@pytest.mark.parametrize(("more", "line", "sentence"), YAML.values(), ids=YAML)
def test_yaml_that_cannot_be_trusted_is_named_with_its_line(content, more, line, sentence):
    content.edit(GUIDE_PATH, "roles: [learner]", f"roles: [learner]\n{more}")
    assert (GUIDE_PATH, line, sentence) in content.errors()


def test_billions_of_laughs_are_not_heard(content):
    laughs = "\n".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9))
    content.edit(GUIDE_PATH, "roles: [learner]", f"roles: [learner]\na0: &a0 [x]\n{laughs}")
    assert content.errors()[0][1] == 4


def test_words_stay_words(content):
    content.edit(GUIDE_PATH, "title: Belajar", "title: no")
    assert load(content.root).guide("belajar").title == "no"


def test_windows_line_ends_and_a_byte_order_mark_are_read(content):
    content.write(GUIDE_PATH, b"\xef\xbb\xbf" + GUIDE.replace("\n", "\r\n").encode())
    assert load(content.root).guide("belajar").title == "Belajar"


def test_a_file_in_the_wrong_place_is_not_silently_left_out(content):
    content.write("scenarios/kasus.md", SCENARIO)
    content.write("courses/netralitas/penutup.md", "x")
    sentence = "Berkas ini tidak pada tempatnya, sehingga tidak akan terbaca."
    assert content.errors() == [
        ("courses/netralitas/penutup.md", 1, sentence),
        ("scenarios/kasus.md", 1, sentence),
    ]


def test_links_out_of_the_folder_are_not_followed(content, tmp_path):
    (tmp_path / "rahasia.md").write_text(GUIDE)
    (tmp_path / "folder").mkdir()
    os.symlink(tmp_path / "rahasia.md", content.root / "guides/rahasia.md")
    os.symlink(tmp_path / "folder", content.root / "courses/luar")
    os.symlink(tmp_path / "tidak-ada.md", content.root / "guides/hilang.md")
    assert {path for path, _, _ in content.errors()} == {
        "guides/rahasia.md",
        "guides/hilang.md",
        "courses/luar",
    }


def test_a_pipe_does_not_hang_the_reader(content):
    os.mkfifo(content.root / "guides/pipa.md")
    assert content.errors() == [("guides/pipa.md", 1, "Ini bukan berkas biasa.")]


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(ContentErrors, match="Folder isi tidak ditemukan"):
        load(tmp_path / "tidak-ada")


def test_two_scenarios_may_not_share_an_id(content):
    text = content.read(SCENARIO_PATH).replace("topic: media-sosial", "topic: pelayanan")
    content.write("scenarios/pelayanan/kasus-satu.md", text)
    ((path, line, message),) = content.errors()
    assert (path, line) == ("scenarios/pelayanan/kasus-satu.md", 2)
    assert message.startswith("Nama “kasus-satu” sudah dipakai oleh ")


def test_nothing_in_the_catalog_can_be_changed(content):
    catalog = load(content.root)
    with pytest.raises(FrozenInstanceError):
        catalog.scenario("kasus-satu").question = "Lain"
    with pytest.raises(TypeError):
        catalog.regulations["x"] = None
    with pytest.raises(TypeError):
        catalog.regulation("pp-94-2021").provisions["x"] = None


def test_citations_arrive_resolved(content):
    catalog = load(content.root)
    citation = catalog.citation("pp-94-2021#5-n-5")
    assert citation.label == "PP 94/2021 Pasal 5 huruf n angka 5"
    assert citation.url == "/aturan/pp-94-2021#5-n-5"
    assert citation.text == catalog.provision("pp-94-2021#5-n-5").text
    ruling = catalog.scenario("kasus-satu").ruling_for(Phase.AFTER)
    assert [str(cite) for cite in ruling.cites] == ["pp-94-2021#5-n-5", "uu-20-2023#9-2"]


def test_what_is_not_there_is_not_found(content):
    catalog = load(content.root)
    for ask in (
        catalog.regulation,
        catalog.scenario,
        catalog.course,
        catalog.pledge,
        catalog.guide,
    ):
        with pytest.raises(NotFound):
            ask("tidak-ada")
    with pytest.raises(NotFound):
        catalog.citation("pp-94-2021#99")
    with pytest.raises(NotFound):
        catalog.course("netralitas").lesson(2)
    with pytest.raises(NotFound):
        catalog.scenario("kasus-satu").ruling_for(Phase.ALWAYS)


def test_a_lesson_is_prose_and_cases_in_their_order_under_one_h1(content):
    blocks = load(content.root).course("netralitas").lessons[0].blocks
    before, case, after = blocks
    assert (case.scenario_id, case.phase) == ("kasus-satu", Phase.AFTER)
    assert before.html.startswith("<h2>Satu hari yang membelah</h2>")
    assert '<a href="/aturan/pp-94-2021#5-n-5" class="citation">PP 94/2021</a>' in before.html
    assert after.html == "<p>Ingatlah <strong>tahapnya</strong>.</p>\n"


def test_a_case_inside_fenced_code_is_code(content):
    fenced = "```\n:::kasus kasus-satu sesudah-penetapan\n```"
    content.edit("courses/netralitas/01-tahap.md", ":::kasus kasus-satu sesudah-penetapan", fenced)
    (block,) = load(content.root).course("netralitas").lessons[0].blocks
    assert "<code>:::kasus" in block.html


def test_a_pool_holds_what_the_line_asks_for_and_nobody_else(content):
    catalog = load(content.root)
    course = catalog.course("netralitas")
    before, any_phase = course.blueprint.draws
    assert [case.key for case in catalog.pool(course, before)] == [
        f"kasus-{name}@sebelum-penetapan" for name in ("dua", "empat", "satu", "tiga")
    ]
    assert len(catalog.pool(course, any_phase)) == 8
    assert any_phase.topics == (Topic.SOCIAL_MEDIA,)


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        (SCENARIO_PATH, "status: terbit", "status: draf"),
        (SCENARIO_PATH, "applies_to: [pns, cpns, pppk]", "applies_to: [perangkat-desa]"),
        (SCENARIO_PATH, "violation: kode-etik", "violation: pidana"),
    ],
    ids=["a draft", "for others", "criminal alone"],
)
def test_some_cases_are_not_drawn(content, path, old, new):
    content.edit("courses/netralitas/01-tahap.md", "kasus-satu", "kasus-dua")
    content.edit(path, old, new)
    catalog = load(content.root)
    course = catalog.course("netralitas")
    keys = [case.key for case in catalog.pool(course, course.blueprint.draws[0])]
    assert "kasus-satu@sebelum-penetapan" not in keys
    assert "kasus-dua@sebelum-penetapan" in keys
