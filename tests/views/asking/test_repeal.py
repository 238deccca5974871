"""A regulation is repealed in a copy of the content: all three doors know it at once."""

import shutil
from dataclasses import replace

import pytest

from app import create_app
from app.catalog.web import current, keep
from app.config import PROJECT
from app.reading import tree
from app.reading.build import build
from app.reading.loader import load
from tests.content import REPEALED, sound_content

NEW = """\
---
id: pp-9-2027
title: Peraturan Pemerintah Nomor 9 Tahun 2027 tentang Disiplin Aparatur Sipil Negara
short: PP 9/2027
kind: pp
number: "9"
year: 2027
signed_on: null
in_force_from: 2027-01-04
repealed_on: null
repealed_by: null
status_note: Rekaan untuk uji coba.
confidence: A
checked_on: 2026-11-24
source: null
provisions:
  - id: penutup
    label: ketentuan penutup
    text: Mencabut aturan disiplin sebelumnya.
    confidence: A
    sanction: null
---
Peraturan rekaan. Ia mengatur disiplin. Ia hanya ada di sini.
"""
GONE = "PP 94/2021 sudah dicabut; yang berlaku ialah PP 9/2027."
LONG_GONE = "PP 53/2010 sudah dicabut; yang berlaku ialah PP 9/2027."


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Our own content, in which an invented regulation repeals PP 94/2021. Only read."""
    root = tmp_path_factory.mktemp("repealed") / "content"
    shutil.copytree(PROJECT / "content", root)
    repeal(root)
    return root


def repeal(root):
    (root / "regulations/pp-9-2027.md").write_text(NEW)
    old = root / "regulations/pp-94-2021.md"
    text = old.read_text().replace("repealed_on: null", "repealed_on: 2027-01-04")
    old.write_text(text.replace("repealed_by: null", "repealed_by: pp-9-2027"))
    guide = root / "guides/belajar.md"
    guide.write_text(f"{guide.read_text()}\nSesuai PP 94/2021 Anda wajib netral.\n")


@pytest.fixture(scope="module")
def repealed(copy):
    """What a catalog says of it, though the checker would refuse it."""
    return build(tree.read(copy))


@pytest.fixture
def teach(app):
    """`teach(catalog)`: the application teaches from it until the test is over."""
    with app.app_context():
        ours = current()
    yield lambda catalog: keep(app, catalog)
    keep(app, ours)


def stale(app, text, *options):
    answer = app.test_cli_runner().invoke(args=["content", "stale", *options], input=text)
    return answer.stdout.splitlines()


def recommendations(lines):
    """Sentences that send somebody to what is gone."""
    return [line for line in lines if "ialah PP 94/2021" in line or "(/aturan/pp-94-2021" in line]


def test_the_checker_names_prose_and_rules_that_rest_on_what_is_gone(wired_app, copy):
    answer = wired_app.test_cli_runner().invoke(args=["content", "check", "--path", str(copy)])
    assert answer.exit_code == 1
    lines = answer.output.splitlines()
    guide = copy / "guides/belajar.md"
    last = guide.read_text().count("\n")
    assert f"{guide}:{last}: error: PP 94/2021: {GONE}" in lines
    rules = copy / "stale/instruments.yaml"
    written = rules.read_text().split("\n")
    right = 1 + next(n for n, line in enumerate(written) if "ialah PP 94/2021" in line)
    source = 1 + next(n for n, line in enumerate(written) if "source: pp-94-2021#penutup" in line)
    assert (
        f"{rules}:{right}: error: Isian “right” menganjurkan PP 94/2021, yang sudah dicabut; "
        "yang berlaku ialah PP 9/2027."
    ) in lines
    assert (
        f"{rules}:{source}: error: Dasar aturan ini, pp-94-2021#penutup, sudah dicabut; "
        "yang berlaku ialah PP 9/2027."
    ) in lines


def test_the_command_flags_it_and_recommends_nothing_that_is_gone(wired_app, copy):
    text = "Sesuai PP 94/2021 ia dihukum.\nMenurut PP 53/2010 ia dihukum.\n"
    text += "PP 94/2021 mengancam PTDH bagi ASN. PNS yang melanggar pasti dipotong tukin.\n"
    lines = stale(wired_app, text, "--path", str(copy))
    assert f"-:1: PP 94/2021: {GONE} (/aturan/pp-9-2027#penutup)" in lines
    assert f"-:2: PP 53/2010: {LONG_GONE} (/aturan/pp-9-2027#penutup)" in lines
    assert recommendations(lines) == []


def test_the_command_serves_those_who_are_mending_the_content(
    wired_app, content, tmp_path, monkeypatch
):
    """The content of the running application is broken, as it is on the day of the repeal."""
    repeal(content.root)
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    own = replace(wired_app.config["RAMBU"], INSTANCE=tmp_path, CONTENT=str(content.root))
    broken = create_app(own)
    answer = broken.test_cli_runner().invoke(args=["content", "stale"], input="Sesuai PP 94/2021.")
    assert answer.exit_code == 1
    assert answer.stdout == f"-:1: PP 94/2021: {GONE} (/aturan/pp-9-2027#penutup)\n"
    assert "hanya aturan yang utuh" in answer.stderr


def test_the_page_flags_it_and_recommends_nothing_that_is_gone(client, db, repealed, teach):
    teach(repealed)
    answer = client.post("/periksa", data={"text": "Sesuai PP 94/2021 ia dihukum."})
    assert GONE in answer.text
    assert 'href="/aturan/pp-9-2027#penutup"' in answer.text
    answer = client.post("/periksa", data={"text": "Menurut PP 53/2010 ia dihukum."})
    assert LONG_GONE in answer.text
    assert "ialah PP 94/2021" not in answer.text
    answer = client.post("/periksa", data={"text": "PP 94/2021 telah dicabut oleh PP 9/2027."})
    assert "Tidak ada yang basi" in answer.text


def test_a_region_with_content_of_its_own_is_served_by_its_own_repeals(
    client, app, db, tmp_path, teach
):
    region = sound_content(tmp_path / "region")
    gone = REPEALED.replace("uu-5-2014", "perda-5-2014").replace("UU 5/2014", "Perda 5/2014")
    region.write("regulations/perda-5-2014.md", gone.replace("kind: uu", "kind: lainnya"))
    assert region.errors() == []
    teach(load(region.root))
    answer = client.post("/periksa", data={"text": "Sesuai Perda 5/2014 Anda wajib netral."})
    assert "Perda 5/2014 sudah dicabut; yang berlaku ialah UU 20/2023." in answer.text
    assert 'href="/aturan/uu-20-2023"' in answer.text
    page = client.get("/periksa").text
    assert "peraturan disiplin yang lama dan komisi yang sudah tidak ada." in page
    assert "KASN sebagai tempat melapor" not in page
    assert "isi selebihnya, pasal lain, dan gambar. Kalimat" in page
    lines = stale(app, "Sesuai Perda 5/2014.", "--path", str(region.root))
    assert lines == [
        "-:1: Perda 5/2014: Perda 5/2014 sudah dicabut; yang berlaku ialah UU 20/2023. "
        "(/aturan/uu-20-2023)"
    ]
