"""`flask content check`, and what boot says, as an editor and CI see them."""

import pytest
from flask import Flask

from app import catalog
from app.catalog.web import BrokenContent
from app.reading import web as reading
from app.workshop.commands import content_cli


@pytest.fixture
def check(content):
    runner = Flask("bare").test_cli_runner()
    return lambda: runner.invoke(content_cli, ["check", "--path", str(content.root)])


def test_sound_content_is_one_line(check):
    result = check()
    assert result.exit_code == 0
    assert result.output == (
        "regulations 3, provisions 4, scenarios 5, verdicts 9, "
        "courses 1, lessons 1, pledges 1: ok\n"
    )


def test_an_error_is_named_and_fails(content, check):
    content.edit("guides/belajar.md", "roles: [learner]", "roles: [siapa]")
    result = check()
    assert result.exit_code == 1
    assert result.output.startswith(f"{content.root}/guides/belajar.md:3: error: Isian “roles.1”")
    assert ": ok" not in result.output


def test_a_warning_is_named_and_passes(content, check):
    content.edit("regulations/pp-94-2021.md", "checked_on: 2026-11-21", "checked_on: 2020-01-01")
    result = check()
    assert result.exit_code == 0
    assert ":14: warning: Pemeriksaan terakhir" in result.output
    assert result.output.endswith(": ok\n")


@pytest.fixture
def bare(tmp_path):
    app = Flask("bare", instance_path=str(tmp_path))
    app.secret_key = "only-for-tests"
    return app


def test_the_application_keeps_the_catalog_that_it_read_at_boot(bare, content):
    app = bare
    reading.install(app, content.root)
    with app.app_context():
        assert catalog.current() is catalog.current()
        assert "netralitas" in catalog.current().courses


def test_damaged_content_refuses_to_boot_and_names_the_culprits(bare, content):
    app = bare
    content.write("guides/belajar.md", b"\xff")
    content.edit("regulations/pp-94-2021.md", "year: 2021", "year: kapan")
    with pytest.raises(BrokenContent) as refusal:
        reading.install(app, content.root)
    assert "guides/belajar.md:1: error: Berkas tidak tersimpan sebagai UTF-8." in str(refusal.value)
    assert "regulations/pp-94-2021.md:7: error: " in str(refusal.value)
    assert "catalog" not in app.extensions


def test_a_phrasing_that_asks_for_the_forbidden_twin_is_named(content, check):
    safe = "scenarios/pelayanan/mengikuti-akun-kpu.md"
    content.edit(
        "scenarios/media-sosial/kasus-satu.md",
        "applies_to:",
        "facets: {pelaku: saya menyukai}\napplies_to:",
    )
    content.edit(safe, "applies_to:", "twin: kasus-satu\nfacets: {pelaku: ikut saja}\napplies_to:")
    assert check().exit_code == 0
    content.edit(safe, "asked_like: [", "asked_like: [menyukai unggahan tim, ")
    answer = check()
    assert answer.exit_code == 1
    assert "Frasa “menyukai unggahan tim” hanya menyebut perbuatan terlarang" in answer.output
