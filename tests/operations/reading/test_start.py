"""A second start trusts the compiled bank, checks nothing twice, and teaches the very same."""

import dataclasses
import os
import subprocess
import sys
from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

import pytest
import yaml

from app import create_app
from app.asking.search.answers import Finder, Index
from app.asking.web import finder
from app.catalog.web import BrokenContent, current, keep
from app.config import PROJECT, Config
from app.core import clock, stages
from app.reading import loader, tree
from app.reading.build import build
from app.reading.web import areas_of

SCENARIO = "scenarios/media-sosial/kasus-satu.md"
#: What costs a start more than its content, and what no page needs before somebody asks for it.
HEAVY = (
    "alembic", "app.demo", "app.workshop", "bm25s", "markdown_it", "numpy", "openpyxl", "pyhanko",
    "weasyprint", "xlsxwriter", "yaml",
)  # fmt: skip
TRAIL_SECRET = "only-for-tests-0123456789-jihgfedcba"
SECRET = "only-for-tests-0123456789-abcdefghij"
QUESTIONS = PROJECT / "tests" / "benchmarks" / "bolehkah.yaml"


def config_of(instance: Path, content: Path) -> Config:
    instance.mkdir(exist_ok=True)
    return Config(
        INSTANCE=instance,
        KEYS=instance,
        SECRET_KEY=SECRET,
        TRAIL_KEY=TRAIL_SECRET,
        DATABASE=f"sqlite:///{instance / 'rambu.db'}",
        PUBLIC_URL="http://127.0.0.1:8000",
        CONTENT=content,
    )


@pytest.fixture
def checks(monkeypatch):
    """Every time that the content was checked."""
    seen, check = [], loader.check
    monkeypatch.setattr(loader, "check", lambda *given: seen.append(given) or check(*given))
    return seen


@pytest.fixture
def start(tmp_path, content, monkeypatch):
    monkeypatch.delenv("FLASK_RUN_FROM_CLI", raising=False)
    yield lambda: create_app(config_of(tmp_path / "instance", content.root))
    clock.reset()


def taught(app):
    with app.app_context():
        return current()


def test_the_second_start_checks_nothing(start, checks):
    first, second = taught(start()), taught(start())
    assert len(checks) == 1
    assert first == second
    assert first is not second


def test_new_content_is_checked(start, checks, content):
    start()
    content.edit(SCENARIO, "pressure: kebiasaan", "pressure: karier")
    assert taught(start()).scenario("kasus-satu").pressure == "karier"
    assert len(checks) == 2


def test_on_another_day_it_is_checked_anew(start, checks, content):
    """What was checked on one day may be too old on the next."""
    start()
    clock.shift(timedelta(days=1))
    start()
    assert len(checks) == 2


def test_broken_content_does_not_start_out_of_an_old_bank(start, content):
    start()
    content.edit(SCENARIO, "pressure: kebiasaan", "pressure: iseng")
    for _ in range(2):
        with pytest.raises(BrokenContent, match=r"kasus-satu\.md:\d+: error: .*pressure"):
            start()


def test_content_check_always_checks(start, checks, monkeypatch):
    start()
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    answer = start().test_cli_runner().invoke(args=["content", "check"])
    assert answer.output.endswith(": ok\n")
    assert len(checks) == 2


def test_a_command_that_needs_no_content_reads_none(start, checks, monkeypatch):
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    start().test_cli_runner().invoke(args=["unit", "--help"])
    assert checks == []


def test_who_waits_is_told_what_for_and_only_then(start, content, monkeypatch):
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    told = [[], []]
    for said in told:
        app = start()
        with app.app_context(), stages.told_to(said.append):
            current()
            finder()
    assert told == [
        ["Membaca isi …", "Memeriksa isi (5 kasus) …", "Menyusun indeks pencarian …"],
        [],
    ]


def test_an_editors_preview_has_an_index_of_its_own(start, monkeypatch):
    app = start()
    with app.app_context():
        finder()
        made = []
        monkeypatch.setattr("app.asking.web._indexed", lambda bank: made.append(bank) or Index)
        finder()
        assert made == []
        drafts = dataclasses.replace(current(), shows_drafts=True)
        keep(app, drafts)
        finder()
        assert made == [drafts]


@pytest.fixture
def process(tmp_path, content):
    """A start in a process of its own, which then says what it has loaded."""
    code = (
        "import sys; from app import create_app; from app.config import from_environment;"
        "create_app(from_environment()); print(*sys.modules, sep='\\n')"
    )
    environ = os.environ | {
        "RAMBU_INSTANCE": str(tmp_path / "instance"),
        "RAMBU_CONTENT": str(content.root),
        "RAMBU_SECRET_KEY": SECRET,
    }
    return lambda: subprocess.Popen(
        [sys.executable, "-c", code],
        cwd=PROJECT,
        env=environ,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_second_start_loads_nothing_that_no_page_needs(process):
    first, second = (set(process().communicate(timeout=120)[0].split()) for _ in range(2))
    assert "app.learning.views" in second
    assert second & set(HEAVY) == set()
    assert {"yaml", "markdown_it"} <= first  # control: the first start had to read


def test_two_starts_at_once_both_serve_and_leave_one_good_bank(tmp_path, process, start, checks):
    both = [process(), process()]
    said = [one.communicate(timeout=120)[1] for one in both]
    assert said == ["", ""]
    assert [one.returncode for one in both] == [0, 0]
    assert [path.name for path in (tmp_path / "instance" / "bank").iterdir()] == ["catalog"]
    start()
    assert checks == []


def same(one, other) -> bool:
    """Equal to the last field, and of the same types all the way down."""
    if type(one) is not type(other):
        return False
    if dataclasses.is_dataclass(one):
        return all(
            same(getattr(one, field.name), getattr(other, field.name))
            for field in dataclasses.fields(one)
        )
    if isinstance(one, Mapping):
        return list(one) == list(other) and all(same(one[key], other[key]) for key in one)
    if isinstance(one, tuple):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other


def test_our_bank_comes_from_the_disk_as_it_was_read(catalog, wired_app):
    read = build(tree.read(PROJECT / "content", areas_of(wired_app)))
    assert read is not catalog
    assert same(read, catalog)
    assert len(catalog.scenarios) > 300


def test_the_comparison_sees_what_equality_does_not(catalog):
    """Control: a dict in place of a frozen mapping, a plain word in place of a term."""
    assert not same(catalog, dataclasses.replace(catalog, guides=dict(catalog.guides)))
    one = next(iter(catalog.scenarios.values()))
    assert not same(one, dataclasses.replace(one, topic=str(one.topic.value)))


def test_an_index_from_the_disk_gives_the_same_answers(catalog, wired_app):
    questions = yaml.safe_load(QUESTIONS.read_text())
    asked = [row["ask"] for row in questions["fresh"]] + questions["uncovered"]
    made = Finder(catalog.on_show, Index(catalog.on_show, catalog.lexicon))
    with wired_app.app_context():
        loaded = finder()
    assert loaded is not made
    assert len(asked) > 100
    answers = [[(a.scenario.id, a.score) for a in made.ask(question).answers] for question in asked]
    assert answers == [
        [(a.scenario.id, a.score) for a in loaded.ask(question).answers] for question in asked
    ]
