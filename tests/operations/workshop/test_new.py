"""`flask content new scenario`: who answers, and a draft that the checker accepts is there."""

import pytest
from flask import Flask

from app.workshop.commands import content_cli

NAME = "menyukai-status-teman"
FILE = f"scenarios/media-sosial/{NAME}.md"
#: An officer's answers, one line each, as the questions come.
ANSWERS = [
    "1",
    "Bolehkah menyukai status teman?",
    "",
    "pns, cpns",
    *("Sari melihat status: “ayo” #ramai 😀", "", "Jempolnya bergerak.", "", ""),
    "y",
    *("tidak-boleh", "kode-etik", "94 5 n", "1", ""),
    *("2", "disiplin berat", "pp-94-2021#5-n-5", ""),
    *("Menyukai itu memihak.", "", ""),
    *("Lewati saja.", "", ""),
    "keluarga",
    "2",
    *("like status boleh ga", "nge-like: gmn?", "suka postingan teman", ""),
    "Menyukai status",
    "Budi, S.Kom.",
    "y",
]


@pytest.fixture
def new(content):
    runner = Flask("bare").test_cli_runner()

    def run(answers=(), *options):
        args = ["new", "scenario", "--path", str(content.root), *options]
        return runner.invoke(content_cli, args, input="".join(f"{line}\n" for line in answers))

    return run


@pytest.fixture
def files(content):
    return lambda: sorted(path for path in content.root.rglob("*") if path.is_file())


def test_answers_become_a_draft_that_the_checker_accepts(new, content):
    result = new(ANSWERS)
    assert result.exit_code == 0, result.output
    text = content.read(FILE)
    assert text in result.output, "the file is shown before it is saved"
    assert "status: draf" in text
    assert "Sari melihat status: “ayo” #ramai 😀\n\nJempolnya bergerak." in text
    assert text.count("cites: [pp-94-2021#5-n-5]") == 2
    assert "confidence: A" in text
    assert "act: Menyukai status\n" in text
    assert content.errors() == []
    assert "tidak menemukan kesalahan" in result.output


@pytest.mark.parametrize("stop", range(len(ANSWERS)))
def test_who_stops_at_any_question_leaves_nothing(new, files, stop):
    before = files()
    result = new(ANSWERS[:stop])
    assert result.exit_code == 1
    assert "tidak ada yang ditulis" in result.output
    assert files() == before


def test_who_says_no_leaves_nothing(new, files):
    before = files()
    assert new([*ANSWERS[:-1], "t"]).exit_code == 1
    assert files() == before


@pytest.mark.parametrize(
    ("place", "wrong", "hint"),
    [
        (0, "99", "nomor 1–12"),
        (1, "Apakah boleh?", "diawali “Bolehkah”"),
        (2, "kasus-satu", "sudah dipakai"),
        (3, "raja", "nomor 1–8"),
        (9, "mungkin", "ya"),
        (10, "99", "nomor 1–3"),
        (12, "tidak ada yang begini", "Tidak ada yang cocok"),
        (12, "uu-5-2014#9-2", "cari penggantinya di uu-20-2023"),
        (12, "uu-9-9999#1", "tidak ada"),
        (12, "", "sedikitnya satu rujukan"),
        (26, "9", "angka 1–3"),
        (30, "", "sedikitnya 3 cara"),
        (32, "", "masih kosong"),
    ],
)
def test_a_wrong_answer_is_explained_and_asked_again_without_losing_any(
    new, content, place, wrong, hint
):
    answers = [*ANSWERS]
    if place == 30:  # too few ways to ask, and then the others are added to them
        answers[29:29] = [""]
    else:
        answers[place:place] = [wrong]
    result = new(answers)
    assert result.exit_code == 0, result.output
    assert hint in result.output
    assert content.errors() == []


def test_law_that_is_unverified_is_taken_with_a_warning_but_not_alone(new):
    answers = [*ANSWERS[:12], "13 g", "1", "", *ANSWERS[12:]]
    result = new(answers)
    assert result.exit_code == 0, result.output
    assert "Keyakinan C" in result.output
    assert "Semua rujukannya berkeyakinan C" in result.output


def test_advice_without_a_rule_must_say_that_it_is_advice(new, content):
    answers = [*ANSWERS[:9], "t", "boleh", "", "Ini wajar.", "", ""]
    answers += ["Ini praktik aman.", "", "", *ANSWERS[22:]]
    result = new(answers)
    assert result.exit_code == 0, result.output
    text = content.read(FILE)
    assert "confidence: praktik-aman" in text
    assert "Ini wajar.\n\nIni praktik aman." in text
    assert content.errors() == []


def test_a_verdict_without_law_beside_one_that_forbids_is_asked_for_its_law(new, content):
    answers = [*ANSWERS[:9], "y", "boleh", "", *ANSWERS[15:19], "94 5", "1", "", *ANSWERS[19:]]
    result = new(answers)
    assert result.exit_code == 0, result.output
    assert "belum mempunyai rujukan" in result.output
    assert content.errors() == []


def test_stale_law_in_prose_is_said_at_once(new):
    at = ANSWERS.index("Menyukai itu memihak.")
    answers = [*ANSWERS[:at], "KASN akan memeriksa.", "", "", "y", *ANSWERS[at:]]
    result = new(answers)
    assert result.exit_code == 0, result.output
    assert "Catatan: “KASN”" in result.output


GIVEN = {
    "topic": "media-sosial",
    "question": "Bolehkah menyukai status teman?",
    "about": "pns",
    "situation": "Sari.\n\nIa tergoda.",
    "verdict-semua": "tidak-boleh",
    "violation-semua": "kode-etik",
    "cites-semua": "pp-94-2021#5-n-5 !uu-5-2014#9-2",
    "reason": "Karena.",
    "safe-act": "Lewati.",
    "pressure": "keluarga",
    "difficulty": "1",
    "author": "Budi",
}
ASKED = [f"--asked-like={text}" for text in ("a", "b", "c")]


def options(**changes):
    given = {**GIVEN, **{name.replace("_", "-"): value for name, value in changes.items()}}
    return ["--yes", *ASKED, *(f"--{name}={value}" for name, value in given.items() if value)]


def test_every_answer_may_be_an_option_and_then_nobody_is_asked(new, content):
    result = new((), *options())
    assert result.exit_code == 0, result.output
    assert "{cite: uu-5-2014#9-2, historical: true}" in content.read(FILE)
    assert content.errors() == []


@pytest.mark.parametrize("name", sorted(GIVEN.keys() - {"about"}))
def test_unattended_a_missing_answer_is_named(new, files, name):
    before = files()
    result = new((), *options(**{name: None}))
    assert result.exit_code == 1
    assert f"--{name}" in result.output
    assert files() == before


def test_unattended_a_wrong_answer_is_named(new, files):
    before = files()
    result = new((), *options(difficulty="9"))
    assert result.exit_code == 1
    assert "--difficulty: Jawab dengan angka 1–3." in result.output
    assert files() == before


def test_some_options_shorten_the_interview(new, content):
    result = new(ANSWERS[3:], "--topic=media-sosial", f"--question={ANSWERS[1]}", f"--id={NAME}")
    assert result.exit_code == 0, result.output
    assert content.errors() == []


def test_mistakes_elsewhere_are_not_said_here(new, content):
    content.edit("guides/belajar.md", "roles: [learner]", "roles: [siapa]")
    result = new(ANSWERS)
    assert result.exit_code == 0, result.output
    assert "roles" not in result.output


def test_what_the_checker_still_minds_is_said_with_its_line(new, content):
    at = ANSWERS.index("Lewati saja.")
    result = new([*ANSWERS[:at], "Baca [ini](ke-mana).", *ANSWERS[at + 1 :]])
    assert result.exit_code == 0, result.output
    line = content.line_of(FILE, "Baca [ini]")
    assert f"baris {line}: Tautan “ke-mana” tidak dikenal" in result.output


def test_a_file_that_appeared_meanwhile_is_not_overwritten(new, content, monkeypatch):
    monkeypatch.setattr(
        "app.workshop.authoring_commands._agrees",
        lambda _: content.write(FILE, "milik lain") or True,
    )
    result = new([line for line in ANSWERS if line != "y"])
    assert result.exit_code == 1
    assert content.read(FILE) == "milik lain"


def test_a_folder_that_is_not_there_is_named(new, content):
    result = new((), "--path", str(content.root / "tidak-ada"))
    assert result.exit_code == 1
    assert "tidak ditemukan" in result.output
