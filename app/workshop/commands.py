"""`flask content …`: what editors and CI ask of the content."""

import json
from pathlib import Path

import click
from flask import current_app
from flask.cli import AppGroup

from app.asking.search.answers import Answer
from app.asking.web import finder
from app.catalog.labels import PHASES, in_words
from app.reading.web import report_here
from app.workshop.authoring_commands import new, preview_bank
from app.workshop.exchange.commands import export_questions, import_questions
from app.workshop.stale_command import stale
from app.workshop.style_command import style

content_cli = AppGroup("content", help="Periksa apa yang diajarkan.")
content_cli.add_command(stale)
content_cli.add_command(style)
content_cli.add_command(new)
content_cli.add_command(preview_bank)
content_cli.add_command(export_questions)
content_cli.add_command(import_questions)


@content_cli.command("check")
@click.option(
    "--path", type=click.Path(path_type=Path), help="Folder isi; bawaannya RAMBU_CONTENT."
)
def check(path: Path | None) -> None:
    """Sebut setiap kesalahan dengan berkas dan barisnya; keluar dengan 1 bila ada."""
    found = report_here(path or current_app.config["RAMBU"].CONTENT)
    for mistake in found.mistakes:
        click.echo(str(mistake))
    if not found.is_sound:
        raise SystemExit(1)
    click.echo(f"{found.counts}: ok")


@content_cli.command("ask")
@click.argument("question")
@click.option(
    "--json", "as_json", is_flag=True, help="Sebagai daftar objek JSON, yang terdekat dahulu."
)
def ask(question: str, as_json: bool) -> None:
    """Kasus yang ditemukan /bolehkah untuk suatu pertanyaan; kosong bila tak ada yang dekat."""
    found = finder().ask(question)
    if as_json:
        click.echo(json.dumps([_plain(answer) for answer in found], ensure_ascii=False))
        return
    for answer in found:
        click.echo(f"{answer.score:.2f}  {answer.scenario.id}: {answer.scenario.question}")
        for ruling in answer.scenario.rulings:
            click.echo(f"      {PHASES[ruling.phase]}: {in_words(ruling)}")
    if not found:
        click.echo("Belum ada kasus yang dekat.", err=True)


def _plain(answer: Answer) -> dict[str, object]:
    scenario = answer.scenario
    return {
        "id": scenario.id,
        "question": scenario.question,
        "score": answer.score,
        "verdicts": [
            {
                "phase": ruling.phase.value,
                "verdict": ruling.verdict.value,
                "violation": ruling.violation.value,
            }
            for ruling in scenario.rulings
        ],
    }
