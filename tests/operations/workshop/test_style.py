"""`flask content style`: habits of writing are counted, and too many end with 1."""

import pytest
from flask import Flask

from app.workshop.commands import content_cli

SCENARIO = "scenarios/media-sosial/kasus-{}.md"
REASON = "Menyukai termasuk tindakan yang menguntungkan."
SITUATION = "Sari melihat unggahan seorang teman pada malam hari."


@pytest.fixture
def style(content):
    runner = Flask("bare").test_cli_runner()
    return lambda: runner.invoke(content_cli, ["style", "--path", str(content.root)])


def test_a_bank_without_habits_is_fine(style):
    result = style()
    assert result.exit_code == 0, result.output
    assert "0 dari 5 (paling banyak 10%): alasan dibuka" in result.output
    assert "LEBIH" not in result.output


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        (REASON, f"Kami tidak menemukan larangan. {REASON}", "alasan dibuka"),
        ("Lewati saja unggahan itu.", "Praktik aman: lewati.", "anjuran dibuka"),
        (SITUATION, "Sari, perawat di Lahat, melihat unggahan.", "Nama, jabatan,"),
        (SITUATION, "Sari melihat unggahan seorang tokoh.", "tokoh"),
    ],
)
def test_each_habit_is_counted_and_too_many_end_with_one(style, content, old, new, named):
    for name in ("satu", "dua", "tiga", "empat"):
        content.edit(SCENARIO.format(name), old, new)
    result = style()
    assert result.exit_code == 1
    (line,) = [line for line in result.output.splitlines() if line.startswith("LEBIH")]
    assert named in line
    assert "80.0%" in line
