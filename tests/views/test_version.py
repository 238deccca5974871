"""One version in one place: pyproject.toml says it, a command and the help pages repeat it."""

import re
from dataclasses import replace

from app import create_app
from app.config import PROJECT, VERSION


def test_the_version_is_the_one_of_the_project_file():
    text = (PROJECT / "pyproject.toml").read_text(encoding="utf-8")
    assert re.search(r'^version = "(.+)"$', text, re.MULTILINE)[1] == VERSION


def test_the_newest_entry_of_the_changelog_is_this_version():
    text = (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert re.search(r"^## \[?(\d+\.\d+\.\d+)", text, re.MULTILINE)[1] == VERSION


def test_the_help_pages_name_it_in_their_footer(client):
    text = client.get("/bantuan").text
    assert f"Rambu versi {VERSION}" in text[text.index("<footer") :]


def test_the_command_needs_neither_a_database_nor_sound_content(app, tmp_path, monkeypatch):
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    nowhere = "postgresql+psycopg://tidak@127.0.0.1:1/ada"
    lost = replace(app.config["RAMBU"], DATABASE=nowhere, CONTENT=tmp_path / "tidak-ada")
    answer = create_app(lost).test_cli_runner().invoke(args=["version"])
    assert (answer.exit_code, answer.output) == (0, f"Rambu versi {VERSION}\n")
