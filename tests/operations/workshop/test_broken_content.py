"""Broken content: the server refuses it, the commands that mend it work all the same."""

from dataclasses import replace

import pytest

from app import create_app
from app.catalog.web import BrokenContent
from tests.content import sound_content

SCENARIO = "scenarios/media-sosial/kasus-satu.md"


@pytest.fixture
def broken(app, tmp_path):
    """A configuration whose content has one mistake."""
    content = sound_content(tmp_path / "content")
    content.edit(SCENARIO, "pressure: kebiasaan", "pressure: iseng")
    return replace(app.config["RAMBU"], CONTENT=str(content.root))


def test_a_server_does_not_start_on_broken_content(broken, monkeypatch):
    monkeypatch.delenv("FLASK_RUN_FROM_CLI", raising=False)
    with pytest.raises(BrokenContent, match="pressure"):
        create_app(broken)


@pytest.fixture
def run(broken, monkeypatch):
    monkeypatch.setenv("FLASK_RUN_FROM_CLI", "true")
    runner = create_app(broken).test_cli_runner()
    return lambda *arguments: runner.invoke(args=list(arguments))


def test_the_checker_names_the_mistake(run):
    answer = run("content", "check")
    assert answer.exit_code == 1
    assert "kasus-satu.md" in answer.output
    assert "pressure" in answer.output


@pytest.mark.parametrize("command", [("prepare",), ("content", "ask", "like foto")])
def test_what_needs_the_content_refuses_with_its_mistakes(run, command):
    answer = run(*command)
    assert answer.exit_code not in (0, None)
    assert "kasus-satu.md" in str(answer.exception) + answer.output
