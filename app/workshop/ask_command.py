"""`flask content ask`: what /bolehkah answers, for a person at a terminal or for a program."""

import json
from collections.abc import Iterable
from typing import TextIO

import click
from flask.cli import with_appcontext

from app.asking.search.found import Answer, Found
from app.asking.web import finder
from app.catalog.cases import Scenario
from app.catalog.labels import PHASES, in_words


@click.command("ask")
@with_appcontext
@click.argument("question", required=False)
@click.option(
    "--json", "as_json", is_flag=True, help="Sebagai daftar objek JSON, yang terdekat dahulu."
)
@click.option(
    "--from",
    "questions",
    type=click.File(encoding="utf-8"),
    help="Berkas pertanyaan, satu sebaris (“-”: masukan baku); dengan --json satu objek sebaris.",
)
def ask(question: str | None, as_json: bool, questions: TextIO | None) -> None:
    """Kasus yang ditemukan /bolehkah untuk suatu pertanyaan; kosong bila tak ada yang dekat."""
    if (question is None) is (questions is None):
        raise click.UsageError("Beri satu pertanyaan, atau berkas pertanyaan dengan --from.")
    if question is not None:
        _tell(question, finder().ask(question), as_json)
    for line in questions or ():
        if asked := line.strip():
            _tell_line(asked, finder().ask(asked), as_json)


def _tell(question: str, found: Found, as_json: bool) -> None:
    if as_json:
        answers = [{**_plain(a.scenario), "score": a.score} for a in found.answers]
        click.echo(json.dumps(answers, ensure_ascii=False))
    else:
        _tell_people(found.answers)
        if found.asks_back:
            click.echo("Maksud Anda yang mana?", err=True)
        if not found.answers:
            click.echo("Belum ada kasus yang dekat.", err=True)


def _tell_line(question: str, found: Found, as_json: bool) -> None:
    if as_json:
        answers = [_plain(answer.scenario) for answer in found.answers]
        row = {"question": question, "asks_back": found.asks_back, "answers": answers}
        click.echo(json.dumps(row, ensure_ascii=False))
    else:
        click.echo(question + (" (ditanya balik)" if found.asks_back else ""))
        _tell_people(found.answers)


def _tell_people(answers: Iterable[Answer]) -> None:
    for answer in answers:
        click.echo(f"{answer.score:.2f}  {answer.scenario.id}: {answer.scenario.question}")
        for ruling in answer.scenario.rulings:
            click.echo(f"      {PHASES[ruling.phase]}: {in_words(ruling)}")


def _plain(scenario: Scenario) -> dict[str, object]:
    return {
        "id": scenario.id,
        "question": scenario.question,
        "verdicts": [
            {
                "phase": ruling.phase.value,
                "verdict": ruling.verdict.value,
                "violation": ruling.violation.value,
            }
            for ruling in scenario.rulings
        ],
    }
