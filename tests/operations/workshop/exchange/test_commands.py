"""`flask content export` and `flask content import`, as an operator sees them."""

import click
import pytest
from flask import Flask

from app.workshop.exchange import gift_writer
from app.workshop.exchange.commands import export_questions, import_questions


@pytest.fixture
def run(content):
    group = click.Group("content", [export_questions, import_questions])
    app = Flask("bare")
    app.cli.add_command(group)
    runner = app.test_cli_runner()

    def invoke(command, *arguments):
        return runner.invoke(
            args=["content", command, "--path", str(content.root), *map(str, arguments)]
        )

    return invoke


@pytest.mark.parametrize("format", ["gift", "moodle-xml"])
def test_a_bank_goes_out_and_comes_back(run, content, format, tmp_path):
    file, into = tmp_path / "bank.txt", tmp_path / "draf"
    out = run("export", "--format", format, "-o", file)
    assert out.exit_code == 0
    assert out.stderr == "9 soal diekspor.\n"
    back = run("import", file, "--into", into)
    assert back.exit_code == 0, back.output
    assert back.stdout.startswith(f"{file}: 5 kasus menjadi draf.\n")
    assert len(list(into.glob("scenarios/*/*.md"))) == 5


def test_without_a_file_the_bank_goes_to_standard_output(run):
    result = run("export", "--format", "gift", "--topic", "pelayanan")
    assert result.stdout.startswith("$CATEGORY: $course$/top/Rambu/Pelayanan publik\n")
    assert result.stdout.count("[id:") == 1
    result = run("export", "--format", "moodle-xml", "--course", "netralitas")
    assert result.stdout.startswith("<?xml version='1.0' encoding='utf-8'?>\n<quiz>")


def test_what_stays_behind_is_said_aloud(run, content):
    content.edit(
        "scenarios/media-sosial/kasus-satu.md", "violation: kode-etik", "violation: pidana"
    )
    result = run("export", "--format", "gift")
    assert "1 kasus TIDAK ikut" in result.stderr
    assert "(pidana) tidak ada di antara kelima pilihan" in result.stderr
    assert "kasus-satu@sebelum-penetapan" in result.stderr
    assert "administratif" not in result.stderr


def test_an_administrative_case_goes_out_since_the_fifth_answer_is_its_own(run, content):
    """Control, and the fault: the sentence used to say that it stays behind."""
    content.edit(
        "scenarios/media-sosial/kasus-satu.md", "violation: kode-etik", "violation: administratif"
    )
    result = run("export", "--format", "gift")
    assert result.stderr == "9 soal diekspor.\n"


def test_a_dry_run_writes_nothing(run, tmp_path):
    run("export", "--format", "gift", "-o", tmp_path / "a")
    result = run("import", tmp_path / "a", "--into", tmp_path / "draf", "--dry-run")
    assert result.exit_code == 0
    assert "tidak ada yang disimpan" in result.stdout
    assert not (tmp_path / "draf").exists()


UNUSUAL = """$CATEGORY: top/Pelayanan publik
::1:: Bolehkah <nama calon> hadir?{=Tidak ~Ya}

::1:: [html]Bolehkah?<video src\\="https\\://v.id/1.mp4"></video>{=Tidak ~Ya}

::Esai:: Uraikan.{}
"""


def test_a_dry_run_says_what_the_real_one_says(run, tmp_path):
    file, into = tmp_path / "a", tmp_path / "draf"
    file.write_text(UNUSUAL)
    dry = run("import", file, "--into", into, "--dry-run")
    assert not into.exists()
    real = run("import", file, "--into", into)
    assert real.exit_code == dry.exit_code == 0
    assert dry.stderr == real.stderr
    assert dry.stdout == real.stdout + "Ini hanya pemeriksaan: tidak ada yang disimpan.\n"
    assert real.stderr == (
        "1 soal dilewati:\n"
        "  baris 6 (“Esai”): soal esai tidak dapat menjadi kasus.\n"
        "2 hal perlu diketahui:\n"
        "  baris 4 (“1”): nama “soal-1” sudah dipakai soal lain; disimpan sebagai “soal-1-2”.\n"
        "  baris 4 (“1”): video (https://v.id/1.mp4) tidak ikut.\n"
    )
    listed = [line.strip() for line in real.stdout.splitlines()[1:]]
    assert sorted(listed) == sorted(str(path) for path in into.rglob("*.md"))
    assert "\\<nama calon>" in (into / "scenarios/pelayanan/soal-1.md").read_text()


def test_every_trouble_comes_in_one_report_and_nothing_is_written(run, content, tmp_path):
    file = tmp_path / "a.txt"
    run("export", "--format", "gift", "-o", file)
    with file.open("a") as target:
        target.write("::Rusak::Apa?{=a ~b\n\n::Uraian::Uraikan.{}\n\n::Baru::Bolehkah?{=x ~y}\n")
    result = run("import", file, "--topic", "pelayanan", "--into", content.root)
    assert result.exit_code == 1
    assert "1 soal dilewati:\n" in result.stderr
    assert "6 hal perlu diperbaiki:\n" in result.stderr
    assert "(“Rusak”): kurung kurawalnya tidak berpasangan" in result.stderr
    assert result.stderr.count("tidak ditimpa") == 5
    assert "Tidak ada yang disimpan" in result.stderr
    assert not list(content.root.rglob("baru.md"))


def test_only_what_can_never_be_a_case_is_a_refusal_too(run, tmp_path):
    (tmp_path / "a").write_text("Uraikan.{}\n")
    result = run("import", tmp_path / "a", "--into", tmp_path / "draf")
    assert result.exit_code == 1
    assert "Tidak ada soal yang dapat menjadi kasus." in result.stderr


REFUSED = {
    "a file that is there": (("export", "--format", "gift", "-o", "{file}"), "tidak ditimpa"),
    "an unknown course": (
        ("export", "--format", "gift", "--course", "x"),
        "Kursus “x” tidak ditemukan",
    ),
    "a topic without cases": (
        ("export", "--format", "gift", "--topic", "desa-non-asn"),
        "Tidak ada kasus",
    ),
    "no such file": (("import", "tidak-ada", "--into", "x"), "tidak-ada tidak ditemukan"),
    "an empty file": (("import", "{file}", "--into", "x"), "Berkas kosong"),
}


@pytest.mark.parametrize(("arguments", "sentence"), REFUSED.values(), ids=REFUSED)
def test_a_refusal_is_one_sentence(run, tmp_path, arguments, sentence):
    file = tmp_path / "ada.txt"
    file.touch()
    result = run(*(argument.format(file=file) for argument in arguments))
    assert result.exit_code == 1
    assert sentence in result.stderr
    assert "Traceback" not in result.output


def test_broken_content_is_not_exported(run, content):
    content.edit("guides/belajar.md", "roles: [learner]", "roles: [siapa]")
    result = run("export", "--format", "gift")
    assert result.exit_code == 1
    assert "guides/belajar.md:3: error:" in result.stderr


def test_a_file_of_another_size_is_refused(run, tmp_path):
    (tmp_path / "a").write_bytes(b"a" * 10_000_001)
    result = run("import", tmp_path / "a", "--into", tmp_path / "draf")
    assert "lebih besar dari 10 MB" in result.stderr


def test_control_a_broken_escape_does_not_pass_unseen(run, tmp_path, monkeypatch):
    monkeypatch.setattr(gift_writer, "MARKS", "\\~=#:")
    run("export", "--format", "gift", "-o", tmp_path / "a")
    result = run("import", tmp_path / "a", "--into", tmp_path / "draf")
    assert result.exit_code == 1
