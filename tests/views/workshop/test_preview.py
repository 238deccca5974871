"""The editors' preview shows drafts and mistakes to their own machine; the real site never does."""

import os
import re
import threading
import urllib.request

import pytest
import sqlalchemy as sa

from app import create_app
from app.config import Config
from app.core.db import db
from app.workshop import preview
from app.workshop.commands import content_cli
from tests.content import SAFE_PRACTICE

DRAFT = "draf-emoji-hati"
DRAFT_FILE = f"scenarios/pelayanan/{DRAFT}.md"
PAGES = ("/", "/bolehkah", "/aturan", "/bantuan", "/verifikasi", "/masuk", "/tidak-ada")


@pytest.fixture
def content(content):
    text = SAFE_PRACTICE.replace("mengikuti-akun-kpu", DRAFT)
    text = text.replace("mengikuti akun KPU", "mengirim emoji hati").replace(
        "reviewed_on: 2026-11-21", "status: draf"
    )
    content.write(DRAFT_FILE, text.replace("cites: []", "cites: [pp-94-2021#5-n-5]"))
    return content


@pytest.fixture
def build(content, tmp_path):
    """An application whose own database was never prepared."""

    def build(folder=content.root):
        return create_app(
            Config(
                INSTANCE=tmp_path,
                KEYS=tmp_path,
                SECRET_KEY="only-for-tests-0123456789-abcdefghij",
                TRAIL_KEY="only-for-tests-0123456789-jihgfedcba",
                DATABASE=f"sqlite:///{tmp_path / 'rambu.db'}",
                PUBLIC_URL="http://127.0.0.1:8000",
                CONTENT=folder,
            )
        )

    return build


@pytest.fixture
def editor(build, content):
    """A browser in front of the preview."""
    app = build()
    preview.install(app, content.root)
    with app.app_context(), preview.empty_database():
        yield Visitor(app)


@pytest.fixture
def reader(build):
    """A browser in front of the real site, with tables but no preview."""
    app = build()
    with app.app_context(), preview.empty_database():
        yield Visitor(app)


class Visitor:
    def __init__(self, app):
        self.app = app

    def get(self, url):
        """In a thread of its own, as a server does: this one's context stays out of it."""
        found = []

        def ask():
            found.append(self.app.test_client().get(url))

        thread = threading.Thread(target=ask)
        thread.start()
        thread.join()
        return found[0]


def appearances(visitor) -> dict[str, bool]:
    """Wherever a case may show up, and whether the draft does."""
    lists = ("/bolehkah?q=emoji+hati", "/bolehkah/topik/pelayanan", "/aturan/pp-94-2021")
    found = {url: f"/bolehkah/{DRAFT}" in visitor.get(url).text for url in lists}
    return {**found, "itself": visitor.get(f"/bolehkah/{DRAFT}").status_code == 200}


def test_a_draft_appears_nowhere_on_the_real_site(reader):
    assert set(appearances(reader).values()) == {False}


def test_the_preview_shows_the_draft_wherever_a_case_may_show_up(editor):
    """Control of the test before: these are the places."""
    assert set(appearances(editor).values()) == {True}
    assert "belum terbit" in editor.get(f"/bolehkah/{DRAFT}").text


@pytest.mark.parametrize("url", PAGES)
def test_every_page_says_that_it_is_a_preview(editor, reader, url):
    page = editor.get(url)
    assert page.text.count("Pratinjau penyunting.") == 1
    assert "1 draf" in page.text
    assert page.status_code == (404 if url == "/tidak-ada" else 200)
    assert "Pratinjau" not in reader.get(url).text


def test_files_without_a_page_are_left_alone(editor):
    sheet = re.search(r'href="(/gaya\.css[^"]*)"', editor.get("/").text)[1]
    assert editor.get(sheet).mimetype == "text/css"
    assert editor.get("/sehat").json == {"status": "ok"}


def test_a_change_is_seen_at_the_next_page(editor, content):
    assert "emoji hati" in editor.get(f"/bolehkah/{DRAFT}").text
    content.edit(DRAFT_FILE, "mengirim emoji hati", "mengirim emoji bunga")
    assert "emoji bunga" in editor.get(f"/bolehkah/{DRAFT}").text
    assert f"/bolehkah/{DRAFT}" in editor.get("/bolehkah?q=emoji+bunga").text


def test_a_change_that_keeps_size_is_seen_too(editor, content):
    editor.get("/bolehkah")
    content.edit(DRAFT_FILE, "emoji hati", "emoji kuda")
    path = content.root / DRAFT_FILE
    os.utime(path, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns + 1))
    assert "emoji kuda" in editor.get(f"/bolehkah/{DRAFT}").text


def test_broken_content_is_a_list_of_every_mistake_with_file_and_line(editor, content):
    content.edit("guides/belajar.md", "roles: [learner]", "roles: [<b>siapa]")
    content.edit("regulations/pp-94-2021.md", "year: 2021", "year: kapan")
    content.write("scenarios/pelayanan/rusak.md", b"\xff")
    for url in PAGES:
        text = editor.get(url).text
        for error_file, line, message in content.errors():
            assert error_file in text
            assert f"Baris {line}" in text
            assert message in text.replace("&#34;", '"')
        assert "<b>siapa" not in text
        assert "&lt;b&gt;siapa" in text, "the wrong line itself is shown"


def test_the_last_sound_bank_stays_one_tap_away_until_files_change_again(editor, content):
    editor.get("/bolehkah")
    content.edit(DRAFT_FILE, "topic: pelayanan", "topic: apa")
    page = editor.get("/bolehkah")
    assert "Lihat isi utuh terakhir" in page.text
    assert editor.get(preview.LAST_SOUND).status_code == 303
    text = editor.get(f"/bolehkah/{DRAFT}").text
    assert "isi utuh terakhir" in text
    assert "emoji hati" in text
    content.edit(DRAFT_FILE, "topic: apa", "topic: siapa")
    assert "Isi belum dapat ditampilkan" in editor.get(f"/bolehkah/{DRAFT}").text
    content.edit(DRAFT_FILE, "topic: siapa", "topic: pelayanan")
    assert "Isi belum dapat" not in editor.get(f"/bolehkah/{DRAFT}").text


def test_content_that_was_broken_from_the_start_shows_its_mistakes_and_nothing_else(build, content):
    app = build()
    content.edit(DRAFT_FILE, "topic: pelayanan", "topic: apa")
    preview.install(app, content.root)
    with app.app_context(), preview.empty_database():
        visitor = Visitor(app)
        assert "Isi belum dapat ditampilkan" in visitor.get("/bolehkah").text
        assert "Lihat isi utuh terakhir" not in visitor.get("/bolehkah").text
        assert "Isi belum dapat ditampilkan" in visitor.get(preview.LAST_SOUND).text


def test_the_overview_names_warnings_and_drafts(editor, content):
    content.edit("regulations/pp-94-2021.md", "checked_on: 2026-11-21", "checked_on: 2020-01-01")
    text = editor.get(preview.OVERVIEW).text
    assert "Isi utuh" in text
    assert "Baris 14 (peringatan)" in text
    assert f'href="/bolehkah/{DRAFT}"' in text


def test_the_own_database_is_neither_needed_nor_touched(build, tmp_path):
    app = build()
    with app.app_context():
        own = db.engines[None]
        with preview.empty_database():
            assert db.engines[None] is not own
            assert sa.inspect(db.engine).get_table_names()
        assert db.engines[None] is own
        assert sa.inspect(own).get_table_names() == []


def test_the_server_listens_to_this_machine_alone(build, content):
    app = build()
    preview.install(app, content.root)
    with app.app_context(), preview.empty_database(), preview.server(app, 0) as server:
        assert server.server_address[0] == "127.0.0.1"
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        with urllib.request.urlopen(f"http://127.0.0.1:{server.port}/bolehkah") as answer:
            assert "Pratinjau penyunting." in answer.read().decode()
        server.shutdown()
        thread.join()


def test_a_port_that_is_taken_is_one_sentence(build, content):
    app = build()
    with app.app_context(), preview.server(app, 0) as server:
        args = ["preview", "--path", str(content.root), "--port", str(server.port)]
        result = app.test_cli_runner().invoke(content_cli, args)
    assert result.exit_code == 1
    assert "tidak dapat dipakai" in result.output
    assert "Traceback" not in result.output


def test_a_folder_that_is_not_there_is_named(build, tmp_path):
    args = ["preview", "--path", str(tmp_path / "tidak-ada")]
    result = build().test_cli_runner().invoke(content_cli, args)
    assert result.exit_code == 1
    assert "tidak ditemukan" in result.output
